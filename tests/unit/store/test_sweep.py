"""What killed writers left is taken away, and nothing else."""

import os
import uuid
from pathlib import Path

import pytest

from onrecord.engine.run import run_reports
from onrecord.store.journal import LOG
from onrecord.store.query import connect, rows
from onrecord.store.record import Removal, open_record
from onrecord.store.seal import NOTE_FILE
from onrecord.store.verify import verify
from onrecord.store.workspace import SCRATCH
from tests.support.reports import coder, report

DAY = 86_400_000_000_000


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record"
    run_reports(path, [report("A met B 5.")], inputs=["1"], coder=coder())
    run_reports(path, [report("C met D 7.")], inputs=["2"], coder=coder())
    return path


def leave(folder: Path, name: str | None = None, *, days: int = -1) -> Path:
    """Leave a file that no log names, so many days from now."""
    name = name or f"part-00000-{uuid.uuid4()}-c000.zstd.parquet"
    path = folder / name
    path.write_bytes(b"PAR1")
    now = path.stat().st_mtime_ns
    os.utime(path, ns=(now, now + days * DAY))
    return path


def open_and_close(path: Path) -> None:
    with open_record(path):
        pass


def test_files_that_no_version_names_are_taken_away(record: Path) -> None:
    left = [leave(record / table) for table in ("events", "events", "reports")]
    left.append(leave(record / "runs", f"{left[0].name}#1"))
    before = set(record.rglob("*.parquet")) - set(left)
    open_and_close(record)
    assert set(record.rglob("*.parquet")) == before
    assert not any(path.exists() for path in left)
    assert list(verify(record)) == []


def test_what_is_not_ours_stays(record: Path) -> None:
    (record / "coders" / "mine").mkdir(parents=True)
    name = f"part-00000-{uuid.uuid4()}-c000.zstd.parquet"
    kept = [
        leave(record / "events", "export.parquet"),
        leave(record / "events", "part-1.parquet"),
        leave(record / "events", f"{name}.damaged"),
        leave(record / "coders" / "mine", name),
        leave(record, name),
        leave(record / "events", days=1),  # newer than the writer's lock
    ]
    open_and_close(record)
    assert all(path.exists() for path in kept)


def test_files_of_earlier_versions_stay(record: Path) -> None:
    (row,) = rows(connect(record, as_of="1"), "SELECT doc_id FROM reports")
    with open_record(record) as opened:
        opened.commit(run=None, remove=[Removal("events", "doc_id", (row["doc_id"],))])
    for path in record.rglob("*.parquet"):
        os.utime(path, ns=(0, 0))
    (record / NOTE_FILE).unlink()
    leave(record / "events")
    open_and_close(record)
    connection = connect(record, as_of="1")
    assert len(list(rows(connection, "SELECT * FROM events"))) == 1


def test_table_whose_log_cannot_be_read_keeps_its_files(record: Path) -> None:
    from onrecord.store.sweep import sweep_files

    path = leave(record / "events")
    (record / "events" / LOG / f"{0:020}.json").write_bytes(b"{")
    assert sweep_files(record, {"events": 3}, {"events": {1, 2, 3}}, {}) == 0
    assert path.exists()


def test_scratch_of_a_killed_writer_is_taken_away(record: Path) -> None:
    (record / SCRATCH).mkdir()
    (record / SCRATCH / "duckdb_temp_storage-0.tmp").write_bytes(b"x")
    open_and_close(record)
    assert not (record / SCRATCH).exists()
