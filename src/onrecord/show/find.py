"""Lines of a record that fit the filters, in order of time and text."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError
from onrecord.model.event import EventType
from onrecord.records import SCHEMA_VERSION
from onrecord.store.filters import (
    STATEMENT_CONDITIONS,
    Filters,
    Where,
    narrow_statements,
    narrow_where,
    where,
)
from onrecord.store.query import connect, rows
from onrecord.store.rows import line_of

Row = dict[str, Any]

EVENT_ORDER = "when_from NULLS LAST, source_id, doc_id, trigger.start, event_id"
STATEMENT_ORDER = "when_from NULLS LAST, source_id, doc_id, cue.start, statement_id"
QUANTITY_ORDER = "source_id, doc_id, span.start, quantity_id"
MANY = 5  # ids shown when a beginning fits several


def find_events(
    record: Path,
    filters: Filters,
    *,
    limit: int | None = None,
    as_of: str | None = None,
) -> Iterator[Row]:
    """Yield the lines of events."""
    fits = where(filters)
    sql = f"SELECT * FROM events WHERE {fits.sql} ORDER BY {EVENT_ORDER}"
    for row in _rows(record, sql, fits.parameters, limit=limit, as_of=as_of):
        yield line_of("event", row)


def find_statements(
    record: Path,
    filters: Filters,
    *,
    limit: int | None = None,
    as_of: str | None = None,
) -> Iterator[Row]:
    """Yield the lines of statements.

    Speakers answer to the filters for actors and for whose word; what only events
    have, such as a mode, must fit one of the events that the statement holds.
    """
    fits = statements_that_fit(filters)
    sql = f"SELECT * FROM statements WHERE {fits.sql} ORDER BY {STATEMENT_ORDER}"
    for row in _rows(record, sql, fits.parameters, limit=limit, as_of=as_of):
        yield line_of("statement", row)


def statements_that_fit(filters: Filters) -> Where:
    """Return the condition on the rows of `statements` that `find_statements` has."""
    own, of_events = _statement_filters(filters)
    fits = where(own, table="statements")
    if of_events == Filters():
        return fits
    held = _renamed(where(of_events), "event_")
    events = f"SELECT coalesce(list(event_id), []) FROM events WHERE {held.sql}"
    return Where(
        f"{fits.sql} AND list_has_any(events, ({events}))",
        {**fits.parameters, **held.parameters},
    )


def narrow_statements_that_fit(filters: Filters) -> Where:
    """Return the same condition on the rows of `$narrow_statements`."""
    own, of_events = _statement_filters(filters)
    fits = narrow_statements(own)
    if of_events == Filters():
        return fits
    held = _renamed(narrow_where(of_events), "event_")
    holding = (
        "statement IN (SELECT statement FROM"
        " (SELECT statement, unnest(held) AS event FROM $narrow_statements)"
        f" WHERE event IN (SELECT event FROM $narrow_events WHERE {held.sql}))"
    )
    return Where(f"{fits.sql} AND {holding}", {**fits.parameters, **held.parameters})


def find_quantities(
    record: Path,
    filters: Filters,
    *,
    limit: int | None = None,
    as_of: str | None = None,
) -> Iterator[Row]:
    """Yield the lines of quantities; with filters, those of the events that fit."""
    fits = where(filters)
    joined = f"SEMI JOIN ({_counted(fits)}) USING (doc_id, begins)"
    chosen = "" if filters == Filters() else joined
    sql = (
        "SELECT * EXCLUDE (begins)"
        " FROM (SELECT *, span.start AS begins FROM quantities)"
        f" {chosen} ORDER BY {QUANTITY_ORDER}"
    )
    for row in _rows(record, sql, fits.parameters, limit=limit, as_of=as_of):
        span = row.pop("span")
        yield {"record": "quantity", "schema_version": SCHEMA_VERSION, **row, **span}


def find_runs(record: Path, *, as_of: str | None = None) -> Iterator[Row]:
    """Yield the lines of the runs, in order."""
    sql = "SELECT * FROM runs ORDER BY number"
    for row in _rows(record, sql, {}, limit=None, as_of=as_of):
        yield {"record": "run", **row}


def find_rejected(
    record: Path, *, limit: int | None = None, as_of: str | None = None
) -> Iterator[Row]:
    """Yield the lines of the reports that could not be taken, by file."""
    sql = "SELECT * FROM rejected ORDER BY file, position, rejected_id"
    for row in _rows(record, sql, {}, limit=limit, as_of=as_of):
        yield {"record": "rejected", "schema_version": SCHEMA_VERSION, **row}


def find_event(record: Path, event_id: str, *, as_of: str | None = None) -> Row:
    """Return the line of the one event whose id begins so, else raise `UsageError`."""
    sql = (
        "SELECT * FROM events WHERE starts_with(event_id, $given)"
        " OR starts_with(event_id, $whole) ORDER BY event_id"
    )
    parameters = {"given": event_id, "whole": f"evt-{event_id}"}
    found = list(_rows(record, sql, parameters, limit=MANY, as_of=as_of))
    exact = [row for row in found if row["event_id"] == event_id]
    chosen = exact or found
    if not event_id or not chosen:
        raise UsageError(
            f"no event {event_id!r} in {record}; `onrecord events {record}` lists them"
        )
    if len(chosen) > 1:
        ids = ", ".join(row["event_id"] for row in chosen)
        raise UsageError(f"several events begin with {event_id!r}: {ids}")
    return line_of("event", chosen[0])


def find_report(record: Path, doc_id: str, *, as_of: str | None = None) -> Row:
    """Return the row of a report."""
    sql = "SELECT * FROM reports WHERE doc_id = $doc_id"
    (row,) = _rows(record, sql, {"doc_id": doc_id}, limit=1, as_of=as_of)
    return row


def find_copies(record: Path, doc_id: str, *, as_of: str | None = None) -> list[Row]:
    """Return the other reports of a report's story, oldest first."""
    sql = (
        "SELECT r.doc_id, r.source_id, r.outlet, r.date, r.title, r.url,"
        " m.relation, m.similarity"
        " FROM memberships AS m JOIN reports AS r USING (doc_id)"
        " WHERE m.story_id = (SELECT story_id FROM memberships WHERE doc_id = $doc_id)"
        " AND r.doc_id <> $doc_id ORDER BY r.date, r.outlet, r.doc_id"
    )
    return list(_rows(record, sql, {"doc_id": doc_id}, limit=None, as_of=as_of))


