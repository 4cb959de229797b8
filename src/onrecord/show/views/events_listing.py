"""Events of a record, a page at a time."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb

from onrecord.show.views.listing import (
    USUAL,
    Keyed,
    Listing,
    find_page,
)
from onrecord.show.views.located import PLACE, locate
from onrecord.store.filters import Filters, where
from onrecord.store.query import connect, rows
from onrecord.store.rows import line_of

Row = dict[str, Any]


class Order(StrEnum):
    """In which order events come; with a minus the last come first."""

    WHEN = "when"
    LAST = "-when"
    CONFIDENCE = "confidence"  # the surest first
    REPORT = "report"  # by day of report
    LAST_REPORT = "-report"


# What has no day comes last either way.
IN_TEXT = "e.source_id, e.doc_id, e.trigger.start, e.event_id"
KEYS: Mapping[Order, str] = {
    Order.WHEN: f"coalesce(e.when_from, DATE '9999-12-31'), {IN_TEXT}",
    Order.LAST: f"coalesce(DATE '9999-12-30' - e.when_from, 9999999), {IN_TEXT}",
    Order.CONFIDENCE: "-e.confidence, e.event_id",
    Order.REPORT: f"coalesce(r.date, DATE '9999-12-31'), {IN_TEXT}",
    Order.LAST_REPORT: f"coalesce(DATE '9999-12-30' - r.date, 9999999), {IN_TEXT}",
}
DATED = " JOIN (SELECT doc_id, date FROM reports) AS r USING (doc_id)"
ADDED = ("outlet", "date", "title", "happening_id")
SHOWN = f"""
WITH places AS MATERIALIZED (
    SELECT {PLACE} FROM $located_events WHERE event_id IN (SELECT unnest($ids))
)
SELECT e.* EXCLUDE ({PLACE}), r.outlet, r.date, r.title, t.happening_id
FROM $located_events AS e
JOIN places USING ({PLACE})
JOIN (SELECT doc_id, outlet, date, title FROM reports) AS r USING (doc_id)
LEFT JOIN (SELECT telling_id, happening_id FROM tellings) AS t USING (telling_id)
"""


def list_events(
    record: Path,
    filters: Filters,
    *,
    order: Order = Order.WHEN,
    limit: int = USUAL,
    after: str | None = None,
    as_of: str | None = None,
) -> Listing[Row]:
    """Return lines of events, each with its report's outlet, date and title.

    `after` is the id of an event that those that are returned come after. Raises
    `UsageError` when the record has no such event.
    """
    connection = connect(record, as_of=as_of)
    fits = where(filters)
    dated = DATED if "r.date" in KEYS[order] else ""
    keyed = Keyed(table="events AS e", joined=dated, id="e.event_id", keys=KEYS[order])
    page = find_page(connection, keyed, fits, limit=limit, after=after)
    return Listing(
        items=event_lines(connection, page.ids), total=page.total, next=page.next
    )


def event_lines(
    connection: duckdb.DuckDBPyConnection, ids: Sequence[str]
) -> tuple[Row, ...]:
    """Return the lines of some events, in the order of their ids in `ids`."""
    if not ids:
        return ()
    shown = rows(connection, locate(connection, SHOWN), {"ids": ids})
    found = {row["event_id"]: row for row in shown}
    return tuple(_line(found[event_id]) for event_id in ids if event_id in found)


def _line(row: Row) -> Row:
    added = {name: row.pop(name) for name in ADDED}
    return {**line_of("event", row), **added}
