"""A record kept elsewhere: what is committed is there, whatever ends a run."""

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import (
    NotARecord,
    ObjectsError,
    RecordDamaged,
    RecordLocked,
    StoreError,
)
from onrecord.objects import Place
from onrecord.store.head import read_head
from onrecord.store.query import connect, rows
from onrecord.store.record import Removal, open_record
from onrecord.store.remote import copy_folder, local_record
from onrecord.store.remote_verify import verify_remote
from tests.support.remote import (
    PLACED,
    STORY,
    Killed,
    each_commit_pushed,
    killed_at,
    leases_ended,
    machine,
    tables_there,
    told_stories,
)

OTHER = {**STORY, "story_id": "sto-2"}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path) -> Iterator[None]:
    with machine("here", tmp_path), each_commit_pushed():
        yield


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"file://{tmp_path}/there/rec"


def begin(address: str) -> None:
    with open_record(local_record(address, must_exist=False)) as record:
        record.commit(run=None, add={"stories": [STORY], "memberships": [PLACED]})


def change(address: str) -> None:
    """Remove a row from one table, and add rows to two, in one commit."""
    with open_record(local_record(address)) as record:
        record.commit(
            run=None,
            remove=[Removal("stories", "story_id", ("sto-1",))],
            add={"stories": [OTHER], "memberships": [{**PLACED, "doc_id": "doc-2"}]},
        )


def test_another_machine_reads_what_one_wrote(address: str, tmp_path: Path) -> None:
    begin(address)
    with machine("other", tmp_path):
        assert told_stories(address) == ["sto-1"]


def test_another_machine_goes_on(address: str, tmp_path: Path) -> None:
    begin(address)
    with machine("other", tmp_path):
        change(address)
    assert told_stories(address) == ["sto-2"]


def test_reading_fetches_only_what_is_new(address: str, tmp_path: Path) -> None:
    begin(address)
    with machine("other", tmp_path):
        told_stories(address)
        copied = {p.name for p in copy_folder(address).rglob("*.parquet")}
    change(address)
    fetched: list[str] = []
    get = Place.get

    def noted(self: Place, name: str) -> bytes | None:
        fetched.append(name.rpartition("/")[2])
        return get(self, name)

    with machine("other", tmp_path), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Place, "get", noted)
        assert told_stories(address) == ["sto-2"]
    assert copied
    assert not copied & set(fetched)


def test_every_step_can_be_the_last(address: str, tmp_path: Path) -> None:
    """Kill a writer before each thing it puts; look from outside; let it go on."""
    begin(address)
    with (
        killed_at() as steps,
        machine("dry", tmp_path),
        open_record(local_record(address)),
    ):
        pass
    opening = len(steps)
    for step in range(opening, 100):
        place = f"file://{tmp_path}/step-{step}/rec"
        begin(place)
        try:
            with killed_at(step) as steps:
                change(place)
        except Killed:
            pass
        else:
            break
        tables_there(place)
        there = tables_there(place, at_head=True)["stories"]
        assert [row["story_id"] for row in there] in (["sto-1"], ["sto-2"]), steps
        with machine(f"reader-{step}", tmp_path):
            assert told_stories(place) in (["sto-1"], ["sto-2"]), steps
        with open_record(local_record(place)):
            pass
        assert told_stories(place) == ["sto-2"], steps
        rows = tables_there(place)
        assert [row["story_id"] for row in rows["stories"]] == ["sto-2"], steps
        assert len(rows["memberships"]) == 2, steps
        assert list(verify_remote(local_record(place))) == [], steps
    assert step - opening > 6


