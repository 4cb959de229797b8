"""Plain text: one report a file.

Metadata may open the text (see `head`) or stand beside it: `X.meta.json` with keys
such as date, title, url and outlet belongs to `X.txt`. The id is the file's name.
"""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from onrecord.model.document import Document, Rejected
from onrecord.read.build import build_document
from onrecord.read.columns import Given, pick_fields
from onrecord.read.decode import why_not_utf8
from onrecord.read.limits import DEFAULT_LIMITS, Limits, beyond
from onrecord.read.origin import Origin, reject

META_SUFFIX = ".meta.json"
MAX_META_BYTES = 2**20


def read_textfile(
    stream: BinaryIO,
    origin: Origin,
    limits: Limits = DEFAULT_LIMITS,
    *,
    meta: bytes | None = None,
) -> Iterator[Document | Rejected]:
    """Yield the one report of a text file; `meta` is the file beside it, if any."""
    raw = stream.read(limits.record_bytes + 1)
    if len(raw) > limits.record_bytes:
        found = "the text is too long for one report (write reports as JSON lines)"
        yield reject(origin, beyond(limits, "record_bytes", found))
        return
    try:
        text = raw.decode()
    except UnicodeDecodeError as err:
        reason = why_not_utf8(raw[err.start], "here")
        yield reject(origin, reason, position=_place(raw, err.start))
        return
    given = Given() if meta is None else _read_meta(meta)
    if given is None:
        yield reject(
            origin,
            f"{origin.stem}{META_SUFFIX} beside it is not a JSON object, so its date "
            "would be lost; mend or remove that file",
        )
        return
    yield build_document(
        msgspec.structs.replace(given, text=text, id=None),
        origin,
        source_id=origin.stem,
        alone=True,
        limits=limits,
    )


def _read_meta(raw: bytes) -> Given | None:
    """Return the fields of a metadata file, None when it is not a JSON object."""
    try:
        fields = msgspec.json.decode(raw, type=dict[str, object])
    except (ValueError, RecursionError):
        return None
    return pick_fields(fields.items())


def _place(raw: bytes, at: int) -> str:
    """Return line and byte of an offset, both counted from 1."""
    line_start = raw.rfind(b"\n", 0, at) + 1
    line = raw.count(b"\n", 0, at) + 1
    return f"line {line}, byte {at - line_start + 1}"
