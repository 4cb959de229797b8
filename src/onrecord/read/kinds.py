"""Tell what kind of file we have, by its first bytes and its ending."""

import functools
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from importlib.resources import files
from pathlib import PurePath

import msgspec

from onrecord.read.delimiters import count_known_columns
from onrecord.read.limits import HEAD_BYTES

MIN_TABLE_COLUMNS = 2  # known columns that make a table of a file without an ending
MAX_CONTROL_SHARE = 0.1  # of bytes; text has next to none
MIN_NUL_SHARE = 0.2  # UTF-16 of English is half NUL
_PARQUET = b"PAR1"
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_OBJECT = re.compile(rb'\s*\{\s*(?:"|\})')
_ARRAY = re.compile(rb"\s*\[\s*(?:\{|\])")


class Kind(StrEnum):
    """The kinds of files that reports are read from."""

    TEXT = "text"
    JSONL = "jsonl"
    JSON = "json"
    TABLE = "table"
    PARQUET = "parquet"


class Foreign(msgspec.Struct, frozen=True):
    """A file that is not read: what it is, and what its owner can do."""

    what: str
    advice: str


class _ForeignEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    what: str
    advice: str
    hex: tuple[str, ...] = ()
    markup: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()


class _KindTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `data/read/kinds.toml`."""

    id: str
    origin: str
    endings: Mapping[Kind, tuple[str, ...]]
    foreign: tuple[_ForeignEntry, ...]


_BINARY = Foreign("a binary file", "name files of text, JSON lines, CSV or Parquet")
_UNMARKED = Foreign(
    "UTF-16 text without a byte order mark",
    "save it as UTF-8, for example with `iconv -f UTF-16LE -t UTF-8`",
)
_OLD_MAC = Foreign(
    "a table whose lines end in bare carriage returns (old Mac)",
    "save it as CSV UTF-8",
)
_NOT_PARQUET = Foreign("named as Parquet and is not", "write the file again")


@functools.cache
def _load_kinds() -> _KindTable:
    path = files("onrecord") / "data" / "read" / "kinds.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return msgspec.convert(raw, type=_KindTable)


def tell_kind(name: str, head: bytes) -> Kind | Foreign:
    """Return the kind of a file; `head` is its beginning, `name` may be "".

    Unmistakable first bytes decide, then the ending, then what the head looks like.
    """
    if head.startswith(_PARQUET):
        return Kind.PARQUET
    ending = PurePath(name).suffix.lstrip(".").lower()
    foreign = _tell_foreign(ending, head)
    if foreign:
        return foreign
    kind = _kind_of_ending(ending) or _kind_of_content(head)
    if kind is Kind.PARQUET:
        return _NOT_PARQUET
    if kind in (Kind.JSON, Kind.JSONL):
        return _array_object_or_lines(kind, head)
    if kind is Kind.TABLE and b"\r" in head and b"\n" not in head:
        return _OLD_MAC
    return kind


def _tell_foreign(ending: str, head: bytes) -> Foreign | None:
    entries = _load_kinds().foreign
    start = head[:HEAD_BYTES].lstrip()[:64].lower()
    for entry in entries:
        by_bytes = any(head.startswith(bytes.fromhex(mark)) for mark in entry.hex)
        by_markup = any(start.startswith(mark.encode()) for mark in entry.markup)
        if by_bytes or (by_markup and not _kind_of_ending(ending)):
            return _xml_kind(head) if entry.id == "xml" else _as_foreign(entry)
    for entry in entries:
        if ending in entry.endings:
            return _as_foreign(entry)
    return _tell_binary(head)


def _xml_kind(head: bytes) -> Foreign:
    """Return what the first tags of an XML file say it is."""
    low = head.lower()
    entries = _load_kinds().foreign
    plain = next(entry for entry in entries if entry.id == "xml")
    named = (
        entry
        for entry in entries
        if entry.id != "xml" and any(mark.encode() in low for mark in entry.markup)
    )
    return _as_foreign(next(named, plain))


def _as_foreign(entry: _ForeignEntry) -> Foreign:
    return Foreign(entry.what, entry.advice)


def _tell_binary(head: bytes) -> Foreign | None:
    if not head:
        return None
    if head.count(0) / len(head) > MIN_NUL_SHARE:
        odd, even = head[1::2].count(0), head[::2].count(0)
        if max(odd, even) > 10 * min(odd, even):
            return _UNMARKED
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return _BINARY if controls / len(head) > MAX_CONTROL_SHARE else None


def _kind_of_ending(ending: str) -> Kind | None:
    for kind, endings in _load_kinds().endings.items():
        if ending in endings:
            return kind
    return None


def _kind_of_content(head: bytes) -> Kind:
    if _ARRAY.match(head):
        return Kind.JSON
    if _OBJECT.match(head):
        return Kind.JSONL
    sample = head.decode("utf-8", "replace")
    is_table = count_known_columns(sample) >= MIN_TABLE_COLUMNS
    return Kind.TABLE if is_table else Kind.TEXT


def _array_object_or_lines(kind: Kind, head: bytes) -> Kind:
    """Tell one JSON value over many lines from one value a line."""
    if _ARRAY.match(head):
        return Kind.JSON
    filled = [line for line in head.split(b"\n") if line.strip()]
    if len(filled) < 2:
        return kind
    if _is_object(filled[0]) or filled[1].lstrip().startswith(b"{"):
        return Kind.JSONL
    # The first line is no object by itself: left open on purpose, or cut in half.
    left_open = filled[0].rstrip().endswith((b"{", b"[", b","))
    return Kind.JSON if _OBJECT.match(head) and left_open else kind


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (ValueError, RecursionError):
        return False
