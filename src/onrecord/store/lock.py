"""One writer at a time. The kernel lets go of the lock when the writer dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import RecordLocked, StoreError
from onrecord.store.head import LOCK_FILE


@contextmanager
def lock_record(record: Path) -> Iterator[None]:
    """Hold the record's lock; raise `RecordLocked` when another writer has it."""
    path = record / LOCK_FILE
    try:
        stream = path.open("a+", encoding="ascii")
    except OSError as err:
        raise StoreError(
            f"{path}: {err.strerror}; choose a folder you may write to"
        ) from err
    with stream:
        if not _take(stream.fileno()):
            stream.seek(0)
            holder = stream.read().strip() or "unknown"
            raise RecordLocked(
                f"{record}: another run is writing to it (process {holder}); wait for"
                " it or end it, then run again. Reading needs no lock"
            )
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield


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
