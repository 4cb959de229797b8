"""Compare two runs: what a newer program, lexicon or model reads differently.

Events are compared as they were coded, report by report. Where one run coded a report
for both, there is nothing to compare.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError
from onrecord.model.ids import content_id
from onrecord.show.views.cite import event_cite, statement_cite
from onrecord.show.views.diff_cells import event_changes, statement_changes
from onrecord.show.views.diff_count import summarize
from onrecord.show.views.diff_match import Pair, pair_events, pair_statements
from onrecord.show.views.diff_reports import report_differences
from onrecord.show.views.diff_rows import (
    LAST,
    Unlike,
    count_compared,
    place_of,
    prepare,
    unlike_rows,
)
from onrecord.show.views.diff_shape import (
    CellChange,
    Difference,
    DiffPage,
    Kind,
    Of,
    ReportDifference,
    Side,
    Summary,
    What,
)
from onrecord.show.views.diff_sides import connect_both, find_coded, what_differs
from onrecord.store.filters import Filters

Row = dict[str, Any]
REPORTS_AT_ONCE = 50  # of a page, to begin with; then ever more


class Diff:
    """Two runs that are compared, made by `diff`.

    What is alike is found once; differences are looked for each time they are asked
    for. Several threads may ask.
    """

    def __init__(self, record: Path, a: str, b: str, filters: Filters) -> None:
        self._a = find_coded(record, a)
        self._b = find_coded(record, b)
        self._filters = filters
        self._connection = connect_both(self._a, self._b)
        self._apart = self._a.folder != self._b.folder
        prepare(self._connection, filters, apart=self._apart)

    @property
    def sides(self) -> tuple[Side, Side]:
        """Return the two runs."""
        return self._a.side, self._b.side

    @cached_property
    def summary(self) -> Summary:
        """Return what differs, counted; the first time this goes through all of it."""
        return summarize(
            self._connection,
            self.sides,
            what_differs(self._a.run.versions, self._b.run.versions),
            self._filters,
            self._pairs(0, LAST),
        )

    def reports(self) -> Iterator[ReportDifference]:
        """Yield the reports that only one of the runs has coded."""
        return report_differences(self._connection, self._filters)

    def differences(self, *, low: int = 0, high: int = LAST) -> Iterator[Difference]:
        """Yield what differs in order of the reports' days, one report at a time.

        `low` and `high` bound the reports by their places in that order.
        """
        return (one for one in self._pairs(low, high) if one.cells)

    def page(self, *, limit: int, after: str | None = None) -> DiffPage:
        """Return some differences, those behind `after`.

        Raises `UsageError` where `after` is none of `next`.
        """
        low, behind = self._begin(after)
        items: list[Difference] = []
        size = REPORTS_AT_ONCE
        last = count_compared(self._connection)
        while len(items) <= limit and low <= last:
            found = self.differences(low=low, high=low + size)
            if behind is not None:
                for one in found:
                    if one.diff_id == behind:
                        break
                behind = None
            items += islice(found, limit + 1 - len(items))
            low, size = low + size, size * 4
        more = len(items) > limit
        return DiffPage(
            summary=None if after else self.summary,
            reports=() if after else tuple(self.reports()),
            items=tuple(items[:limit]),
            next=_cursor(items[limit - 1]) if more else None,
        )

    def _begin(self, after: str | None) -> tuple[int, str | None]:
        if after is None:
            return 0, None
        doc_id, _, diff_id = after.partition(".")
        place = place_of(self._connection, doc_id)
        if place is None:
            raise UsageError(f"after: nothing here is called {after!r}; begin anew")
        return place, diff_id

    def _pairs(self, low: int, high: int) -> Iterator[Difference]:
        """Yield all pairs of rows that are not alike in all; some differ in no cell."""
        for found in unlike_rows(self._connection, low=low, high=high):
            yield from self._of(found)

    def _of(self, found: Unlike) -> Iterator[Difference]:
        differs = what_differs(
            self._a.versions.get(found.run_a), self._b.versions.get(found.run_b)
        )
        pair = pair_events if found.of is Of.EVENT else pair_statements
        for was, now in pair(found.was, found.now):
            if any(row and row["fits"] for row in (was, now)):
                yield _difference(found.of, (was, now), differs, apart=self._apart)


def diff(record: Path, a: str, b: str, filters: Filters) -> Diff:
    """Compare two runs of a record, each a number, an id, or `NAME:RUN`.

    An event is compared where it fits the filters in either. Raises `UsageError` for a
    run that there is not.
    """
    return Diff(record, a, b, filters)


def _difference(
    of: Of, pair: Pair, differs: tuple[str, ...], *, apart: bool
) -> Difference:
    """Return how two rows differ.

    Of coders `apart` no rule is the same, so that a cell with another rule and nothing
    else is alike.
    """
    was, now = pair
    shown = now or was
    assert shown is not None  # one of a pair is there
    key, kind = (
        ("event_id", "event_type") if of is Of.EVENT else ("statement_id", "act")
    )
    ids = [row[key] if row else None for row in pair]
    return Difference(
        diff_id=content_id("dif", of, *ids),
        kind=_kind(pair),
        of=of,
        was_id=ids[0],
        now_id=ids[1],
        was_type=was[kind] if was else None,
        now_type=now[kind] if now else None,
        was_rule=was["rule"] if was else None,
        now_rule=now["rule"] if now else None,
        differs=differs,
        cells=tuple(
            cell for cell in _cells(of, pair) if not (apart and cell.what is What.RULE)
        ),
        cite=event_cite(shown) if of is Of.EVENT else statement_cite(shown),
    )


def _cells(of: Of, pair: Pair) -> tuple[CellChange, ...]:
    changes = event_changes if of is Of.EVENT else statement_changes
    return changes(*pair)


def _kind(pair: Pair) -> Kind:
    was, now = pair
    if was is None:
        return Kind.ADDED
    return Kind.REMOVED if now is None else Kind.CHANGED


def _cursor(item: Difference) -> str:
    return f"{item.cite.doc_id}.{item.diff_id}"
