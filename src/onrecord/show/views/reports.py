"""Reports of a record: a page of them, and one with all that was found in it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from onrecord.show.views.cite import CellMark, Passage, find_cites
from onrecord.show.views.listing import (
    USUAL,
    Keyed,
    Listing,
    find_page,
)
from onrecord.show.views.located import PLACE as PLACED
from onrecord.show.views.located import Place, places_of, rows_at
from onrecord.store.filters import Filters, Where, narrow_where
from onrecord.store.query import connect, fetch
from onrecord.store.rows import line_of

Row = dict[str, Any]


class ReportOrder(StrEnum):
    """In which order reports come."""

    REPORT = "report"
    LAST_REPORT = "-report"  # the newest first


TOLD = "doc IN (SELECT doc FROM $narrow_events WHERE FITS)"
SAYS = "doc IN (SELECT hash(doc_id) FROM reports WHERE FITS)"
BEGINNING = 280  # code points
COLUMNS = (
    "doc_id, source_id, title, outlet, date, date_basis, url, language, body_start"
)
SHOWN = f"""
SELECT {COLUMNS}, substr(text, body_start + 1, {BEGINNING}) AS beginning,
    m.story_id, m.relation, m.of,
    coalesce(c.events, 0) AS events, coalesce(c.statements, 0) AS statements
FROM {{source}} AS r
LEFT JOIN (SELECT * FROM memberships WHERE doc_id IN $ids) AS m USING (doc_id)
LEFT JOIN (
    SELECT doc_id, events, statements FROM codings WHERE doc_id IN $ids
) AS c USING (doc_id)
"""
ONE = f"SELECT {COLUMNS}, text FROM {{source}} AS r"
EVENTS = "SELECT * FROM {source} AS e ORDER BY trigger.start, event_id"
STATEMENTS = "SELECT * FROM {source} AS s ORDER BY cue.start, statement_id"
PLACE = (
    "SELECT story_id, relation, of, similarity FROM memberships WHERE doc_id = $doc_id"
)


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One report of a list; copies have no events of their own.

    `relation` and `of` say of which report it is a copy. `beginning` are the first
    words after what stands before the text proper, such as the title.
    """

    doc_id: str
    source_id: str
    title: str | None
    outlet: str | None
    date: dt.date | None
    date_basis: str
    url: str | None
    language: str | None
    body_start: int
    beginning: str
    story_id: str | None
    relation: str | None
    of: str | None
    events: int
    statements: int


class EventMarks(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one event in the text of its report, counted in the report."""

    event_id: str
    sentence: Passage
    cells: tuple[CellMark, ...]


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """One report with its text and what was found in it; `story` is its place there."""

    report: Row
    text: str
    events: tuple[Row, ...]
    statements: tuple[Row, ...]
    marks: tuple[EventMarks, ...]
    story: Row | None


def list_reports(
    record: Path,
    filters: Filters,
    *,
    words: str | None = None,
    order: ReportOrder = ReportOrder.REPORT,
    limit: int = USUAL,
    after: str | None = None,
    as_of: str | None = None,
) -> Listing[ReportRow]:
    """Return reports in which an event fits, and whose title or text has all words.

    Without filters and words all reports fit.
    """
    connection = connect(record, as_of=as_of)
    fits = _condition(filters, words)
    keyed = Keyed(
        relation="reports",
        id="doc",
        first="date",
        down=order is ReportOrder.LAST_REPORT,
        keys=("e.doc_id",),
        columns="doc_id",
    )
    page = find_page(connection, keyed, fits, limit=limit, after=after)
    items = _shown(connection, page.places)
    return Listing(
        items=items,
        total=page.total,
        next=items[-1].doc_id if page.more and items else None,
    )


def report_view(
    record: Path, doc_id: str, *, as_of: str | None = None
) -> ReportView | None:
    """Return a report with what was found in it; None where the record has no such."""
    connection = connect(record, as_of=as_of)
    asked = {"doc_id": doc_id}
    found = _of_report(connection, "reports", ONE, doc_id)
    if not found:
        return None
    report = found[0]
    events = tuple(
        line_of("event", row)
        for row in _of_report(connection, "events", EVENTS, doc_id)
    )
    return ReportView(
        text=report.pop("text"),
        report=report,
        events=events,
        statements=tuple(
            line_of("statement", row)
            for row in _of_report(connection, "statements", STATEMENTS, doc_id)
        ),
        marks=tuple(_marks(connection, [e["event_id"] for e in events])),
        story=next(iter(fetch(connection, PLACE, asked)), None),
    )


def _of_report(
    connection: duckdb.DuckDBPyConnection, table: str, sql: str, doc_id: str
) -> list[Row]:
    """Return the rows of a table that belong to a report."""
    places = places_of(connection, [doc_id], table, "doc")
    if not places:
        return []
    source, parameters = rows_at(connection, table, places)
    found = fetch(connection, sql.format(source=source), parameters)
    return [
        {k: v for k, v in row.items() if k not in ("filename", "file_row_number")}
        for row in found
    ]


def _shown(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place]
) -> tuple[ReportRow, ...]:
    if not places:
        return ()
    source, parameters = rows_at(connection, "reports", places)
    ids = {
        (row["filename"], row["file_row_number"]): row["doc_id"]
        for row in fetch(
            connection, f"SELECT {PLACED}, doc_id FROM {source}", parameters
        )
    }
    found = {
        row["doc_id"]: ReportRow(**row)
        for row in fetch(
            connection,
            SHOWN.format(source=source),
            {**parameters, "ids": list(ids.values())},
        )
    }
    return tuple(found[ids[place]] for place in places if place in ids)


def _marks(
    connection: duckdb.DuckDBPyConnection, event_ids: list[str]
) -> Iterator[EventMarks]:
    cites = find_cites(connection, event_ids)
    for event_id in event_ids:
        cite = cites[event_id]
        yield EventMarks(event_id=event_id, sentence=cite.sentence, cells=cite.cells)


def _condition(filters: Filters, words: str | None) -> Where:
    parts: list[str] = []
    parameters: dict[str, Any] = {}
    if filters != Filters():
        fits = narrow_where(filters)
        parts.append(TOLD.replace("FITS", fits.sql))
        parameters |= fits.parameters
    said = []
    for place, word in enumerate((words or "").lower().split()):
        said.append(
            f"(contains(lower(text), $word_{place})"
            f" OR contains(lower(title), $word_{place}))"
        )
        parameters[f"word_{place}"] = word
    if said:
        parts.append(SAYS.replace("FITS", " AND ".join(said)))
    return Where(" AND ".join(parts) or "true", parameters)
