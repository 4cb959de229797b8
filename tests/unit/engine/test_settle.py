from pathlib import Path

from onrecord.engine.run import run_reports
from onrecord.show.account import account_line
from onrecord.store.verify import verify
from tests.support.reports import coder, snapshot
from tests.support.stories import OTHER_NUMBER, SHORT, SPUN, TYPED, WIRE, tell


def test_run_divides_copies_by_kind_and_codes_originals_only(tmp_path: Path) -> None:
    record = tmp_path / "record"
    reports = [tell(WIRE, 1), tell(WIRE, 2), tell(TYPED, 2), tell(SPUN, 3)]
    run = run_reports(record, reports, inputs=["a"], coder=coder())
    assert (run.tally.exact, run.tally.near, run.tally.rewritten) == (1, 1, 1)
    assert "4 reports = 1 story + 3 copies (1 exact, 1 near, 1 rewritten)" in (
        account_line(run.tally)
    )
    assert [row["doc_id"] for row in snapshot(record)["codings"]] == [reports[0].doc_id]
    assert list(verify(record)) == []


def test_updates_are_linked_and_coded(tmp_path: Path) -> None:
    record = tmp_path / "record"
    original, update = tell(WIRE, 1), tell(OTHER_NUMBER, 2)
    run_reports(record, [original], inputs=["a"], coder=coder())
    run_reports(record, [update], inputs=["b"], coder=coder())
    (link,) = snapshot(record)["links"]
    assert (link["doc_id"], link["of"], link["kind"]) == (
        update.doc_id,
        original.doc_id,
        "update",
    )
    assert len(snapshot(record)["codings"]) == 2


def test_copy_that_comes_first_gives_way_to_its_original(tmp_path: Path) -> None:
    record = tmp_path / "record"
    copies = [tell(SPUN, 5), tell(SHORT, 6)]
    run_reports(record, copies, inputs=["a"], coder=coder())
    original = tell(WIRE, 1)
    run_reports(record, [original], inputs=["b"], coder=coder())
    tables = snapshot(record)
    assert {row["of"] for row in tables["memberships"]} == {None, original.doc_id}
    assert [row["doc_id"] for row in tables["codings"]] == [original.doc_id]
    assert len(tables["stories"]) == 1
    assert list(verify(record)) == []


def test_same_reports_again_change_nothing(tmp_path: Path) -> None:
    record = tmp_path / "record"
    reports = [tell(WIRE, 1), tell(SPUN, 2), tell(OTHER_NUMBER, 3)]
    run_reports(record, reports, inputs=["a"], coder=coder())
    before = snapshot(record)
    run_reports(record, reports, inputs=["b"], coder=coder())
    after = snapshot(record)
    assert {t: r for t, r in after.items() if t != "runs"} == {
        t: r for t, r in before.items() if t != "runs"
    }
