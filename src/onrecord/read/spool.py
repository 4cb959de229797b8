"""Give a stream that cannot be sought in a file that can, for as long as it is read."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from onrecord.errors import InputError
from onrecord.read.limits import HEAD_BYTES, Limits, beyond


@contextmanager
def spool(stream: BinaryIO, limits: Limits) -> Iterator[BinaryIO]:
    """Yield a temporary copy of `stream` that has no name and goes when it is closed.

    Raises `InputError` for more than `archive_bytes`.
    """
    with tempfile.TemporaryFile() as copy:
        while chunk := stream.read(HEAD_BYTES):
            copy.write(chunk)
            if copy.tell() > limits.archive_bytes:
                found = "it is too large for a temporary file"
                raise InputError(beyond(limits, "archive_bytes", found))
        copy.seek(0)
        yield cast(BinaryIO, copy)
