"""What is damaged is mended, or made again from the reports, or said to be gone."""

import json
import shutil
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from onrecord.engine.run import run_reports
from onrecord.errors import RecordDamaged, StoreError
from onrecord.store.delta import open_table, table_files
from onrecord.store.head import HEAD_FILE, JOURNAL_FILE, read_head
from onrecord.store.journal import LOG, entry_name
from onrecord.store.record import open_record
from onrecord.store.tables import TABLES
from onrecord.store.verify import verify
from tests.support.reports import coder, report, snapshot
from tests.support.reviews import event_ids, judged, take

REPORTS = [
    report("A met B and said 5."),
    report("A met B, and said 5", outlet="Herald"),
    report("C did not met D 7"),
    report("FAIL"),
]


def run(path: Path) -> None:
    run_reports(path, REPORTS, inputs=["all"], coder=coder())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mend") / "record"
    run(path)
    first, *_, last = event_ids(path)
    take(path, judged(first, type="ASSAULT"), judged(last, "reject"))
    return path


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "record"))


def what_was_found(path: Path) -> dict[str, list[Any]]:
    """Return all rows, but for the runs and which of them made a row."""
    return {
        table: [{k: v for k, v in row.items() if k != "run_id"} for row in rows]
        for table, rows in snapshot(path).items()
        if table != "runs"
    }


def problems(path: Path) -> list[str]:
    return [f"{f.where}: {f.problem}" for f in verify(path)]


def data_files(path: Path, table: str) -> list[Path]:
    """Return the files that the record rests on now."""
    folder = (path / table).absolute()
    live = open_table(folder, read_head(path).versions[table])
    return sorted(table_files(live, folder))


def flip(file: Path) -> None:
    raw = file.read_bytes()
    half = len(raw) // 2
    file.write_bytes(raw[:half] + bytes([raw[half] ^ 0xFF]) + raw[half + 1 :])


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def test_runs_and_corrections_come_back_from_their_copies(record: Path) -> None:
    before = snapshot(record)
    for table in ("runs", "corrections"):
        for file in data_files(record, table):
            file.unlink()
    with open_record(record):
        pass
    assert snapshot(record) == before
    assert problems(record) == []


MADE_AGAIN = zip(
    [t for t in TABLES if t not in ("runs", "corrections")],
    cycle([flip, cut, Path.unlink]),
    strict=False,
)


# Every file in every way is damaged by `bench.faults`.
@pytest.mark.parametrize(
    ("table", "damage"),
    [
        pytest.param(table, damage, marks=[pytest.mark.slow] if at % 4 else [])
        for at, (table, damage) in enumerate(MADE_AGAIN)
    ],
)
def test_rows_of_a_damaged_file_are_made_again(
    record: Path, table: str, damage: Callable[[Path], None]
) -> None:
    before = what_was_found(record)
    files = data_files(record, table)
    for file in files:
        damage(file)
    assert len(problems(record)) >= len(files)
    run(record)
    assert what_was_found(record) == before
    assert problems(record) == []


def test_all_tables_damaged_at_once(record: Path) -> None:
    before = what_was_found(record)
    for table in TABLES:
        for file in data_files(record, table):
            flip(file)
    run(record)
    assert what_was_found(record) == before
    assert problems(record) == []


def test_reports_that_are_not_given_again_stay_gone(
    record: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = what_was_found(record)
    (file,) = data_files(record, "reports")
    file.unlink()
    run_reports(record, [report("new")], inputs=["other"], coder=coder())
    assert "give the inputs they came from" in caplog.text
    gone = [f"reports {row['doc_id']}" for row in before["reports"]]
    assert sorted(f.where for f in verify(record)) == sorted(gone)
    assert what_was_found(record)["events"] == []
    assert snapshot(record, as_of="1")["events"] == before["coded_events"]
    run(record)
    assert problems(record) == []
    assert what_was_found(record)["events"] == before["events"]


def test_journal_that_lost_its_last_lines_takes_nothing_back(record: Path) -> None:
    path = record / JOURNAL_FILE
    before = snapshot(record)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-3]))
    assert problems(record) == [f"{path}: the last lines are missing"]
    with open_record(record):
        pass
    assert snapshot(record) == before
    assert problems(record) == []


def test_lost_table_comes_back(record: Path) -> None:
    before = what_was_found(record)
    (record / "events").rename(record.parent / "elsewhere")
    run(record)
    assert what_was_found(record) == before
    assert problems(record) == []


def test_damaged_file_is_put_aside(record: Path) -> None:
    (file,) = data_files(record, "events")
    flip(file)
    damaged = file.read_bytes()
    run(record)
    assert file.with_name(file.name + ".damaged").read_bytes() == damaged


