"""Bytes as UTF-8: what is UTF-16 or UTF-32 by its byte order mark is recoded.

Nothing is guessed: bytes that are not UTF-8 and carry no mark are refused where they
stand, so that no report is read in a wrong alphabet.
"""

import codecs
import io
import itertools
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from onrecord.errors import InputError
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


def open_chunks(chunks: Iterator[bytes]) -> io.BufferedReader:
    """Return a stream over chunks; `peek()` shows up to `HEAD_BYTES`.

    What came before an error is read before the error is raised.
    """
    return io.BufferedReader(_Chunks(_gather(chunks)), HEAD_BYTES)


def open_raw(stream: BinaryIO) -> io.BufferedReader:
    """Return `stream` so that it can be looked into; it need not be seekable."""
    return open_chunks(_chunks_of(stream))


def open_utf8(stream: BinaryIO) -> io.BufferedReader:
    """Return `stream` as UTF-8 without a byte order mark; it need not be seekable.

    `peek()` shows up to `HEAD_BYTES`. Reading raises `UnicodeDecodeError` where UTF-16
    or UTF-32 is broken.
    """
    return open_chunks(_utf8_chunks(_gather(_chunks_of(stream))))


def _chunks_of(stream: BinaryIO) -> Iterator[bytes]:
    # read() would lose what a stream gave before it failed.
    read = getattr(stream, "read1", stream.read)
    return iter(lambda: read(HEAD_BYTES), b"")


def _gather(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield chunks of `HEAD_BYTES` or more; only the last may be smaller."""
    held: list[bytes] = []
    size = 0
    problem: Exception | None = None
    try:
        for chunk in chunks:
            held.append(chunk)
            size += len(chunk)
            if size >= HEAD_BYTES:
                yield b"".join(held)
                held.clear()
                size = 0
    except (InputError, OSError, ValueError) as err:
        problem = err
    if size:
        yield b"".join(held)
    if problem:
        raise problem


def peek_utf8(head: bytes) -> bytes:
    """Return a file's beginning as UTF-8 without a byte order mark."""
    encoding = _find_encoding(head)
    if encoding:
        return head.decode(encoding, "replace").encode("utf-8", "replace")
    return head.removeprefix(codecs.BOM_UTF8)


def _find_encoding(head: bytes) -> str | None:
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _utf8_chunks(chunks: Iterator[bytes]) -> Iterator[bytes]:
    head = next(chunks, b"")
    encoding = _find_encoding(head)
    if encoding:
        yield from _recode(itertools.chain((head,), chunks), encoding)
        return
    yield head.removeprefix(codecs.BOM_UTF8)
    yield from chunks


def _recode(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield UTF-8; lone surrogates pass as they are and fail later, in their line."""
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


def read_lines(
    stream: BinaryIO, max_bytes: int = MAX_RECORD_BYTES
) -> Iterator[bytes | None]:
    """Yield lines with their ends; None for one too long, which is passed over."""
    while line := stream.readline(max_bytes):
        if len(line) < max_bytes or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(max_bytes)
        yield None


def why_not_utf8(byte: int, where: str) -> str:
    """Return the reason for refusing a byte that is not UTF-8."""
    return (
        f"byte 0x{byte:02X} {where} is not UTF-8; save the file as UTF-8, for example "
        "with `iconv -f WINDOWS-1252 -t UTF-8`"
    )