@pytest.mark.slow
def test_another_machine_goes_on_after_every_step(
    address: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The dead writer's machine comes back and finds that the record has moved on."""
    last = {**STORY, "story_id": "sto-9"}
    for step in range(1, 100):
        place = f"file://{tmp_path}/step-{step}/rec"
        begin(place)
        try:
            with killed_at(step) as steps:
                change(place)
        except Killed:
            pass
        else:
            break
        with machine(f"other-{step}", tmp_path), leases_ended():
            with open_record(local_record(place)) as record:
                record.commit(run=None, add={"stories": [last]})
            seen = told_stories(place)
        assert seen in (["sto-1", "sto-9"], ["sto-2", "sto-9"]), steps
        with open_record(local_record(place)):
            pass
        assert told_stories(place) == seen, steps
        there = sorted(row["story_id"] for row in tables_there(place)["stories"])
        assert there == seen, steps
        assert list(verify_remote(local_record(place))) == [], steps
    assert step > 6
    assert "give its inputs again" in caplog.text


@pytest.mark.slow
def test_making_a_record_can_be_cut_off_anywhere(tmp_path: Path) -> None:
    for step in range(0, 200, 7):
        place = f"file://{tmp_path}/step-{step}/rec"
        try:
            with killed_at(step) as steps:
                begin(place)
        except Killed:
            pass
        else:
            break
        tables_there(place)
        begin(place)
        assert told_stories(place) in (["sto-1"], ["sto-1", "sto-1"]), steps
        assert list(verify_remote(local_record(place))) == [], steps
    assert step > 21


def test_second_writer_is_refused_with_who_and_until_when(
    address: str, tmp_path: Path
) -> None:
    begin(address)
    with (
        open_record(local_record(address)),
        machine("other", tmp_path),
        pytest.raises(RecordLocked, match=r"process \d+ on .*, until \d\d:\d\d:\d\d"),
        open_record(local_record(address)),
    ):
        pass


def test_writer_whose_lease_was_taken_stops(address: str, tmp_path: Path) -> None:
    begin(address)
    with (
        pytest.raises(RecordLocked, match=r"no longer has the lease.*took it"),
        open_record(local_record(address)) as record,
    ):
        with machine("other", tmp_path), leases_ended():
            change(address)
        record.commit(run=None, add={"stories": [{**STORY, "story_id": "sto-7"}]})
    with machine("third", tmp_path):
        assert told_stories(address) == ["sto-2"]


def test_writer_does_nothing_near_the_end_of_its_lease(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.store import remote_lease

    begin(address)
    with (
        pytest.raises(RecordLocked, match="could not be renewed in time"),
        open_record(local_record(address)) as record,
    ):
        now = remote_lease._now()
        monkeypatch.setattr(remote_lease, "_now", lambda: now + 100)
        record.commit(run=None, add={"stories": [OTHER]})
    monkeypatch.undo()


@pytest.mark.parametrize(("age", "free"), [(100, False), (125, True)])
def test_lease_ends_by_the_time_of_the_store(
    address: str, tmp_path: Path, age: float, free: bool
) -> None:
    begin(address)
    with pytest.raises(Killed), killed_at(2):
        change(address)
    entries = Path(address.removeprefix("file://"), "lease/_delta_log").glob("*.json")
    newest = max(entries)
    then = newest.stat().st_mtime - age
    os.utime(newest, (then, then))
    with machine("other", tmp_path):
        if free:
            change(address)
        else:
            with pytest.raises(RecordLocked, match="until"):
                change(address)


def test_lease_is_free_after_a_run(address: str, tmp_path: Path) -> None:
    begin(address)
    with machine("other", tmp_path):
        change(address)
        assert told_stories(address) == ["sto-2"]


def test_missing_object_is_named_with_what_to_do(address: str, tmp_path: Path) -> None:
    begin(address)
    (gone,) = Path(address.removeprefix("file://"), "stories").glob("*.parquet")
    gone.unlink()
    with (
        machine("other", tmp_path),
        pytest.raises(
            RecordDamaged, match=rf"stories/{gone.name}: is missing; put back"
        ),
    ):
        told_stories(address)


def test_garbled_object_is_named_with_what_to_do(address: str, tmp_path: Path) -> None:
    begin(address)
    (bad,) = Path(address.removeprefix("file://"), "stories").glob("*.parquet")
    bad.write_bytes(b"x" * bad.stat().st_size)
    with (
        machine("other", tmp_path),
        pytest.raises(RecordDamaged, match=rf"{bad.name}: is not as it was written"),
    ):
        told_stories(address)
    (finding,) = verify_remote(local_record(address))
    assert finding.where == f"{address}/stories/{bad.name}"
    assert "from the copy on this machine" in finding.advice


def test_writer_puts_again_what_is_whole_in_its_copy(
    address: str, tmp_path: Path
) -> None:
    begin(address)
    root = Path(address.removeprefix("file://"))
    (gone,) = (root / "stories").glob("*.parquet")
    gone.unlink()
    (root / "events/_delta_log/00000000000000000000.json").unlink()
    (root / "record.json").unlink()
    begin(address)
    with machine("other", tmp_path):
        assert told_stories(address) == ["sto-1", "sto-1"]
        assert list(verify_remote(local_record(address))) == []


def test_damaged_copy_is_fetched_again(address: str) -> None:
    begin(address)
    (bad,) = (copy_folder(address) / "stories").glob("*.parquet")
    bad.write_bytes(b"x" * bad.stat().st_size)
    change(address)
    assert told_stories(address) == ["sto-2"]


def test_record_that_was_removed_is_no_record(address: str) -> None:
    begin(address)
    root = Path(address.removeprefix("file://"))
    for path in sorted(root.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    with pytest.raises(NotARecord, match="there is no such record"):
        local_record(address)
    begin(address)
    assert told_stories(address) == ["sto-1"]


def test_place_with_other_objects_is_left_alone(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "thesis.tex").write_text("x")
    with (
        pytest.raises(NotARecord, match="holds objects but no record"),
        open_record(local_record(f"file://{there}", must_exist=False)),
    ):
        pass
    assert [path.name for path in there.iterdir()] == ["thesis.tex"]


def test_record_copied_there_by_hand_is_read_and_written(tmp_path: Path) -> None:
    there = tmp_path / "there"
    with open_record(there) as record:
        record.commit(run=None, add={"stories": [STORY]})
    address = f"file://{there}"
    assert told_stories(address) == ["sto-1"]
    change(address)
    with machine("other", tmp_path):
        assert told_stories(address) == ["sto-2"]


def test_record_of_another_coder_goes_with_it(address: str, tmp_path: Path) -> None:
    begin(address)
    coder = local_record(address) / "coders" / "other"
    with open_record(coder) as record:
        record.commit(run=None, add={"stories": [OTHER]})
    with machine("other", tmp_path):
        assert told_stories(f"{address}/coders/other") == ["sto-2"]
        assert read_head(local_record(address) / "coders/other") == record.head
        assert told_stories(address) == ["sto-1"]


def test_reader_beside_a_writer_sees_what_is_committed(address: str) -> None:
    begin(address)
    with open_record(local_record(address)) as record:
        record.commit(run=None, add={"stories": [OTHER]})
        assert told_stories(address) == ["sto-1", "sto-2"]


def test_journal_that_lost_a_part_is_put_again(address: str, tmp_path: Path) -> None:
    begin(address)
    change(address)
    parts = sorted(Path(address.removeprefix("file://"), "journal").iterdir())
    parts[0].unlink()
    with (
        machine("other", tmp_path),
        pytest.raises(RecordDamaged, match=r"journal: commit 1 of \d+ is missing"),
    ):
        told_stories(address)
    begin(address)
    with machine("other", tmp_path):
        assert told_stories(address) == ["sto-1", "sto-2"]


def test_record_copied_from_there_by_hand_is_whole(
    address: str, tmp_path: Path
) -> None:
    begin(address)
    change(address)
    shutil.copytree(address.removeprefix("file://"), tmp_path / "rec")
    with open_record(tmp_path / "rec") as record:
        record.commit(run=None, add={"stories": [{**STORY, "story_id": "sto-3"}]})
    connection = connect(tmp_path / "rec")
    found = rows(connection, "SELECT story_id FROM stories ORDER BY story_id")
    assert [row["story_id"] for row in found] == ["sto-2", "sto-3"]


def test_offline_reads_the_copy_as_it_is(address: str, tmp_path: Path) -> None:
    begin(address)
    with machine("other", tmp_path):
        told_stories(address)
    change(address)
    Path(address.removeprefix("file://")).rename(tmp_path / "away")
    with machine("other", tmp_path):
        folder = local_record(address, offline=True)
        assert read_head(folder).versions["stories"] == 1


def test_offline_without_a_copy_is_said(address: str) -> None:
    with pytest.raises(StoreError, match="no copy of it yet"):
        local_record(address, offline=True)


def test_store_that_does_not_answer_for_a_while_costs_nothing(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    begin(address)
    caplog.set_level(logging.WARNING)
    put = Place.put
    with open_record(local_record(address)) as record:
        monkeypatch.setattr(Place, "put", _refuse)
        record.commit(run=None, add={"stories": [OTHER]})
        monkeypatch.setattr(Place, "put", put)
    assert "tried again" in caplog.text
    assert told_stories(address) == ["sto-1", "sto-2"]


def test_store_that_does_not_answer_at_the_end_is_said(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(address)
    put = Place.put
    with (
        pytest.raises(ObjectsError, match="give the command again"),
        open_record(local_record(address)) as record,
    ):
        monkeypatch.setattr(Place, "put", _refuse)
        record.commit(run=None, add={"stories": [OTHER]})
    monkeypatch.setattr(Place, "put", put)
    with open_record(local_record(address)):
        pass
    assert told_stories(address) == ["sto-1", "sto-2"]


def _refuse(self: Place, name: str, raw: bytes) -> None:
    raise ObjectsError(f"{self.address_of(name)}: no answer")
