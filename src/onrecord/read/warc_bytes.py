"""The bytes of a WARC file, unpacked, with breaks where its packing is damaged.

Each record is packed by itself in .warc.gz, so that what follows a damaged one can be
read: the next gzip header is looked for.
"""

import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from onrecord.errors import InputError
from onrecord.read.limits import HEAD_BYTES, Limits, beyond
from onrecord.read.zstd import DICTIONARY, ZSTD, unpack_zstd

GZIP = b"\x1f\x8b\x08"
_GZIP_FORMAT = 31  # zlib's number for a gzip header with a window of 32 KiB
FREE_BYTES = 10_000_000  # unpacked, before how many times the size is looked at


class Piece(msgspec.Struct, frozen=True):
    """Bytes that follow each other.

    `offset` is where in the file they begin, or if `packed` where their part begins.
    """

    data: bytes
    offset: int
    packed: bool = True


class Break(msgspec.Struct, frozen=True):
    """A place where bytes are lost, and why."""

    reason: str
    offset: int


def unpack_pieces(stream: BinaryIO, limits: Limits) -> Iterator[Piece | Break]:
    """Yield the bytes of a WARC file, plain or packed with gzip or Zstandard."""
    head = stream.read(HEAD_BYTES)
    if head.startswith(GZIP):
        yield from _unpack_gzip(stream, head, limits)
    elif head.startswith((ZSTD, DICTIONARY)):
        yield from _unpack_zstd(stream, head, limits)
    else:
        offset = 0
        while head:
            yield Piece(head, offset, packed=False)
            offset += len(head)
            head = stream.read(HEAD_BYTES)


def _unpack_gzip(
    stream: BinaryIO, head: bytes, limits: Limits
) -> Iterator[Piece | Break]:
    data, offset = head, 0  # what is read and not yet unpacked, and where it begins
    unpacked = 0
    while data:
        decoder, start = zlib.decompressobj(_GZIP_FORMAT), offset
        while data and not decoder.eof:
            try:
                out = decoder.decompress(data, HEAD_BYTES)
            except zlib.error as err:
                yield Break(f"its gzip data is damaged ({err})", start)
                data, offset = _find_gzip(stream, data[1:], offset + 1)
                break
            rest = decoder.unconsumed_tail or decoder.unused_data
            offset += len(data) - len(rest)
            data = rest
            unpacked += len(out)
            if out:
                yield Piece(out, start)
            spent = _why_too_much(unpacked, offset, limits)
            if spent:
                yield Break(spent, start)
                return
            data = data or stream.read(HEAD_BYTES)
        else:
            if not decoder.eof:
                yield Break("its gzip data breaks off", start)
            elif not data.startswith(GZIP) and data:
                data, offset = _find_gzip(stream, data, offset)


def _find_gzip(stream: BinaryIO, data: bytes, offset: int) -> tuple[bytes, int]:
    """Return the bytes from the next gzip header on, and where it stands."""
    while (at := data.find(GZIP)) < 0:
        kept = data[-len(GZIP) + 1 :]
        more = stream.read(HEAD_BYTES)
        if not more:
            return b"", offset + len(data)
        offset += len(data) - len(kept)
        data = kept + more
    return data[at:], offset + at


def _unpack_zstd(
    stream: BinaryIO, head: bytes, limits: Limits
) -> Iterator[Piece | Break]:
    unpacked = packed = 0
    try:
        for out, packed in unpack_zstd(stream, head):
            unpacked += len(out)
            yield Piece(out, 0)
            spent = _why_too_much(unpacked, packed, limits)
            if spent:
                yield Break(spent, packed)
                return
    except InputError as err:
        yield Break(str(err), packed)


def _why_too_much(unpacked: int, packed: int, limits: Limits) -> str | None:
    if unpacked > limits.archive_bytes:
        found = f"the file holds more than {limits.archive_bytes:,} bytes"
        return beyond(limits, "archive_bytes", found)
    if unpacked > max(FREE_BYTES, limits.archive_ratio * packed):
        found = f"the file unpacks to more than {limits.archive_ratio:,} times its size"
        return beyond(limits, "archive_ratio", found)
    return None
