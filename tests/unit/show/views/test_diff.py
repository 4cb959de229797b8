"""What two runs of a record read differently."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from onrecord.engine.run import run_reports
from onrecord.errors import UsageError
from onrecord.show.views.cite_text import plain
from onrecord.show.views.diff import Diff, diff
from onrecord.show.views.diff_html import diff_html
from onrecord.show.views.diff_shape import (
    Became,
    CellChange,
    Counts,
    Difference,
    Kind,
    ReportCounts,
    RuleCount,
    State,
    What,
    Why,
)
from onrecord.show.views.diff_text import (
    COLUMNS,
    difference_lines,
    difference_rows,
    report_lines,
    summary_lines,
)
from onrecord.store.filters import Filters
from tests.support.differing import make_record
from tests.support.recoders import newer_coder, renaming_coder
from tests.support.reports import report

ALL = Filters()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_record(tmp_path_factory.mktemp("diff") / "rec")


@pytest.fixture(scope="module")
def found(record: Path) -> Diff:
    return diff(record, "1", "2", ALL)


def told(differences: Iterator[Difference]) -> list[tuple[str, str, str]]:
    return [(d.kind.value, d.of.value, d.cite.sentence.text) for d in differences]


def test_events_are_added_removed_and_changed_in_order_of_days(found: Diff) -> None:
    assert told(found.differences()) == [
        ("changed", "event", "A met B in Oslo to talk"),
        ("added", "event", "A saw C and said 5"),
        ("removed", "event", "A met E NOMORE <b>"),
        ("added", "event", "FAIL, they met"),
        ("removed", "event", "A SPOILT met"),
    ]


def test_only_the_cell_that_differs_is_told_with_both_rules(found: Diff) -> None:
    changed = next(found.differences())
    (cell,) = changed.cells
    was, now = cell.was, cell.now
    assert was is not None
    assert now is not None
    assert (cell.cell, cell.what) == ("type", What.VALUE)
    assert (was.value, was.rule) == ("CONSULT", "frames/met#1")
    assert (now.value, now.rule) == ("AGREE", "frames/met#2")
    assert [(w.start, w.end, w.text) for w in now.words] == [(2, 5, "met")]
    assert (changed.was_type, changed.now_type) == ("CONSULT", "AGREE")


def test_reason_is_what_differs_between_the_runs_that_coded_it(found: Diff) -> None:
    assert {one.differs for one in found.differences()} == {("lexicon",)}


def test_summary_counts_by_type_cell_and_rule(found: Diff) -> None:
    summary = found.summary
    assert summary.events == Counts(changed=1, added=2, removed=2)
    assert summary.statements == Counts(unchanged=2)
    assert {one.event_type: one.counts for one in summary.types} == {
        "AGREE": Counts(changed=1, added=2),
        "CONSULT": Counts(removed=2),
    }
    assert summary.became == (Became(was="CONSULT", now="AGREE", count=1),)
    assert summary.rules == (
        RuleCount(rule="frames/met#1", cell="type", lost=3),
        RuleCount(rule="frames/met#2", cell="type", gained=3),
    )
    assert summary.reports == ReportCounts(
        same_coding=0, compared=6, only_a=0, only_b=1
    )
    assert summary.differs == ("lexicon",)


def test_summary_sums_to_the_events_of_both_runs(found: Diff, record: Path) -> None:
    counts = found.summary.events
    only = list(found.reports())
    # Reports that one run could not code are compared; those it does not hold are not.
    later = sum(one.events for one in only if one.why is Why.NOT_READ)
    before, after = (
        counts.unchanged + counts.changed + counts.removed,
        counts.unchanged + counts.changed + counts.added + later,
    )
    assert (before, after) == (_events(record, "1"), _events(record, "2"))


def _events(record: Path, run: str) -> int:
    from onrecord.store.query import connect, rows

    (row,) = rows(connect(record, as_of=run), "SELECT count(*) AS n FROM events")
    return int(row["n"])


def test_reports_of_one_run_only_say_why(found: Diff) -> None:
    assert [
        (one.date, one.coded_in, one.why, one.events) for one in found.reports()
    ] == [
        ("2022-01-24", "a", Why.FAILED, 1),
        ("2022-01-23", "b", Why.FAILED, 1),
        ("2022-01-26", "b", Why.NOT_READ, 1),
    ]


def test_turned_round_what_came_goes(record: Path) -> None:
    kinds = [kind for kind, _, _ in told(diff(record, "2", "1", ALL).differences())]
    assert kinds == ["changed", "removed", "added", "removed", "added"]


def test_a_run_beside_itself_differs_in_nothing(record: Path) -> None:
    same = diff(record, "2", "2", ALL)
    assert list(same.differences()) == []
    assert list(same.reports()) == []
    summary = same.summary
    assert summary.events == Counts(unchanged=4)
    assert (summary.reports.same_coding, summary.reports.compared) == (7, 0)


def test_filters_choose_what_fits_in_either_run(record: Path) -> None:
    consult = diff(record, "1", "2", Filters(types=("CONSULT",)))
    assert [kind for kind, _, _ in told(consult.differences())] == [
        "changed",
        "removed",
        "removed",
    ]
    late = Filters(since=dt.date(2022, 1, 23))
    assert len(list(diff(record, "1", "2", late).differences())) == 2
    # Statements have no day in these reports.
    assert diff(record, "1", "2", late).summary.statements == Counts()


@pytest.mark.parametrize("limit", [1, 2, 4, 5, 9])
def test_pages_hold_every_difference_once(found: Diff, limit: int) -> None:
    ids: list[str] = []
    after: str | None = None
    while True:
        page = found.page(limit=limit, after=after)
        assert (page.summary is None) == (after is not None)
        assert len(page.items) <= limit
        ids += [item.diff_id for item in page.items]
        if page.next is None:
            break
        after = page.next
    assert ids == [one.diff_id for one in found.differences()]


def test_cursor_of_something_else_is_wrong_use(found: Diff) -> None:
    with pytest.raises(UsageError, match="begin anew"):
        found.page(limit=5, after="doc-0.dif-0")


@pytest.mark.parametrize("name", ["7", "llm:1", "../rec:1", ".:1"])
def test_run_that_is_not_there_is_wrong_use(record: Path, name: str) -> None:
    with pytest.raises(UsageError):
        diff(record, "1", name, ALL)


def test_run_of_another_coder_is_compared_by_its_name(tmp_path: Path) -> None:
    rec = make_record(tmp_path / "rec")
    other = msgspec.structs.replace(newer_coder().versions, model="mod-9")
    items = [report("A met B in Oslo to talk", date=dt.date(2022, 1, 20))]
    run_reports(rec / "coders" / "other", items, inputs=["x"], coder=newer_coder(other))
    beside = diff(rec, "1", "other:1", ALL)
    (changed,) = beside.differences()
    assert changed.differs == ("lexicon", "model")
    assert {one.why for one in beside.reports()} == {Why.NOT_READ}
    assert list(diff(rec, "2", "other:1", ALL).differences()) == []


def test_of_two_coders_another_rule_alone_is_no_difference(tmp_path: Path) -> None:
    rec = make_record(tmp_path / "rec")
    items = [report("A met B in Oslo to talk", date=dt.date(2022, 1, 20))]
    beside = rec / "coders" / "other"
    run_reports(beside, items, inputs=["x"], coder=renaming_coder())
    found = diff(rec, "1", "other:1", ALL)
    assert list(found.differences()) == []
    assert found.summary.events == Counts(unchanged=1, other_confidence=1)
    assert any("another coder's rules" in line for line in lines(found))


def lines(found: Diff) -> list[str]:
    summary = found.summary
    return [
        *map(plain, summary_lines(summary)),
        *(
            plain(line)
            for one in found.differences()
            for line in difference_lines(one, width=88)
        ),
        *map(plain, report_lines(found.reports(), summary)),
    ]


def test_text_tells_counts_rules_and_cells(found: Diff) -> None:
    text = lines(found)
    assert text[0] == "Run 1 and run 2"
    assert "  lexicon lex-1 → lex-2" in text
    assert "  model mod-1, the same" in text
    assert "  frames/met#2 (type) new: 3 events" in text
    assert "    type: CONSULT “met” [frames/met#1] → AGREE “met” [frames/met#2]" in text
    assert any(line.startswith("− CONSULT") for line in text)
    assert text[-1].endswith(
        "coded in run 2, not in run 1, which does not hold it: 1 event, 0 statements"
    )


def test_sheet_has_a_row_for_each_cell(found: Diff) -> None:
    changed = next(found.differences())
    (row,) = difference_rows(changed)
    cells: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    assert (cells["kind"], cells["was"], cells["now"]) == (
        "changed",
        "CONSULT",
        "AGREE",
    )
    assert (cells["was_rule"], cells["now_rule"]) == ("frames/met#1", "frames/met#2")
    assert cells["differs"] == "lexicon"


def test_page_makes_no_markup_of_reports(found: Diff) -> None:
    page = "\n".join(diff_html(found.summary, found.reports(), found.differences()))
    assert "NOMORE &lt;b&gt;" in page
    assert "<b>" not in page.replace("<b>CONSULT", "").replace("<b>AGREE", "")


def test_kinds_have_the_ids_they_need(found: Diff) -> None:
    for one in found.differences():
        assert (one.was_id is None) == (one.kind is Kind.ADDED)
        assert (one.now_id is None) == (one.kind is Kind.REMOVED)


def test_whole_event_is_told_by_all_its_cells(found: Diff) -> None:
    added = next(one for one in found.differences() if one.kind is Kind.ADDED)
    names = [cell.cell for cell in added.cells]
    assert names[:5] == ["type", "context", "factuality", "actor", "recipient"]
    assert all(
        isinstance(cell, CellChange) and cell.was is None for cell in added.cells
    )
    assert isinstance(added.cells[0].now, State)
