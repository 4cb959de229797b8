"""Plain text: one report a file.

Metadata may open the text (see `head`) or stand beside it: `X.meta.json` with keys
such as date, title, url and outlet belongs to `X.txt`. The id is the file's name.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord.model.document import Document, Rejected
from onrecord.read.build import build_document
from onrecord.read.columns import Given, pick_fields
from onrecord.read.decode import why_not_utf8
from onrecord.read.limits import MAX_RECORD_BYTES
from onrecord.read.origin import Origin, reject

META_SUFFIX = ".meta.json"
MAX_META_BYTES = 2**20


def read_textfile(
    stream: BinaryIO, origin: Origin, *, meta: Path | None = None
) -> Iterator[Document | Rejected]:
    """Yield the one report of a text file; `meta` names the file beside it, if any."""
    raw = stream.read(MAX_RECORD_BYTES + 1)
    if len(raw) > MAX_RECORD_BYTES:
        yield reject(
            origin,
            f"a text of more than {MAX_RECORD_BYTES:,} bytes is no single report; "
            "write its reports as JSON lines",
        )
        return
    try:
        text = raw.decode()
    except UnicodeDecodeError as err:
        reason = why_not_utf8(raw[err.start], "here")
        yield reject(origin, reason, position=_place(raw, err.start))
        return
    given = _read_meta(meta) if meta else Given()
    if given is None:
        yield reject(
            origin,
            f"{meta and meta.name} beside it is not a JSON object, so its date would "
            "be lost; mend or remove that file",
        )
        return
    yield build_document(
        msgspec.structs.replace(given, text=text, id=None),
        origin,
        source_id=origin.stem,
        alone=True,
    )


def _read_meta(path: Path) -> Given | None:
    """Return the fields of a metadata file, None when it is not a JSON object."""
    with path.open("rb") as stream:
        raw = stream.read(MAX_META_BYTES)
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
