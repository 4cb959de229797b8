"""Bytes as UTF-8: what is UTF-16 or UTF-32 by its byte order mark is recoded.

Nothing is guessed: bytes that are not UTF-8 and carry no mark are refused where they
stand, so that no report is read in a wrong alphabet.
"""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.read.limits import HEAD_BYTES, MAX_RECORD_BYTES

# UTF-32's little-endian mark begins with UTF-16's, so it is tried first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class _Chunks(io.RawIOBase):
    """A byte stream over an iterator of chunks, so that pipes can be looked into."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def open_utf8(stream: BinaryIO) -> io.BufferedReader:
    """Return `stream` as UTF-8 without a byte order mark; it need not be seekable.

    `peek()` shows up to `HEAD_BYTES`. Reading raises `UnicodeDecodeError` where UTF-16
    or UTF-32 is broken.
    """
    return io.BufferedReader(_Chunks(_utf8_chunks(stream)), HEAD_BYTES)


def _utf8_chunks(stream: BinaryIO) -> Iterator[bytes]:
    head = stream.read(HEAD_BYTES)
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if encoding:
        yield from _recode(head, stream, encoding)
        return
    yield head.removeprefix(codecs.BOM_UTF8)
    while chunk := stream.read(HEAD_BYTES):
        yield chunk


def _recode(head: bytes, stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yield UTF-8; lone surrogates pass as they are and fail later, in their line."""
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    chunk = head
    while chunk:
        yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
        chunk = stream.read(HEAD_BYTES)
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


def read_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield lines with their ends; None for one too long, which is passed over."""
    while line := stream.readline(MAX_RECORD_BYTES):
        if len(line) < MAX_RECORD_BYTES or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_RECORD_BYTES)
        yield None


def why_not_utf8(byte: int, where: str) -> str:
    """Return the reason for refusing a byte that is not UTF-8."""
    return (
        f"byte 0x{byte:02X} {where} is not UTF-8; save the file as UTF-8, for example "
        "with `iconv -f WINDOWS-1252 -t UTF-8`"
    )
