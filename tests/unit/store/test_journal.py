from pathlib import Path

import pytest

from onrecord.store.head import JOURNAL_FILE, Head
from onrecord.store.journal import (
    BadLine,
    Commit,
    added_files,
    append_commit,
    drop_torn_line,
    read_journal,
)

FIRST = Commit(head=Head(commits=1, versions={"events": 0}))
SECOND = Commit(head=Head(commits=2, versions={"events": 1}), lost=("events/a",))


def write(record: Path) -> Path:
    append_commit(record, FIRST)
    append_commit(record, SECOND)
    return record / JOURNAL_FILE


def test_commits_read_as_written(tmp_path: Path) -> None:
    write(tmp_path)
    assert list(read_journal(tmp_path)) == [FIRST, SECOND]


def test_record_without_a_journal_has_no_commits(tmp_path: Path) -> None:
    assert list(read_journal(tmp_path)) == []


def test_changed_line_is_told_from_the_others(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"events":0', b'"events":9'))
    assert list(read_journal(tmp_path)) == [BadLine(1, torn=False), SECOND]


@pytest.mark.parametrize("left", [0, 1, 30])
def test_line_that_was_cut_short_is_dropped(tmp_path: Path, left: int) -> None:
    path = write(tmp_path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1][:left])
    found = list(read_journal(tmp_path))
    assert found == [FIRST, BadLine(2, torn=True)][: 2 if left else 1]
    drop_torn_line(tmp_path)
    append_commit(tmp_path, SECOND)
    assert list(read_journal(tmp_path)) == [FIRST, SECOND]


def test_added_files_of_an_entry() -> None:
    entry = (
        '{"commitInfo":{}}\n{"add":{"path":"a%20b.parquet"}}\n{"remove":{"path":"c"}}'
    )
    assert list(added_files(entry)) == ["a%20b.parquet"]
