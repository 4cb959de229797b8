"""A record that nobody has touched is not hashed when it is opened."""

import os
import shutil
from pathlib import Path
from unittest import mock

import pytest

from onrecord.engine.run import run_reports
from onrecord.store import mend, record
from onrecord.store.head import JOURNAL_FILE
from onrecord.store.journal import LOG
from onrecord.store.record import open_record
from onrecord.store.seal import NOTE_FILE, Seal
from onrecord.store.verify import verify
from tests.support.reports import coder, report

REPORTS = [report("A met B and said 5."), report("C did not met D 7")]


@pytest.fixture
def left(tmp_path: Path) -> Path:
    path = tmp_path / "record"
    run_reports(path, REPORTS, inputs=["all"], coder=coder())
    return path


def is_looked_through(path: Path) -> bool:
    """Open a record; tell whether its files were hashed."""
    with mock.patch.object(record, "mend_files", wraps=mend.mend_files) as looked:
        with open_record(path):
            pass
        return bool(looked.called)


def data_file(path: Path) -> Path:
    return sorted((path / "events").glob("*.parquet"))[0]


def test_record_that_is_as_it_was_left_is_not_hashed(left: Path) -> None:
    assert Seal(left).is_whole()
    assert not is_looked_through(left)
    assert not is_looked_through(left)


def flip(file: Path) -> None:
    raw = file.read_bytes()
    file.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))


def flip_and_set_the_time_back(file: Path) -> None:
    found = file.stat()
    flip(file)
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))


def put_another_in_its_place(file: Path) -> None:
    shutil.copy2(file, file.with_name("other"))
    file.with_name("other").replace(file)


@pytest.mark.parametrize(
    "change", [flip, flip_and_set_the_time_back, put_another_in_its_place, Path.unlink]
)
def test_change_of_a_file_is_seen(left: Path, change: object) -> None:
    change(data_file(left))  # type: ignore[operator]
    assert is_looked_through(left)


def test_change_of_the_log_and_of_the_journal_is_seen(left: Path) -> None:
    entry = sorted((left / "events" / LOG).glob("*.json"))[0]
    flip(entry)
    assert is_looked_through(left)
    assert not is_looked_through(left)
    with (left / JOURNAL_FILE).open("ab") as stream:
        stream.write(b"x")
    assert is_looked_through(left)


def test_record_without_a_note_or_with_another_is_hashed(left: Path) -> None:
    (left / NOTE_FILE).unlink()
    assert is_looked_through(left)
    assert not is_looked_through(left)
    (left / NOTE_FILE).write_bytes(b"0" * 64)
    assert is_looked_through(left)


def test_copy_of_a_record_is_hashed_once(left: Path, tmp_path: Path) -> None:
    shutil.copytree(left, tmp_path / "copy")
    assert is_looked_through(tmp_path / "copy")
    assert not is_looked_through(tmp_path / "copy")


def test_after_a_writer_that_failed_the_record_is_hashed(left: Path) -> None:
    with pytest.raises(KeyboardInterrupt), open_record(left) as opened:
        opened.commit(run=None, add={"asked": []})
        flip(data_file(left))
        raise KeyboardInterrupt
    assert is_looked_through(left)


def test_file_that_another_changes_under_the_writer_is_not_noted(left: Path) -> None:
    with open_record(left):
        flip(data_file(left))
    assert is_looked_through(left)


def test_what_a_disk_does_by_itself_is_found_by_verify(left: Path) -> None:
    flip(data_file(left))
    seal = Seal(left)
    seal.leave()  # as if the change did not show
    assert not is_looked_through(left)
    assert any("events" in finding.where for finding in verify(left))
