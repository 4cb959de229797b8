"""Which tool a file comes from, told by its content."""

from collections.abc import Callable, Iterator

import msgspec

from onrecord.errors import UsageError
from onrecord.model.judgement import Judgement, Unread
from onrecord.show.exchange import label_studio, lines, prodigy
from onrecord.show.exchange.tasks import LONG_FILE

Read = Callable[[bytes], Iterator[Judgement | Unread]]
OURS = frozenset(("review", "correction"))
PRODIGY = frozenset(("answer", "_task_hash", "_input_hash"))


def read_any(raw: bytes, name: str) -> Iterator[Judgement | Unread]:
    """Yield what was judged in a file; raise `UsageError` where no tool wrote it."""
    if len(raw) > LONG_FILE:
        raise UsageError(f"{name}: has {len(raw):,} bytes, at most {LONG_FILE:,} fit")
    read = _reader(raw.removeprefix(b"\xef\xbb\xbf"))
    if read is None:
        raise UsageError(
            f"{name}: no file of these kinds: JSON lines of `review export`, of"
            " `review list`, or of `prodigy db-out`, or JSON of Label Studio"
        )
    return read(raw.removeprefix(b"\xef\xbb\xbf"))


def _reader(raw: bytes) -> Read | None:
    start = raw.lstrip()[:1]
    if start == b"[":
        return label_studio.read
    for line in raw.split(b"\n"):
        if not line.strip():
            continue
        try:
            first = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            # One broken line: the next one may tell. A task over several lines is
            # no JSON line either.
            continue
        if not isinstance(first, dict):
            continue
        if first.get("record") in OURS or "verdict" in first:
            return lines.read
        if PRODIGY & first.keys():
            return prodigy.read
        if "data" in first:
            return label_studio.read
    return label_studio.read if start == b"{" and b'"data"' in raw else None
