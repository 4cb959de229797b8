"""What differs between two runs, counted: by type, by cell, by rule."""

from collections import Counter
from collections.abc import Iterable

import duckdb

from onrecord.show.views.diff_cells import rule_name
from onrecord.show.views.diff_rows import count_alike
from onrecord.show.views.diff_shape import (
    Became,
    CellCount,
    Counts,
    Difference,
    Kind,
    Of,
    ReportCounts,
    RuleCount,
    Side,
    State,
    Summary,
    TypeCount,
    What,
)
from onrecord.store.filters import Filters
from onrecord.store.query import rows

REPORTS = """
SELECT
    (SELECT count(*) FROM compared) AS compared,
    (SELECT count(*) FROM a.codings SEMI JOIN b.codings USING (doc_id)) AS both,
    (SELECT count(*) FROM a.codings ANTI JOIN b.codings USING (doc_id)) AS only_a,
    (SELECT count(*) FROM b.codings ANTI JOIN a.codings USING (doc_id)) AS only_b
"""

CALLED_UP = frozenset({"type", "act"})

Tallies = dict[str, Counter[str]]


def summarize(
    connection: duckdb.DuckDBPyConnection,
    sides: tuple[Side, Side],
    differs: tuple[str, ...],
    filters: Filters,
    pairs: Iterable[Difference],
) -> Summary:
    """Return the counts; `pairs` are gone through once and not kept.

    Some differ in no cell, only in how sure they are.
    """
    tallies: dict[Of, Tallies] = {}
    for of in Of:
        tallies[of] = {}
        for row in count_alike(connection, filters, of):
            alike = {"unchanged": row["unchanged"], "other_confidence": row["moved"]}
            tallies[of][row["kind"]] = Counter(alike)
    became: Counter[tuple[str, str]] = Counter()
    cells: Counter[tuple[Of, str, What]] = Counter()
    gained: Counter[tuple[str, str]] = Counter()
    lost: Counter[tuple[str, str]] = Counter()
    for one in pairs:
        name = one.now_type or one.was_type or ""
        if not one.cells:
            alike = {"unchanged": 1, "other_confidence": 1}
            tallies[one.of].setdefault(name, Counter()).update(alike)
            continue
        tallies[one.of].setdefault(name, Counter())[one.kind] += 1
        if one.was_type and one.now_type and one.was_type != one.now_type:
            became[one.was_type, one.now_type] += 1
        gained.update(_rules(one, "now"))
        lost.update(_rules(one, "was"))
        if one.kind is Kind.CHANGED:
            cells.update({(one.of, cell.cell, cell.what) for cell in one.cells})
    return Summary(
        a=sides[0],
        b=sides[1],
        differs=differs,
        reports=_reports(connection),
        events=_sum(tallies[Of.EVENT].values()),
        statements=_sum(tallies[Of.STATEMENT].values()),
        types=tuple(
            TypeCount(event_type=name, counts=_counts(tally))
            for name, tally in sorted(tallies[Of.EVENT].items())
        ),
        became=tuple(
            Became(was=was, now=now, count=count)
            for (was, now), count in sorted(became.items(), key=lambda i: (-i[1], i[0]))
        ),
        cells=_cells(cells),
        rules=_rule_counts(gained, lost),
    )


def _rules(one: Difference, side: str) -> set[tuple[str, str]]:
    """Return the rules that read a cell on one side, where the other side has others.

    A rule is named with the cell; each counts once for an event. Of an event that the
    other side lacks only the rule counts that calls it up.
    """
    pairs = [
        (change.cell, change.was, change.now)
        for change in one.cells
        if one.kind is Kind.CHANGED or change.cell in CALLED_UP
    ]
    return {
        (rule_name(mine.rule) or "", cell)
        for cell, was, now in pairs
        for mine, other in ((now, was) if side == "now" else (was, now),)
        if mine and mine.rule and rule_name(mine.rule) != _rule(other)
    }


def _rule(state: State | None) -> str | None:
    return rule_name(state.rule) if state else None


def _rule_counts(
    gained: Counter[tuple[str, str]], lost: Counter[tuple[str, str]]
) -> tuple[RuleCount, ...]:
    names = {*gained, *lost}
    order = sorted(names, key=lambda n: (-gained[n] - lost[n], n))
    return tuple(
        RuleCount(rule=n[0], cell=n[1], gained=gained[n], lost=lost[n]) for n in order
    )


def _cells(cells: Counter[tuple[Of, str, What]]) -> tuple[CellCount, ...]:
    names = dict.fromkeys((of, cell) for of, cell, _ in cells)
    counts = [
        CellCount(
            of=of, cell=cell, **{what.value: cells[of, cell, what] for what in What}
        )
        for of, cell in names
    ]
    return tuple(sorted(counts, key=lambda c: (c.of, -c.value - c.words, c.cell)))


def _counts(tally: Counter[str]) -> Counts:
    return Counts(**{name: tally[name] for name in Counts.__struct_fields__})


def _sum(tallies: Iterable[Counter[str]]) -> Counts:
    whole: Counter[str] = Counter()
    for tally in tallies:
        whole.update(tally)
    return _counts(whole)


def _reports(connection: duckdb.DuckDBPyConnection) -> ReportCounts:
    (found,) = rows(connection, REPORTS)
    return ReportCounts(
        same_coding=found["both"] - found["compared"],
        compared=found["compared"],
        only_a=found["only_a"],
        only_b=found["only_b"],
    )
