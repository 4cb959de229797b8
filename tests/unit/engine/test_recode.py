"""Runs that code anew what older versions coded."""

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

import pytest

from onrecord.collapse import happenings
from onrecord.engine import code, happen
from onrecord.engine.run import run_reports
from onrecord.model.document import Document, Rejected
from onrecord.model.run import RunStatus, Tally
from onrecord.store.lookup import outdated_count
from onrecord.store.query import connect, rows
from onrecord.store.record import Record
from onrecord.store.verify import verify
from tests.support.recoders import NEWER, newer_coder
from tests.support.reports import VERSIONS, coder, report, snapshot

JAN = [dt.date(2022, 1, day) for day in range(1, 31)]
MADE_BY = {"runs": None, "codings": ("run_id", "before"), "rejected": ("run_id",)}
ALIKE = {"any": -1.0, "meaning same": 1.5}


@pytest.fixture(autouse=True)
def weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let reports that share a meaning tell of one happening."""
    monkeypatch.setattr(happen, "read_weights", lambda path: ALIKE)
    monkeypatch.setattr(happenings, "ENOUGH", 0.5)


def some() -> list[Document | Rejected]:
    return [
        report("A met B in Oslo to talk about the river dams", date=JAN[5]),
        report("A met B in Oslo, to talk about the river dams", date=JAN[9]),
        report("A saw C over the river dams and said 5", date=JAN[6], outlet="Star"),
        report("A has not met D on any river dams", date=JAN[7], outlet="Post"),
        report("A met E for the dams, NOMORE", date=JAN[8], outlet="Sun"),
        report("FAIL, they met", date=JAN[9], outlet="Sun"),
    ]


def what_was_found(record: Path) -> dict[str, list[Any]]:
    """Return all rows but for what says which run made them."""
    found = snapshot(record)
    del found["runs"]
    del found["reports"]
    for table, names in MADE_BY.items():
        for row in found.get(table, ()):
            for name in names or ():
                row.pop(name)
    return found


def recode(path: Path, items: list[Document | Rejected] | None = None) -> Tally:
    ended = run_reports(
        path,
        items or [],
        inputs=["more"] if items else [],
        coder=newer_coder(),
        recode=True,
    )
    assert ended.tally.sums
    assert list(verify(path)) == []
    return ended.tally


def old_record(path: Path) -> Path:
    run_reports(path, some(), inputs=["in"], coder=coder())
    return path


def test_recoded_record_is_as_one_coded_by_the_newer_version(tmp_path: Path) -> None:
    recode(old_record(tmp_path / "old"))
    run_reports(tmp_path / "new", some(), inputs=["in"], coder=newer_coder())
    assert what_was_found(tmp_path / "old") == what_was_found(tmp_path / "new")


def test_account_of_recoding(tmp_path: Path) -> None:
    assert recode(old_record(tmp_path)) == Tally(
        recoded=5, events=4, statements=1, quantities=1, happened=3, negated=1
    )


def test_what_fails_now_is_counted_and_loses_its_events(tmp_path: Path) -> None:
    run_reports(tmp_path, [report("SPOILT, A met B")], inputs=["in"], coder=coder())
    assert recode(tmp_path) == Tally(recoded=1, recoded_failed=1)
    found = snapshot(tmp_path)
    assert found["events"] == []
    assert [row["stage"] for row in found["rejected"]] == ["code"]


def test_what_had_failed_and_is_read_now_is_no_longer_rejected(tmp_path: Path) -> None:
    run_reports(tmp_path, [report("FAIL, A met B")], inputs=["in"], coder=coder())
    assert recode(tmp_path) == Tally(recoded=1, events=1, happened=1)
    assert snapshot(tmp_path)["rejected"] == []


def test_new_reports_come_in_beside(tmp_path: Path) -> None:
    tally = recode(old_record(tmp_path), [report("A met Z"), report("A met Y")])
    assert (tally.read, tally.coded, tally.recoded, tally.earlier) == (2, 2, 5, 0)


def test_without_being_told_nothing_is_coded_anew(tmp_path: Path) -> None:
    before = what_was_found(old_record(tmp_path))
    run_reports(tmp_path, [], inputs=["in"], coder=newer_coder())
    assert what_was_found(tmp_path) == before
    assert outdated_count(tmp_path, NEWER) == 5
    assert outdated_count(tmp_path, VERSIONS) == 0


def test_recoding_again_does_nothing(tmp_path: Path) -> None:
    recode(old_record(tmp_path))
    before = what_was_found(tmp_path)
    assert recode(tmp_path) == Tally()
    assert what_was_found(tmp_path) == before
    assert outdated_count(tmp_path, NEWER) == 0


def test_old_rows_stay_reachable(tmp_path: Path) -> None:
    before = snapshot(old_record(tmp_path))
    recode(tmp_path)
    after = snapshot(tmp_path, as_of="1")
    for table in ("events", "statements", "tellings", "happenings", "codings"):
        assert after[table] == before[table], table


def test_coding_names_the_run_it_took_the_place_of(tmp_path: Path) -> None:
    recode(old_record(tmp_path))
    sql = (
        "SELECT DISTINCT b.number AS before, r.number AS now FROM codings AS c"
        " JOIN runs AS r USING (run_id) JOIN runs AS b ON b.run_id = c.before"
    )
    assert list(rows(connect(tmp_path), sql)) == [{"before": 1, "now": 2}]


def test_copy_whose_original_is_recoded_stays_a_copy(tmp_path: Path) -> None:
    original, copy = report("A met B", date=JAN[0]), report("A met B", date=JAN[1])
    run_reports(tmp_path, [original, copy], inputs=["in"], coder=coder())
    assert recode(tmp_path).recoded == 1
    found = snapshot(tmp_path)
    assert {row["doc_id"] for row in found["codings"]} == {original.doc_id}
    assert {row["relation"] for row in found["memberships"]} == {"original", "exact"}


class Killed(Exception):
    """Stands for a process that is killed."""


def recode_until(
    path: Path, monkeypatch: pytest.MonkeyPatch, commits: int
) -> Exception | None:
    """Recode until so many commits were made; return what ended it."""
    left = itertools.count(commits, -1)
    commit = Record.commit

    def commit_some(record: Record, **given: Any) -> None:
        if next(left) == 0:
            raise Killed
        commit(record, **given)

    with monkeypatch.context() as patched:
        patched.setattr(Record, "commit", commit_some)
        try:
            run_reports(path, [], inputs=[], coder=newer_coder(), recode=True)
        except Killed as err:
            return err
    return None


@pytest.mark.parametrize("commits", [2, 4, 6, 8, 10])
def test_killed_recoding_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commits: int
) -> None:
    monkeypatch.setattr(code, "RECODED_A_BATCH", 1)
    recode_until(old_record(tmp_path / "one"), monkeypatch, commits)
    tally = recode(tmp_path / "one")
    run_reports(tmp_path / "two", some(), inputs=["in"], coder=newer_coder())
    assert what_was_found(tmp_path / "one") == what_was_found(tmp_path / "two")
    assert tally.recoded == 5
    assert len(snapshot(tmp_path / "one")["runs"]) == 2


def test_other_run_after_a_killed_recoding_settles_what_was_coded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code, "RECODED_A_BATCH", 2)
    assert recode_until(old_record(tmp_path), monkeypatch, 2)
    ended = run_reports(tmp_path, [], inputs=["other"], coder=newer_coder())
    assert ended.status is RunStatus.FINISHED
    assert list(verify(tmp_path)) == []
    first, second, third = (run["tally"] for run in _runs(tmp_path))
    assert (first["recoded"], second["recoded"], third["recoded"]) == (0, 2, 0)
    found = snapshot(tmp_path)
    told = {row["telling_id"] for row in found["events"]}
    assert {row["telling_id"] for row in found["tellings"]} == told


def _runs(path: Path) -> list[dict[str, Any]]:
    return sorted(snapshot(path)["runs"], key=lambda run: run["number"])


@pytest.mark.parametrize("size", [1, 2, 3])
def test_batches_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    recode(old_record(tmp_path / "one"))
    monkeypatch.setattr(code, "RECODED_A_BATCH", size)
    recode(old_record(tmp_path / "two"))
    assert what_was_found(tmp_path / "one") == what_was_found(tmp_path / "two")


def test_other_weights_place_all_tellings_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_record(tmp_path / "one")
    before = {row["version"] for row in snapshot(tmp_path / "one")["tellings"]}
    monkeypatch.setattr(happen, "read_weights", lambda path: {"any": -9.0})
    run_reports(tmp_path / "one", [], inputs=["none"], coder=coder())
    run_reports(tmp_path / "two", some(), inputs=["in"], coder=coder())
    one, two = snapshot(tmp_path / "one"), snapshot(tmp_path / "two")
    for table in ("profiles", "tellings", "happenings"):
        assert one[table] == two[table], table
    assert not before & {row["version"] for row in one["tellings"]}
    assert len(one["happenings"]) == len(one["tellings"])
