"""Zstandard as a stream of what is packed in it, frame behind frame.

A first frame may hold the dictionary that the others were packed with, as the
specification of `.warc.zst` has it; then it goes before whatever asks for it.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.read.limits import HEAD_BYTES
from onrecord.read.origin import said

ZSTD = b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
MAX_DICTIONARY = 16 * 2**20  # bytes, held in memory; those in use have a tenth of one
STEP = 8 * 1024  # a step with damage in it is lost whole
_FRAME = struct.Struct("<4sL")


def unpack_zstd(stream: BinaryIO, head: bytes = b"") -> Iterator[tuple[bytes, int]]:
    """Yield what is packed, each part with the number of packed bytes read so far.

    `head` is read from the stream already. Raises `InputError` where the data is
    damaged, breaks off, or asks for a dictionary that is not in it.
    """
    from fastwarc.stream_io import ZstdReader

    joined = _Joined(head or stream.read(HEAD_BYTES), stream)
    _check_dictionary(joined.head)
    try:
        reader = ZstdReader(joined)
        while out := reader.read(STEP):
            yield out, joined.tell()
    except (OSError, ValueError, EOFError) as err:
        raise InputError(_what_is_wrong(err, joined.tell())) from err


def _check_dictionary(head: bytes) -> None:
    if not head.startswith(DICTIONARY) or len(head) < _FRAME.size:
        return
    _, size = _FRAME.unpack_from(head)
    if size > MAX_DICTIONARY:
        raise InputError(
            f"its Zstandard dictionary has {size:,} bytes, at most {MAX_DICTIONARY:,} "
            "are read; unpack it first"
        )


def _what_is_wrong(err: Exception, offset: int) -> str:
    reason = said(err)
    if "ictionary" in reason:
        return (
            "its Zstandard data was packed with a dictionary that is not in it; unpack "
            "it with that dictionary (`zstd -d -D`)"
        )
    if "incomplete" in reason:
        return f"the zstd data breaks off at byte {offset:,}; pack the file again"
    return f"its Zstandard data is damaged ({reason}); pack the file again"


class _Joined:
    """A stream of which the beginning is read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.head, self._stream, self._at = head, stream, 0

    def read(self, size: int = -1) -> bytes:
        if self.head:
            taken, self.head = self.head, b""
        else:
            taken = self._stream.read(HEAD_BYTES if size < 0 else size)
        self._at += len(taken)
        return taken

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("a pipe")

    def close(self) -> None:
        """Leave the stream open: it is its owner's."""