def find_run_of(record: Path, doc_id: str, *, as_of: str | None = None) -> Row | None:
    """Return the row of the run that coded a report; None while it goes on."""
    sql = "SELECT runs.* FROM codings JOIN runs USING (run_id) WHERE doc_id = $doc_id"
    found = _rows(record, sql, {"doc_id": doc_id}, limit=1, as_of=as_of)
    return next(found, None)


def _rows(
    record: Path,
    sql: str,
    parameters: Mapping[str, Any],
    *,
    limit: int | None,
    as_of: str | None,
) -> Iterator[Row]:
    if limit is not None:
        sql += f" LIMIT {limit:d}"
    yield from rows(connect(record, as_of=as_of), sql, parameters)


def _statement_filters(filters: Filters) -> tuple[Filters, Filters]:
    """Return the filters that a statement has columns for, and the others."""
    own: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for name in filters.__struct_fields__:
        value = getattr(filters, name)
        home = own if name in STATEMENT_CONDITIONS else others
        home[name] = value
    event_types = tuple(t for t in filters.types if t in set(EventType))
    others["types"] = event_types
    own["types"] = tuple(t for t in filters.types if t not in event_types)
    return Filters(**own), Filters(**others)


def _counted(fits: Where) -> str:
    return (
        "SELECT doc_id, unnest(list_transform(quantities, lambda q: q.start)) AS begins"
        f" FROM events WHERE {fits.sql}"
    )


def _renamed(fits: Where, prefix: str) -> Where:
    """Return a condition whose parameters have names of their own."""
    sql = fits.sql.replace("$filter_", f"${prefix}filter_")
    return Where(sql, {prefix + name: value for name, value in fits.parameters.items()})
