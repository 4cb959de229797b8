"""Statements of a record, a page at a time."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from onrecord.show.find import narrow_statements_that_fit
from onrecord.show.views.cite import reports_of
from onrecord.show.views.listing import (
    USUAL,
    Keyed,
    Listing,
    find_page,
)
from onrecord.show.views.located import Place, rows_at
from onrecord.store.filters import Filters
from onrecord.store.query import connect, fetch
from onrecord.store.rows import line_of

Row = dict[str, Any]

IN_TIME = Keyed(
    relation="statements",
    id="statement",
    first="when_from",
    keys=("r.source_id", "r.doc_id", "e.begins", "e.statement"),
    columns="doc, begins",
    joined="JOIN $narrow_reports AS r ON r.doc = e.doc",
)
OF_REPORT = ("outlet", "date", "title")


def list_statements(
    record: Path,
    filters: Filters,
    *,
    limit: int = USUAL,
    after: str | None = None,
    as_of: str | None = None,
) -> Listing[Row]:
    """Return lines of statements, each with its report's outlet, date and title."""
    connection = connect(record, as_of=as_of)
    fits = narrow_statements_that_fit(filters)
    page = find_page(connection, IN_TIME, fits, limit=limit, after=after)
    items = _lines(connection, page.places)
    return Listing(
        items=items,
        total=page.total,
        next=items[-1]["statement_id"] if page.more and items else None,
    )


def _lines(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place]
) -> tuple[Row, ...]:
    if not places:
        return ()
    source, parameters = rows_at(connection, "statements", places)
    found = {
        (row.pop("filename"), row.pop("file_row_number")): row
        for row in fetch(connection, f"SELECT * FROM {source}", parameters)
    }
    reports = reports_of(connection, {row["doc_id"] for row in found.values()})
    return tuple(
        {
            **line_of("statement", row),
            **{name: reports.get(row["doc_id"], {}).get(name) for name in OF_REPORT},
        }
        for row in (found[place] for place in places if place in found)
    )
