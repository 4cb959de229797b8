import errno
import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.errors import RecordLocked, StoreError
from onrecord.store.head import LOCK_FILE
from onrecord.store.lock import is_locked, lock_record

HOLD = """
import sys, time
from pathlib import Path
from onrecord.store.lock import lock_record
with lock_record(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert is_locked(tmp_path)
        with (
            pytest.raises(RecordLocked, match=f"process {holder.pid}"),
            lock_record(tmp_path),
        ):
            pass
        holder.send_signal(signal.SIGKILL)
    assert not is_locked(tmp_path)
    with lock_record(tmp_path):
        pass


def test_holder_on_another_machine_is_named(tmp_path: Path) -> None:
    with (tmp_path / LOCK_FILE).open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.write("12 far-away")
        stream.flush()
        with (
            pytest.raises(RecordLocked, match="process 12 on far-away"),
            lock_record(tmp_path),
        ):
            pass


def test_file_that_was_deleted_locks_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock = fcntl.flock
    deleted: list[int] = []

    def lock(handle: int, how: int) -> None:
        flock(handle, how)
        if not deleted:
            deleted.append(handle)
            (tmp_path / LOCK_FILE).unlink()

    monkeypatch.setattr(fcntl, "flock", lock)
    with lock_record(tmp_path):
        assert (tmp_path / LOCK_FILE).read_text().split()[0] == str(os.getpid())


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP])
def test_drive_that_cannot_lock_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with (
        pytest.raises(StoreError, match="this drive cannot lock files"),
        lock_record(tmp_path),
    ):
        pass


def test_look_at_the_lock_keeps_no_writer_out(tmp_path: Path) -> None:
    began = time.monotonic()
    for _ in range(20):
        is_locked(tmp_path)
        with lock_record(tmp_path):
            pass
    assert time.monotonic() - began < 5
