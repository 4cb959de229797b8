"""One writer at a time. The kernel lets go of the lock when the writer dies."""

import fcntl
import os
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
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stream.seek(0)
            holder = stream.read().strip() or "unknown"
            raise RecordLocked(
                f"{record}: another run is writing to it (process {holder}); wait for"
                " it or end it, then run again. Reading needs no lock"
            ) from None
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield
