import os
from pathlib import Path

import pytest
from deltalake import write_deltalake

from onrecord.errors import NotARecord, RecordDamaged, RecordLocked, StoreError
from onrecord.store.head import HEAD_FILE, JOURNAL_FILE, read_head
from onrecord.store.query import connect, rows
from onrecord.store.record import SMALL_FILES, Removal, open_record
from onrecord.store.tables import TABLES, make_table

STORY = {"story_id": "sto-1", "original": "doc-1", "report_count": 1}
OTHER = {"story_id": "sto-2", "original": "doc-2", "report_count": 1}


def stories(path: Path) -> list[str]:
    found = rows(connect(path), "SELECT story_id FROM stories ORDER BY story_id")
    return [row["story_id"] for row in found]


def test_new_record_has_all_tables_and_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "new" / "record"
    with open_record(path):
        pass
    assert set(read_head(path).versions) == set(TABLES)
    connection = connect(path)
    for table in TABLES:
        assert list(rows(connection, f"SELECT * FROM {table}")) == []


def test_commit_shows_after_the_head_moved(tmp_path: Path) -> None:
    with open_record(tmp_path) as record:
        record.commit(run=None, add={"stories": [STORY]})
        assert stories(tmp_path) == ["sto-1"]


def test_reader_sees_nothing_of_a_table_beyond_the_head(tmp_path: Path) -> None:
    with open_record(tmp_path):
        pass
    write_deltalake(tmp_path / "stories", make_table("stories", [STORY]), mode="append")
    assert stories(tmp_path) == []


def test_writer_takes_back_what_lies_beyond_the_head(tmp_path: Path) -> None:
    with open_record(tmp_path) as record:
        record.commit(run=None, add={"stories": [STORY]})
    write_deltalake(tmp_path / "stories", make_table("stories", [OTHER]), mode="append")
    with open_record(tmp_path) as record:
        assert stories(tmp_path) == ["sto-1"]
        record.commit(run=None, add={"stories": [OTHER]})
    assert stories(tmp_path) == ["sto-1", "sto-2"]


def test_record_killed_while_it_was_made_is_made_anew(tmp_path: Path) -> None:
    with open_record(tmp_path):
        pass
    (tmp_path / JOURNAL_FILE).unlink()
    (tmp_path / HEAD_FILE).write_text('{"record":"onrecord","schema_version":1}')
    with open_record(tmp_path) as record:
        record.commit(run=None, add={"stories": [STORY]})
    assert stories(tmp_path) == ["sto-1"]


def test_rows_are_removed_and_added_in_one_step(tmp_path: Path) -> None:
    with open_record(tmp_path) as record:
        record.commit(run=None, add={"stories": [STORY, OTHER]})
        record.commit(
            run=None,
            remove=[Removal("stories", "story_id", ("sto-1", "it's"))],
            add={"stories": [{**STORY, "story_id": "sto-3"}]},
        )
    assert stories(tmp_path) == ["sto-2", "sto-3"]


def test_commit_of_nothing_makes_no_version(tmp_path: Path) -> None:
    with open_record(tmp_path) as record:
        before = record.head
        record.commit(run=None, add={"stories": []}, remove=[])
        assert record.head == before


def test_compacting_keeps_the_rows(tmp_path: Path) -> None:
    count = SMALL_FILES + 1
    with open_record(tmp_path) as record:
        for n in range(count):
            record.commit(
                run=None, add={"stories": [{**STORY, "story_id": f"sto-{n:03}"}]}
            )
        record.compact(run=None)
    assert stories(tmp_path) == [f"sto-{n:03}" for n in range(count)]
    version = read_head(tmp_path).versions["stories"]
    assert version == count + 1


def test_second_writer_is_refused(tmp_path: Path) -> None:
    with (
        open_record(tmp_path),
        pytest.raises(RecordLocked, match=f"process {os.getpid()}"),
        open_record(tmp_path),
    ):
        pass


def test_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), open_record(tmp_path):
        _ = 1 / 0
    with open_record(tmp_path):
        pass


def test_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x")
    with (
        pytest.raises(NotARecord, match="choose an empty or new folder"),
        open_record(tmp_path),
    ):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.tex"]


def test_file_in_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")
    with pytest.raises(NotARecord, match="is a file"), open_record(path):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with (
        pytest.raises(StoreError, match="choose a folder you may write to"),
        open_record(tmp_path / "record"),
    ):
        pass


@pytest.mark.parametrize("name", ["a[b]", "50%", "a|b", "a^b", "a\\b"])
def test_path_that_delta_lake_cannot_take_is_refused(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(StoreError, match="choose another"),
        open_record(tmp_path / name),
    ):
        pass


@pytest.mark.parametrize("name", ["it's a record", "rec?rd*", "Київ", "a#b{c}"])
def test_odd_but_sound_paths_work(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with open_record(path) as record:
        record.commit(run=None, add={"stories": [STORY]})
    assert stories(path) == ["sto-1"]


def test_table_behind_the_head_is_damage_for_readers(tmp_path: Path) -> None:
    with open_record(tmp_path) as record:
        record.commit(run=None, add={"stories": [STORY]})
    (tmp_path / "stories" / "_delta_log" / f"{1:020}.json").unlink()
    with pytest.raises(RecordDamaged, match="stories"):
        connect(tmp_path)


def test_table_behind_the_head_without_a_journal_is_refused(tmp_path: Path) -> None:
    with open_record(tmp_path) as record:
        record.commit(run=None, add={"stories": [STORY]})
    (tmp_path / "stories" / "_delta_log" / f"{1:020}.json").unlink()
    (tmp_path / JOURNAL_FILE).unlink()
    with pytest.raises(RecordDamaged, match="stories"), open_record(tmp_path):
        pass
