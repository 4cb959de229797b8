"""One writer at a time. The kernel lets go of the lock when the writer dies."""

import errno
import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from onrecord.errors import RecordLocked, StoreError
from onrecord.store.head import LOCK_FILE

CANNOT_LOCK = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL)


@contextmanager
def lock_record(record: Path) -> Iterator[None]:
    """Hold the record's lock; raise `RecordLocked` when another writer has it.

    Raises `StoreError` on a drive that cannot lock.
    """
    path = record / LOCK_FILE
    try:
        stream = _open_locked(path)
    except OSError as err:
        raise StoreError(_why_not(path, err)) from err
    if stream is None:
        raise RecordLocked(
            f"{record}: another run is writing to it ({_holder(path)}); wait for it or"
            " end it, then run again. Reading needs no lock"
        )
    with stream:
        stream.truncate(0)
        stream.write(f"{os.getpid()} {socket.gethostname()}")
        stream.flush()
        yield


def _open_locked(path: Path) -> TextIO | None:
    """Return the lock file, locked; None when another writer has it."""
    while True:
        stream = path.open("a+", encoding="utf-8")
        try:
            if not _take(stream.fileno()):
                stream.close()
                return None
            if _is_still(path, stream.fileno()):
                return stream
        except OSError:
            stream.close()
            raise
        # Somebody deleted the file: whoever comes next would lock another one.
        stream.close()


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _holder(path: Path) -> str:
    try:
        number, _, host = path.read_text(encoding="utf-8").strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        number = host = ""
    if not number:
        return "process unknown"
    elsewhere = host and host != socket.gethostname()
    return f"process {number} on {host}" if elsewhere else f"process {number}"


def _why_not(path: Path, err: OSError) -> str:
    if err.errno in CANNOT_LOCK:
        return (
            f"{path}: this drive cannot lock files ({err.strerror}), as some network"
            " drives cannot: two runs could write at once. Keep the record on a disk of"
            " this machine, and copy it when no run is writing to it"
        )
    return f"{path}: {err.strerror}; choose a folder you may write to"


def _take(handle: int) -> bool:
    """Try for the lock more than once: `is_locked` holds it for a moment."""
    for wait in (0.05, 0.1, 0.0):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(wait)
        else:
            return True
    return False


def is_locked(record: Path) -> bool:
    """Tell whether a writer has the record just now."""
    try:
        with (record / LOCK_FILE).open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False  # no lock file: nobody ever wrote here
    return False
