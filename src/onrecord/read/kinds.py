"""Tell what kind of file we have, by its first bytes and its ending."""

import functools
import re
import tomllib
import zlib
from collections.abc import Mapping
from enum import StrEnum
from importlib.resources import files
from pathlib import PurePath

import msgspec

from onrecord.read.delimiters import count_known_columns
from onrecord.read.markup import find_root

MIN_TABLE_COLUMNS = 2  # known columns that make a table of a file without an ending
MAX_CONTROL_SHARE = 0.1  # of bytes; text has next to none
MIN_NUL_SHARE = 0.2  # UTF-16 of English is half NUL
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_OBJECT = re.compile(rb'\s*\{\s*(?:"|\})')
_ARRAY = re.compile(rb"\s*\[\s*(?:\{|\])")
# "version" opens a feed by the specification's advice; else any of the first fields.
_JSON_FEED = re.compile(
    rb"""\s*\{[^{\[]{0,2000}?"version"\s{0,9}:\s{0,9}"https?:\\?/\\?/jsonfeed\.org\\?/"""
)
_WARC = b"WARC/"
# gzip, Zstandard, and Zstandard behind its dictionary.
_WARC_PACKINGS = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")
_GZIP_FORMAT = 31  # zlib's number for a gzip header
_ZIP_NAME = 30  # where a zip has the name of its first file
_TAR_BLOCK = 512
_TAR_SUM = slice(148, 156)
_TAR_SUM_BLANK = 8 * 32  # the checksum is counted as if it were blanks
_MBOX = re.compile(rb"From \S{1,300} [^\r\n]{1,300}\r?\n(?=[A-Za-z][\w-]{0,60}:)")
_MAX_HEADER_LINES = 200
_HEADER = re.compile(rb"(?P<name>[A-Za-z][\w-]{0,60})[ \t]{0,9}:")


class Kind(StrEnum):
    """The kinds of files that reports are read from."""

    TEXT = "text"
    JSONL = "jsonl"
    JSON = "json"
    TABLE = "table"
    PARQUET = "parquet"
    HTML = "html"
    FEED = "feed"
    WARC = "warc"
    NEWSML = "newsml"
    NITF = "nitf"
    EML = "eml"
    MBOX = "mbox"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTD = "zstd"
    ZIP = "zip"
    TAR = "tar"


class Foreign(msgspec.Struct, frozen=True):
    """A file that is not read: what it is, and what its owner can do."""

    what: str
    advice: str


class _ForeignEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    what: str
    advice: str
    hex: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()


class _Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    least: int
    names: frozenset[str]


class _Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    what: str
    advice: str
    endings: frozenset[str]
    first_files: tuple[str, ...]


