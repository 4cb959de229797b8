import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from onrecord.collapse import happenings
from onrecord.engine import happen, place
from onrecord.engine.run import run_reports
from onrecord.model.document import Document
from onrecord.store.record import Record
from onrecord.store.verify import verify
from tests.support.reports import coder, report, snapshot

JAN = [dt.date(2022, 1, day) for day in range(1, 31)]
TABLES = ("profiles", "tellings", "happenings")
ALIKE = {"any": -1.0, "meaning same": 1.5}


@pytest.fixture(autouse=True)
def weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(happen, "read_weights", lambda path: ALIKE)
    monkeypatch.setattr(happenings, "ENOUGH", 0.5)


def run(path: Path, *batches: Sequence[Document]) -> dict[str, list[Any]]:
    for number, batch in enumerate(batches):
        run_reports(path, batch, inputs=[str(number)], coder=coder())
        assert list(verify(path)) == []
    return {name: rows for name, rows in snapshot(path).items() if name in TABLES}


def pair() -> tuple[Document, Document]:
    return (
        report("A met B in Oslo to talk about the river dams", date=JAN[5]),
        report(
            "Both sides sat down: A met C and they agreed to meet on dams again",
            date=JAN[6],
            outlet="Star",
        ),
    )


def test_two_reports_of_one_happening_count_it_once(tmp_path: Path) -> None:
    (row,) = run(tmp_path, pair())["happenings"]
    assert (row["events"], row["stories"], row["origins"]) == (2, 2, 2)
    assert row["outlets"] == ["Gazette", "Star"]
    assert (row["first_reported"], row["last_reported"]) == (JAN[5], JAN[6])
    assert (row["status"], row["happened"], row["denied"]) == ("happened", 2, 0)


def test_one_outlet_is_one_origin(tmp_path: Path) -> None:
    first, _ = pair()
    second = report("On the dams of the river A met C and they agreed", date=JAN[6])
    (row,) = run(tmp_path, [first, second])["happenings"]
    assert (row["stories"], row["origins"]) == (2, 1)


def test_denial_is_another_happening_and_names_what_it_is_against(
    tmp_path: Path,
) -> None:
    told, _ = pair()
    denial = report("A has not met B on any river dams", date=JAN[6], outlet="Star")
    rows = run(tmp_path, [told, denial])
    assert sorted(h["status"] for h in rows["happenings"]) == ["happened", "not_so"]
    by_doc = {t["doc_id"]: t for t in rows["tellings"]}
    against = by_doc[denial.doc_id]["against"]
    assert against == by_doc[told.doc_id]["telling_id"]
    assert by_doc[told.doc_id]["against"] is None


def test_copy_adds_nothing(tmp_path: Path) -> None:
    reports = pair()
    before = run(tmp_path, reports)
    copies = [report(d.text, date=JAN[9], outlet="Copyist") for d in reports]
    assert run(tmp_path, copies) == before


def five() -> list[Document]:
    told, again = pair()
    return [
        told,
        again,
        report("A has not met B on any river dams", date=JAN[6], outlet="Star"),
        report("A met D over dams on the river Lund", date=JAN[7], outlet="Post"),
        report("Q met R far away", date=JAN[7], outlet="Post"),
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(5)))[::47])
def test_order_and_batches_change_nothing(tmp_path: Path, order: Iterable[int]) -> None:
    reports = five()
    at_once = run(tmp_path / "one", reports)
    assert len(at_once["happenings"]) < len(at_once["tellings"])
    assert run(tmp_path / "two", *([reports[at]] for at in order)) == at_once


def test_earlier_copy_that_becomes_the_original_moves_the_happening(
    tmp_path: Path,
) -> None:
    reports = pair()
    earlier = report(reports[0].text, date=JAN[2], outlet="First")
    moved = run(tmp_path / "one", reports, [earlier])
    assert moved == run(tmp_path / "two", [*reports, earlier])
    assert {t["doc_id"] for t in moved["tellings"]} == {
        earlier.doc_id,
        reports[1].doc_id,
    }


@pytest.mark.parametrize(
    "commits",
    [pytest.param(n, marks=[pytest.mark.slow] if n % 3 else []) for n in range(1, 9)],
)
def test_run_that_ends_at_any_commit_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commits: int
) -> None:
    reports = five()
    undisturbed = run(tmp_path / "one", reports[:3], reports[3:])
    run(tmp_path / "two", reports[:3])
    with monkeypatch.context() as patched:
        left = itertools.count(commits, -1)
        commit = Record.commit

        def fail_at_last(record: Record, **given: Any) -> None:
            if next(left) == 0:
                raise KeyboardInterrupt
            commit(record, **given)

        patched.setattr(Record, "commit", fail_at_last)
        with pytest.raises(KeyboardInterrupt):
            run_reports(tmp_path / "two", reports[3:], inputs=["1"], coder=coder())
    run_reports(tmp_path / "two", reports[3:], inputs=["1"], coder=coder())
    rows = snapshot(tmp_path / "two")
    assert {name: rows[name] for name in TABLES} == undisturbed


@pytest.mark.parametrize("some", [1, 2])
def test_how_many_are_placed_at_once_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, some: int
) -> None:
    at_once = run(tmp_path / "one", five())
    monkeypatch.setattr(place, "PLACED_AT_ONCE", some)
    assert run(tmp_path / "two", five()) == at_once


@pytest.mark.parametrize("order", list(itertools.permutations(range(5)))[5::23])
def test_order_changes_nothing_where_many_share_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: Iterable[int]
) -> None:
    monkeypatch.setattr(happenings, "WINDOW", 1)
    reports = five()
    at_once = run(tmp_path / "one", reports)
    assert run(tmp_path / "two", *([reports[at]] for at in order)) == at_once
