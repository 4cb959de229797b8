"""Files that must hold still while they are read, and streams that must be files."""

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from onrecord.errors import InputError
from onrecord.read.decode import open_chunks
from onrecord.read.limits import HEAD_BYTES, Limits, beyond

CHANGED = (
    "the file changed while it was read; what was read of it is kept, run again when "
    "it is complete"
)


@contextmanager
def open_steady(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be sought in; raise `InputError` at the end if it has changed."""
    with path.open("rb") as file:
        before = _state(file)
        yield file
        _check_unchanged(file, before)


@contextmanager
def open_stream(path: Path) -> Iterator[io.BufferedReader]:
    """Open a file to be read through; its end raises `InputError` if it has changed."""
    with path.open("rb") as file:
        yield open_chunks(_steady_chunks(file))


@contextmanager
def spool(stream: BinaryIO, limits: Limits) -> Iterator[BinaryIO]:
    """Yield a temporary copy that can be sought in; it has no name, and goes after.

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


def _steady_chunks(file: BinaryIO) -> Iterator[bytes]:
    before = _state(file)
    while chunk := file.read(HEAD_BYTES):
        yield chunk
    _check_unchanged(file, before)


def _check_unchanged(file: BinaryIO, before: tuple[int, int]) -> None:
    if _state(file) != before:
        raise InputError(CHANGED)


def _state(file: BinaryIO) -> tuple[int, int]:
    """Return size and time of the last change, in nanoseconds."""
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns
