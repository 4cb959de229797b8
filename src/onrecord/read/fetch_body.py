"""Take an answer's body as it comes: not more than so many bytes, packed or not."""

import zlib
from collections.abc import Iterable, Iterator

GZIP = ("gzip", "x-gzip")
_GZIP_MARK = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_PIECE = 64 * 1024  # bytes unpacked at a time


class TooLarge(Exception):
    """Say that a body is larger than it may be."""


class NotUnpacked(Exception):
    """Say that a body cannot be unpacked."""


def read_body(chunks: Iterable[bytes], *, encoding: str, max_bytes: int) -> bytes:
    """Return the body, unpacked. `encoding` is what Content-Encoding says.

    Raises `TooLarge` as soon as more than `max_bytes` came or were unpacked, and
    `NotUnpacked` for a packing that was not asked for or is broken.
    """
    packing = encoding.strip().lower()
    if packing in ("", "identity"):
        return _join(chunks, max_bytes)
    if packing in GZIP:
        return _join(_unzip(_counted(chunks, max_bytes)), max_bytes)
    raise NotUnpacked(f"the answer is packed as {packing[:40]!r}, not asked for")


def _join(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    return b"".join(_counted(chunks, max_bytes))


def _counted(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise TooLarge
        yield chunk


def _unzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what is packed, a bounded piece at a time; members may follow each other.

    What follows a member and begins none is left alone, as `gunzip` does.
    """
    unpack = zlib.decompressobj(_GZIP_WINDOW)
    for chunk in chunks:
        rest = chunk
        while rest:
            if unpack.eof:
                if not rest.startswith(_GZIP_MARK[: len(rest)]):
                    return
                unpack = zlib.decompressobj(_GZIP_WINDOW)
            try:
                piece = unpack.decompress(rest, _PIECE)
            except zlib.error as err:
                raise NotUnpacked(f"the answer's gzip is broken ({err})") from err
            if piece:
                yield piece
            rest = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
    if not unpack.eof:
        raise NotUnpacked("the answer's gzip ends too early")