class _KindTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `data/read/kinds.toml`."""

    id: str
    origin: str
    endings: Mapping[Kind, tuple[str, ...]]
    bytes: Mapping[Kind, tuple[str, ...]]
    packed_warc: tuple[str, ...]
    roots: Mapping[Kind, frozenset[str]]
    mail: _Mail
    office: _Office
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


_LINED = (Kind.JSONL, Kind.JSON, Kind.TABLE)  # whose readers say best what is wrong


@functools.cache
def _load_kinds() -> _KindTable:
    path = files("onrecord") / "data" / "read" / "kinds.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return msgspec.convert(raw, type=_KindTable)


def tell_kind(name: str, head: bytes) -> Kind | Foreign:
    """Return the kind of a file; `head` is its beginning, `name` may be "".

    Unmistakable first bytes decide, then the first tag, then the ending, then what the
    head looks like. `head` has no byte order mark, and is UTF-8 if it is UTF-16.
    """
    ending = PurePath(name).suffix.lstrip(".").lower()
    by_bytes = _tell_by_bytes(ending, head)
    if _is_packed_warc(name, by_bytes, head):
        return Kind.WARC
    if by_bytes:
        return by_bytes
    named = _kind_of_ending(ending)
    if named in _load_kinds().bytes or named is Kind.TAR:
        what = f"named .{ending} and is not what that says"
        return Foreign(what, "write the file again")
    if _JSON_FEED.match(head):
        return Kind.FEED
    by_root = None if named in _LINED else _tell_by_root(head)
    if by_root:
        return by_root
    foreign = _tell_foreign_ending(ending) or _tell_binary(head)
    if foreign:
        return foreign
    kind = named or _kind_of_content(head)
    if kind in (Kind.JSON, Kind.JSONL):
        return _array_object_or_lines(kind, head)
    if kind is Kind.TABLE and b"\r" in head and b"\n" not in head:
        return _OLD_MAC
    return kind


def _tell_by_bytes(ending: str, head: bytes) -> Kind | Foreign | None:
    table = _load_kinds()
    for kind, marks in table.bytes.items():
        if _starts(head, marks):
            office = kind is Kind.ZIP and _is_office(ending, head)
            return Foreign(table.office.what, table.office.advice) if office else kind
    if head.startswith(_WARC):
        return Kind.WARC
    if _is_tar(head):
        return Kind.TAR
    for entry in table.foreign:
        if _starts(head, entry.hex):
            return Foreign(entry.what, entry.advice)
    return None


def _is_packed_warc(name: str, kind: Kind | Foreign | None, head: bytes) -> bool:
    """Tell a WARC file that is packed: its reader unpacks it record by record."""
    if name.lower().endswith(_load_kinds().packed_warc):
        return head.startswith(_WARC_PACKINGS)
    if kind is not Kind.GZIP:
        return False
    try:
        start = zlib.decompressobj(_GZIP_FORMAT).decompress(head, len(_WARC))
    except zlib.error:
        return False
    return start == _WARC


def _starts(head: bytes, marks: tuple[str, ...]) -> bool:
    return any(head.startswith(bytes.fromhex(mark)) for mark in marks)


def _is_office(ending: str, head: bytes) -> bool:
    office = _load_kinds().office
    first = head[_ZIP_NAME:]
    return ending in office.endings or any(
        first.startswith(name.encode()) for name in office.first_files
    )


def _is_tar(head: bytes) -> bool:
    """Tell a tar header by its checksum, which old tars without a mark have too."""
    block = head[:_TAR_BLOCK]
    field = block[_TAR_SUM].strip(b" \0")
    if len(block) < _TAR_BLOCK or not field or field.strip(b"01234567"):
        return False
    return int(field, 8) == sum(block) - sum(block[_TAR_SUM]) + _TAR_SUM_BLANK


def _tell_by_root(head: bytes) -> Kind | Foreign | None:
    """Return what the first tag says, None for what does not begin with markup."""
    root, declared = find_root(head)
    for kind, roots in _load_kinds().roots.items():
        if root in roots:
            return kind
    if not declared:
        return None
    xml = next(entry for entry in _load_kinds().foreign if entry.id == "xml")
    return Foreign(xml.what, xml.advice)


def _tell_foreign_ending(ending: str) -> Foreign | None:
    office = _load_kinds().office
    if ending in office.endings:
        return Foreign(office.what, office.advice)
    for entry in _load_kinds().foreign:
        if ending in entry.endings:
            return Foreign(entry.what, entry.advice)
    return None


def _tell_binary(head: bytes) -> Foreign | None:
    if not head:
        return None
    if head.count(0) / len(head) > MIN_NUL_SHARE:
        odd, even = head[1::2].count(0), head[::2].count(0)
        if max(odd, even) > 10 * min(odd, even):
            return _UNMARKED
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return _BINARY if controls / len(head) > MAX_CONTROL_SHARE else None


def has_own_ending(ending: str) -> bool:
    """Tell whether an ending, without its dot, is one of a kind that is read here."""
    return _kind_of_ending(ending) is not None


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
    if _MBOX.match(head):
        return Kind.MBOX
    if _is_mail(head):
        return Kind.EML
    sample = head.decode("utf-8", "replace")
    is_table = count_known_columns(sample) >= MIN_TABLE_COLUMNS
    return Kind.TABLE if is_table else Kind.TEXT


def _is_mail(head: bytes) -> bool:
    """Tell a mail by the header that opens it: lines "Name: value", some folded."""
    mail = _load_kinds().mail
    names: set[str] = set()
    for line in head.split(b"\n", _MAX_HEADER_LINES)[:_MAX_HEADER_LINES]:
        found = _HEADER.match(line)
        if found:
            names.add(found["name"].decode().lower())
        elif not (names and line[:1] in (b" ", b"\t") and line.strip()):
            break
    return len(names & mail.names) >= mail.least


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