@pytest.mark.parametrize(
    ("damage", "table"), [(flip, "events"), (cut, "reports"), (Path.unlink, "runs")]
)
def test_damaged_log_is_written_again(
    record: Path, damage: Callable[[Path], None], table: str
) -> None:
    before = snapshot(record)
    for entry in sorted((record / table / LOG).glob("*.json")):
        whole = entry.read_bytes()
        damage(entry)
        assert any(str(entry) in p for p in problems(record)), entry
        with open_record(record):
            pass
        assert entry.read_bytes() == whole
    assert snapshot(record) == before
    assert problems(record) == []


@pytest.fixture(scope="module")
def much_written(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("checkpointed") / "record"
    shutil.copytree(made, path)
    with open_record(path) as opened:
        for n in range(55):
            story = {"story_id": f"sto-{n}", "original": "doc-1", "report_count": 0}
            opened.commit(run=None, add={"stories": [story]})
    return path


@pytest.fixture
def checkpointed(much_written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(much_written, tmp_path / "checkpointed"))


@pytest.mark.parametrize("damage", [flip, cut, Path.unlink])
def test_record_goes_on_without_a_damaged_checkpoint(
    checkpointed: Path, damage: Callable[[Path], None]
) -> None:
    before = snapshot(checkpointed)
    (checkpoint,) = (checkpointed / "stories" / LOG).glob("*.checkpoint.parquet")
    damage(checkpoint)
    assert any(str(checkpoint) in p for p in problems(checkpointed))
    with open_record(checkpointed):
        pass
    assert snapshot(checkpointed) == before
    assert not any("checkpoint" in p for p in problems(checkpointed))
    with open_record(checkpointed) as opened:
        assert opened.head.run is None


@pytest.mark.parametrize("raw", [None, b"", b"{", b"\xff"])
def test_damaged_head_is_written_again(record: Path, raw: bytes | None) -> None:
    before = snapshot(record)
    head = (record / HEAD_FILE).read_bytes()
    if raw is None:
        (record / HEAD_FILE).unlink()
    else:
        (record / HEAD_FILE).write_bytes(raw)
    assert len(problems(record)) == 1
    with open_record(record):
        pass
    assert (record / HEAD_FILE).read_bytes() == head
    assert snapshot(record) == before


def test_older_head_that_was_put_back_loses_nothing(record: Path) -> None:
    old = (record / HEAD_FILE).read_bytes()
    run_reports(record, [report("E met F")], inputs=["two"], coder=coder())
    before = snapshot(record)
    (record / HEAD_FILE).write_bytes(old)
    with open_record(record):
        pass
    assert snapshot(record) == before


def test_changed_version_in_the_head_is_found_and_set_right(record: Path) -> None:
    before = snapshot(record)
    head = json.loads((record / HEAD_FILE).read_bytes())
    head["versions"]["events"] -= 1
    (record / HEAD_FILE).write_text(json.dumps(head))
    assert any("is not as it was written" in p for p in problems(record))
    with open_record(record):
        pass
    assert snapshot(record) == before
    assert problems(record) == []


def test_damaged_journal_is_noted_anew(record: Path) -> None:
    path = record / JOURNAL_FILE
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], b"x" + lines[3], *lines[4:]]))
    before = snapshot(record)
    with open_record(record):
        pass
    assert problems(record) == []
    for file in [*record.rglob("*.json"), *record.rglob("*.parquet")]:
        if file.parent.name == LOG:
            flip(file)
    with open_record(record):
        pass
    assert snapshot(record) == before


def test_without_head_and_journal_nothing_is_touched(record: Path) -> None:
    (record / HEAD_FILE).write_bytes(b"{")
    (record / JOURNAL_FILE).unlink()
    with pytest.raises(RecordDamaged, match="no journal"), open_record(record):
        pass


def test_killed_between_mending_and_making_again(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = what_was_found(record)
    for file in data_files(record, "statements"):
        flip(file)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("onrecord.store.record.find_gone", killed)
        with pytest.raises(KeyboardInterrupt), open_record(record):
            pass
    run(record)
    assert what_was_found(record) == before
    assert problems(record) == []


def test_half_an_entry_beyond_the_head_is_taken_away(record: Path) -> None:
    before = snapshot(record)
    log = record / "events" / LOG
    newest = len(list(log.glob("*.json")))
    (log / entry_name(newest)).write_text('{"add":{"pa')
    (log / entry_name(newest + 3)).write_text("")
    with open_record(record):
        pass
    assert snapshot(record) == before
    assert not (log / entry_name(newest + 3)).exists()


def test_head_of_a_newer_program_is_refused_from_the_journal_too(record: Path) -> None:
    from onrecord.store.head import Head
    from onrecord.store.journal import Commit, append_commit

    append_commit(record, Commit(head=Head(schema_version=99, commits=999)))
    with pytest.raises(StoreError, match="use a newer onrecord"), open_record(record):
        pass
