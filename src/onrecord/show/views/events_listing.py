"""Events of a record, a page at a time."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb

from onrecord.show.views.cite import reports_of
from onrecord.show.views.listing import (
    USUAL,
    Keyed,
    Listing,
    find_page,
)
from onrecord.show.views.located import Place, locate, places_of, rows_at
from onrecord.store.filters import Filters, narrow_where
from onrecord.store.query import connect, fetch
from onrecord.store.rows import line_of

Row = dict[str, Any]


class Order(StrEnum):
    """In which order events come; with a minus the last come first."""

    WHEN = "when"
    LAST = "-when"
    CONFIDENCE = "confidence"  # the surest first, of those the last reported
    REPORT = "report"  # by day of report
    LAST_REPORT = "-report"


# What has no day comes last either way.
IN_TEXT = ("r.source_id", "r.doc_id", "e.begins", "e.event")
REPORTS = "JOIN $narrow_reports AS r ON r.doc = e.doc"
OF_REPORT = ("outlet", "date", "title")
HAPPENINGS_OF = """
SELECT telling_id, happening_id
FROM (SELECT unnest($tellings) AS telling_id) AS asked
JOIN $narrow_tellings AS t ON t.telling = hash(asked.telling_id)
JOIN $narrow_happenings AS h USING (happening)
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
    page = find_page(
        connection, keyed(order), narrow_where(filters), limit=limit, after=after
    )
    items = lines_at(connection, page.places)
    return Listing(
        items=items,
        total=page.total,
        next=items[-1]["event_id"] if page.more and items else None,
    )


def keyed(order: Order) -> Keyed:
    """Return what events are ordered by."""
    if order is Order.CONFIDENCE:
        return Keyed(
            relation="dated_events",
            id="event",
            first="confidence",
            down=True,
            keys=("coalesce(DATE '9999-12-30' - e.date, 9999999)", *IN_TEXT),
            columns="date, doc, begins",
            joined=REPORTS,
        )
    by_report = order in (Order.REPORT, Order.LAST_REPORT)
    return Keyed(
        relation="dated_events" if by_report else "events",
        id="event",
        first="date" if by_report else "when_from",
        down=order in (Order.LAST, Order.LAST_REPORT),
        keys=IN_TEXT,
        columns="doc, begins",
        joined=REPORTS,
    )


def event_lines(
    connection: duckdb.DuckDBPyConnection, ids: Sequence[str]
) -> tuple[Row, ...]:
    """Return the lines of some events, in the order of their ids in `ids`."""
    found = {
        line["event_id"]: line
        for line in lines_at(connection, places_of(connection, ids))
    }
    return tuple(found[event_id] for event_id in ids if event_id in found)


def lines_at(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place]
) -> tuple[Row, ...]:
    """Return the lines of the events at some places, in the order of the places."""
    if not places:
        return ()
    source, parameters = rows_at(connection, "events", places)
    found = {
        (row.pop("filename"), row.pop("file_row_number")): row
        for row in fetch(connection, f"SELECT * FROM {source}", parameters)
    }
    events = [found[place] for place in places if place in found]
    reports = reports_of(connection, {row["doc_id"] for row in events})
    happenings = _happenings_of(
        connection, {row["telling_id"] for row in events if row["telling_id"]}
    )
    return tuple(
        {
            **line_of("event", row),
            **{name: reports.get(row["doc_id"], {}).get(name) for name in OF_REPORT},
            "happening_id": happenings.get(row["telling_id"]),
        }
        for row in events
    )


def _happenings_of(
    connection: duckdb.DuckDBPyConnection, telling_ids: Collection[str]
) -> dict[str, str]:
    if not telling_ids:
        return {}
    sql = locate(connection, HAPPENINGS_OF)
    found = fetch(connection, sql, {"tellings": sorted(telling_ids)})
    return {row["telling_id"]: row["happening_id"] for row in found}
