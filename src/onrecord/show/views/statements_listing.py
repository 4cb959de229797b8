"""Statements of a record, a page at a time."""

from pathlib import Path
from typing import Any

from onrecord.show.find import statements_that_fit
from onrecord.show.views.listing import (
    USUAL,
    Keyed,
    Listing,
    find_page,
)
from onrecord.show.views.located import PLACE, locate
from onrecord.store.filters import Filters
from onrecord.store.query import connect, rows
from onrecord.store.rows import line_of

Row = dict[str, Any]

IN_TIME = Keyed(
    table="statements",
    id="statement_id",
    keys=(
        "coalesce(when_from, DATE '9999-12-31'), source_id, doc_id, cue.start,"
        " statement_id"
    ),
)
ADDED = ("outlet", "date", "title")
SHOWN = f"""
WITH places AS MATERIALIZED (
    SELECT {PLACE} FROM $located_statements
    WHERE statement_id IN (SELECT unnest($ids))
)
SELECT s.* EXCLUDE ({PLACE}), r.outlet, r.date, r.title
FROM $located_statements AS s JOIN places USING ({PLACE})
JOIN (SELECT doc_id, outlet, date, title FROM reports) AS r USING (doc_id)
"""


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
    fits = statements_that_fit(filters)
    page = find_page(connection, IN_TIME, fits, limit=limit, after=after)
    found = {}
    if page.ids:
        for row in rows(connection, locate(connection, SHOWN), {"ids": page.ids}):
            added = {name: row.pop(name) for name in ADDED}
            found[row["statement_id"]] = {**line_of("statement", row), **added}
    return Listing(
        items=tuple(found[i] for i in page.ids if i in found),
        total=page.total,
        next=page.next,
    )
