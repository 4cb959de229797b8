import datetime as dt
from pathlib import Path

import msgspec
import pytest

from onrecord.engine.run import run_reports
from onrecord.engine.steps import Progress, Step
from onrecord.errors import ModelError, RecordLocked, UsageError
from onrecord.model.document import Document, Rejected, make_rejected
from onrecord.model.run import RunStatus, Tally
from onrecord.store.head import read_head
from onrecord.store.record import open_record
from onrecord.store.verify import verify
from tests.support.reports import VERSIONS, coder, report, snapshot

JAN = [dt.date(2022, 1, day) for day in range(1, 31)]


def run(path: Path, items: list[Document | Rejected], name: str = "in") -> Tally:
    ended = run_reports(path, items, inputs=[name], coder=coder())
    assert ended.tally.sums
    assert list(verify(path)) == []
    return ended.tally


def refusal(position: str = "line 9") -> Rejected:
    return make_rejected(
        file="reports.jsonl", position=position, stage="read", reason="no text"
    )


def test_account_of_a_first_run(tmp_path: Path) -> None:
    items = [
        report("A met B and said 5."),
        report("A met B - and said 5!", date=JAN[29]),
        report("C did not met D."),
        report("FAIL"),
        report("A met B and said 5."),
        refusal(),
    ]
    assert run(tmp_path, items) == Tally(
        read=6,
        known=1,
        coded=2,
        exact=1,
        rejected=2,
        stories=3,
        events=2,
        statements=1,
        quantities=1,
        happened=1,
        negated=1,
    )


def test_second_run_over_the_same_adds_only_its_own_row(tmp_path: Path) -> None:
    items = [report("A met B."), report("a met b", date=JAN[29]), refusal()]
    run(tmp_path, items)
    before = snapshot(tmp_path)
    assert run(tmp_path, items) == Tally(read=3, known=2, rejected=1)
    after = snapshot(tmp_path)
    assert len(after.pop("runs")) == 2
    assert len(before.pop("runs")) == 1
    assert after == before


def test_copies_are_kept_as_members_and_not_coded(tmp_path: Path) -> None:
    original, copy = report("A met B.", date=JAN[0]), report("A met B", date=JAN[1])
    run(tmp_path, [copy, original])
    rows = snapshot(tmp_path)
    assert [e["doc_id"] for e in rows["events"]] == [original.doc_id]
    assert {m["doc_id"]: (m["relation"], m["of"]) for m in rows["memberships"]} == {
        original.doc_id: ("original", None),
        copy.doc_id: ("exact", original.doc_id),
    }
    assert [s["report_count"] for s in rows["stories"]] == [2]


def test_earlier_copy_of_a_later_run_becomes_the_original(tmp_path: Path) -> None:
    later, other = report("A met B 5", date=JAN[9]), report("C met D")
    earlier = report("A met B, 5", date=JAN[2])
    run(tmp_path / "one", [later, other], "a")
    tally = run(tmp_path / "one", [earlier], "b")
    assert tally == Tally(
        read=1, coded=1, events=1, quantities=1, happened=1, stories=0
    )
    run(tmp_path / "two", [earlier, later, other])
    one, two = snapshot(tmp_path / "one"), snapshot(tmp_path / "two")
    for table in ("events", "event_parties", "quantities", "stories", "memberships"):
        assert one[table] == two[table], table


def test_later_copy_of_a_later_run_codes_nothing(tmp_path: Path) -> None:
    run(tmp_path, [report("A met B", date=JAN[0])], "a")
    tally = run(tmp_path, [report("A met B", date=JAN[1])], "b")
    assert tally == Tally(read=1, exact=1)


def test_no_reports_still_make_an_account(tmp_path: Path) -> None:
    assert run(tmp_path, []) == Tally()
    (row,) = snapshot(tmp_path)["runs"]
    assert row["status"] == "finished"


def test_text_no_file_can_keep_is_rejected(tmp_path: Path) -> None:
    good = report("A met B \x00 😀")
    bad = msgspec.structs.replace(report("C met D"), text="C met \ud800")
    odd = msgspec.structs.replace(report("E met F"), file="\udcff.txt")
    tally = run(tmp_path, [good, bad, odd])
    assert (tally.coded, tally.rejected) == (2, 1)
    rows = snapshot(tmp_path)
    assert {r["file"] for r in rows["reports"]} == {"reports.jsonl", "\\udcff.txt"}
    assert "surrogate" in rows["rejected"][0]["reason"]


