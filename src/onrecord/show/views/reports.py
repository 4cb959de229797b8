"""Reports of a record: a page of them, and one with all that was found in it."""

import datetime as dt
from collections.abc import Iterator
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
from onrecord.store.filters import Filters, Where, where
from onrecord.store.query import connect, rows
from onrecord.store.rows import line_of

Row = dict[str, Any]


class ReportOrder(StrEnum):
    """In which order reports come."""

    REPORT = "report"
    LAST_REPORT = "-report"  # the newest first


KEYS = {
    ReportOrder.REPORT: "coalesce(date, DATE '9999-12-31'), doc_id",
    ReportOrder.LAST_REPORT: ("coalesce(DATE '9999-12-30' - date, 9999999), doc_id"),
}
TOLD = "doc_id IN (SELECT doc_id FROM events WHERE FITS)"
BEGINNING = 280  # code points
COLUMNS = (
    "doc_id, source_id, title, outlet, date, date_basis, url, language, body_start"
)
SHOWN = f"""
SELECT {COLUMNS}, substr(text, body_start + 1, {BEGINNING}) AS beginning,
    m.story_id, m.relation, m.of,
    coalesce(c.events, 0) AS events, coalesce(c.statements, 0) AS statements
FROM (SELECT * FROM reports WHERE doc_id IN $ids) AS r
LEFT JOIN memberships AS m USING (doc_id)
LEFT JOIN (SELECT doc_id, events, statements FROM codings) AS c USING (doc_id)
"""
ONE = f"SELECT {COLUMNS}, text FROM reports WHERE doc_id = $doc_id"
EVENTS = "SELECT * FROM events WHERE doc_id = $doc_id ORDER BY trigger.start, event_id"
STATEMENTS = (
    "SELECT * FROM statements WHERE doc_id = $doc_id ORDER BY cue.start, statement_id"
)
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
    keyed = Keyed(table="reports", id="doc_id", keys=KEYS[order])
    page = find_page(connection, keyed, fits, limit=limit, after=after)
    found = {}
    if page.ids:
        for row in rows(connection, SHOWN, {"ids": page.ids}):
            found[row["doc_id"]] = ReportRow(**row)
    return Listing(
        items=tuple(found[i] for i in page.ids if i in found),
        total=page.total,
        next=page.next,
    )


def report_view(
    record: Path, doc_id: str, *, as_of: str | None = None
) -> ReportView | None:
    """Return a report with what was found in it; None where the record has no such."""
    connection = connect(record, as_of=as_of)
    asked = {"doc_id": doc_id}
    report = next(rows(connection, ONE, asked), None)
    if report is None:
        return None
    events = tuple(line_of("event", row) for row in rows(connection, EVENTS, asked))
    return ReportView(
        text=report.pop("text"),
        report=report,
        events=events,
        statements=tuple(
            line_of("statement", row) for row in rows(connection, STATEMENTS, asked)
        ),
        marks=tuple(_marks(connection, [e["event_id"] for e in events])),
        story=next(rows(connection, PLACE, asked), None),
    )


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
        fits = where(filters)
        parts.append(TOLD.replace("FITS", fits.sql))
        parameters |= fits.parameters
    for place, word in enumerate((words or "").lower().split()):
        parts.append(
            f"(contains(lower(text), $word_{place})"
            f" OR contains(lower(title), $word_{place}))"
        )
        parameters[f"word_{place}"] = word
    return Where(" AND ".join(parts) or "true", parameters)
