"""The records of a WARC file, with what is damaged between them.

A record's length is believed only if its end, the next record, or nothing follows it.
Else the next beginning of a record is looked for: a wrong length costs one record.
"""

import re
from collections import deque
from collections.abc import Iterator

import msgspec

from onrecord.read.warc_bytes import Break, Piece

MAX_HEADER = 64 * 1024  # bytes of a record's own header
WRONG_LENGTH = "the record is not as long as its header says; get the file again"
BREAKS_OFF = "the record breaks off at the end of the file; get the file again"
NO_RECORD = "what stands here is no record; get the file again"
_MARK = re.compile(rb"WARC/\d\.\d{1,2}\r\n(?=[A-Za-z-]{1,60}:)")
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$", re.I | re.M)
_END = b"\r\n\r\n"  # of a header, and of a block
_OVERLAP = 100  # bytes that a beginning may need to be seen


class Record(msgspec.Struct, frozen=True):
    """One record; of a block that is too large only the beginning is kept."""

    number: int
    offset: int
    header: bytes
    block: bytes
    size: int

    @property
    def is_whole(self) -> bool:
        """Tell whether the block is all there."""
        return len(self.block) == self.size


class Damage(msgspec.Struct, frozen=True):
    """A record that cannot be read, or bytes that are none, and why."""

    number: int
    offset: int
    reason: str


class _Window:
    """The bytes at hand; `ended` where the file ends or breaks."""

    def __init__(self, pieces: Iterator[Piece | Break]) -> None:
        self._pieces = pieces
        self._starts: deque[tuple[int, Piece]] = deque()
        self._at = 0
        self._broken: Break | None = None
        self._finished = False
        self.bytes = bytearray()

    @property
    def ended(self) -> bool:
        """Tell whether nothing follows the bytes at hand."""
        return self._finished or self._broken is not None

    def fill(self, size: int) -> None:
        """Have `size` bytes at hand if there are as many."""
        while len(self.bytes) < size and not self.ended:
            piece = next(self._pieces, None)
            if piece is None:
                self._finished = True
            elif isinstance(piece, Break):
                self._broken = piece
            else:
                self._starts.append((self._at + len(self.bytes), piece))
                self.bytes += piece.data

    def drop(self, size: int) -> None:
        """Leave bytes behind."""
        self._at += min(size, len(self.bytes))
        del self.bytes[:size]

    def offset(self) -> int:
        """Return where in the file the next byte stands, or its packed part begins."""
        while len(self._starts) > 1 and self._starts[1][0] <= self._at:
            self._starts.popleft()
        start, piece = self._starts[0]
        return piece.offset if piece.packed else piece.offset + self._at - start

    def take_break(self) -> Break | None:
        """Return the break that the bytes end at, once, and go on behind it."""
        broken, self._broken = self._broken, None
        return broken


def split_records(
    pieces: Iterator[Piece | Break], *, most: int
) -> Iterator[Record | Damage]:
    """Yield the records in order, whole unless they have more than `most` bytes."""
    window = _Window(pieces)
    number = 0
    while True:
        _skip_blank(window)
        if window.bytes:
            number += 1
            yield _take(window, number, most)
            continue
        broken = window.take_break()
        if broken is None:
            return
        number += 1
        yield Damage(number, broken.offset, broken.reason)


def read_header(header: bytes) -> dict[str, str]:
    """Return the fields of a record's header, names in lower case; the first of each.

    >>> read_header(b"WARC/1.0\\r\\nWARC-Type: response\\r\\n\\r\\n")
    {'warc-type': 'response'}
    """
    fields: dict[str, str] = {}
    for line in header.decode("utf-8", "replace").split("\r\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _skip_blank(window: _Window) -> None:
    window.fill(MAX_HEADER)
    while window.bytes.startswith((b"\r", b"\n")):
        window.drop(len(window.bytes) - len(window.bytes.lstrip(b"\r\n")))
        window.fill(MAX_HEADER)


def _take(window: _Window, number: int, most: int) -> Record | Damage:
    """Return the record that begins here, and leave the window behind it."""
    offset = window.offset()
    end = window.bytes.find(_END, 0, MAX_HEADER)
    header = bytes(window.bytes[: end + 4]) if end >= 0 else b""
    length = _LENGTH.search(header)
    if not _MARK.match(window.bytes) or length is None:
        window.drop(1)
        return Damage(number, offset, _pass_over(window, NO_RECORD, NO_RECORD))
    size = int(length[1])
    window.drop(len(header))
    if size > most:
        window.fill(MAX_HEADER)
        beginning = bytes(window.bytes[:MAX_HEADER])
        _pass_over(window, WRONG_LENGTH, BREAKS_OFF)
        return Record(number, offset, header, beginning, size)
    window.fill(size + MAX_HEADER)
    if len(window.bytes) >= size and _is_followed(window, size):
        block = bytes(window.bytes[:size])
        window.drop(size)
        return Record(number, offset, header, block, size)
    return Damage(number, offset, _pass_over(window, WRONG_LENGTH, BREAKS_OFF))


def _is_followed(window: _Window, size: int) -> bool:
    rest = bytes(window.bytes[size : size + MAX_HEADER])
    if rest.startswith(_END):
        return True
    rest = rest.lstrip(b"\r\n")
    return _MARK.match(rest) is not None or (not rest and window.ended)


def _pass_over(window: _Window, reason: str, at_end: str) -> str:
    """Go to the next beginning of a record, and return what is wrong up to there."""
    found = _MARK.search(window.bytes)
    while found is None and not window.ended:
        window.drop(max(0, len(window.bytes) - _OVERLAP))
        window.fill(len(window.bytes) + MAX_HEADER)
        found = _MARK.search(window.bytes)
    if found:
        window.drop(found.start())
        return reason
    window.drop(len(window.bytes))
    broken = window.take_break()
    return broken.reason if broken else at_end