def test_progress_is_told(tmp_path: Path) -> None:
    seen: list[Progress] = []
    run_reports(
        tmp_path,
        [report("A met B"), report("C met D")],
        inputs=["in"],
        coder=coder(),
        progress=seen.append,
    )
    assert seen == [Progress(Step.READ, 2, None), Progress(Step.CODE, 2, 2)]


def interrupt(path: Path, items: list[Document | Rejected], name: str = "in") -> None:
    """Stop a run after its reports were kept and before any was coded."""

    def stop(progress: Progress) -> None:
        if progress.step is Step.READ:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_reports(path, items, inputs=[name], coder=coder(), progress=stop)


def test_interrupted_run_goes_on(tmp_path: Path) -> None:
    items = [report("A met B"), report("A met B", date=JAN[29]), refusal()]
    interrupt(tmp_path / "one", items)
    ended = run_reports(tmp_path / "one", items, inputs=["in"], coder=coder())
    undisturbed = run_reports(tmp_path / "two", items, inputs=["in"], coder=coder())
    assert ended.resumed == 1
    assert (ended.run_id, ended.tally) == (undisturbed.run_id, undisturbed.tally)
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "two")


def test_run_with_other_inputs_closes_an_interrupted_one(tmp_path: Path) -> None:
    interrupt(tmp_path, [report("A met B"), refusal()], "a")
    tally = run(tmp_path, [report("C met D")], "b")
    assert tally == Tally(read=1, coded=1, earlier=1, events=2, happened=2, stories=1)
    first, second = sorted(snapshot(tmp_path)["runs"], key=lambda r: r["number"])
    assert (first["status"], second["status"]) == ("interrupted", "finished")
    assert first["tally"] == msgspec.to_builtins(
        Tally(read=2, rejected=1, pending=1, stories=1)
    )


def test_run_with_other_versions_closes_an_interrupted_one(tmp_path: Path) -> None:
    interrupt(tmp_path, [report("A met B")])
    newer = msgspec.structs.replace(VERSIONS, lexicon="lex-2")
    ended = run_reports(
        tmp_path, [report("A met B")], inputs=["in"], coder=coder(newer)
    )
    assert (ended.number, ended.status) == (2, RunStatus.FINISHED)
    assert ended.tally == Tally(read=1, known=1, earlier=1, events=1, happened=1)


def test_run_is_in_the_head_while_it_goes_on_and_not_after(tmp_path: Path) -> None:
    numbers: list[int | None] = []

    def look(_: Progress) -> None:
        head = read_head(tmp_path)
        numbers.append(head.run.number if head.run else None)

    run_reports(
        tmp_path, [report("A met B")], inputs=["in"], coder=coder(), progress=look
    )
    assert numbers == [1, 1]
    assert read_head(tmp_path).run is None


def test_runs_of_one_input_have_ids_of_their_own(tmp_path: Path) -> None:
    first = run_reports(tmp_path, [], inputs=["in"], coder=coder())
    second = run_reports(tmp_path, [], inputs=["in"], coder=coder())
    assert first.run_id != second.run_id
    assert first.table_versions["reports"] == 0


def test_missing_model_leaves_a_run_to_go_on_with(tmp_path: Path) -> None:
    def no_model() -> None:
        raise ModelError("no model")

    broken = msgspec.structs.replace(coder(), make_worker=no_model)
    with pytest.raises(ModelError):
        run_reports(tmp_path, [report("A met B")], inputs=["in"], coder=broken)
    ended = run_reports(tmp_path, [report("A met B")], inputs=["in"], coder=coder())
    assert (ended.number, ended.resumed, ended.tally.coded) == (1, 1, 1)


def test_locked_record_is_refused(tmp_path: Path) -> None:
    with open_record(tmp_path), pytest.raises(RecordLocked):
        run_reports(tmp_path, [], inputs=["in"], coder=coder())


def test_engine_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is local and ray"):
        run_reports(tmp_path, [], inputs=["in"], coder=coder(), engine="dusk")
    assert list(tmp_path.iterdir()) == []
