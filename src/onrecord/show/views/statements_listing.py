"""Statements of a record, a page at a time."""

from pathlib import Path
from typing import Any

from onrecord.show.find import statements_that_fit
from onrecord.show.views.listing import (
    USUAL,
    Keyed,
    Listing,
    count_fitting,
    fitting_ids,
)
from onrecord.store.filters import Filters
from onrecord.store.query import connect, rows
from onrecord.store.rows import line_of

Row = dict[str, Any]

IN_TIME = Keyed(
    source="statements",
    id="statement_id",
    keys=(
        "coalesce(when_from, DATE '9999-12-31'), source_id, doc_id, cue.start,"
        " statement_id"
    ),
)
ADDED = ("outlet", "date", "title")
SHOWN = """
SELECT s.*, r.outlet, r.date, r.title
FROM (SELECT * FROM statements WHERE statement_id IN $ids) AS s
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
    ids, following = fitting_ids(connection, IN_TIME, fits, limit=limit, after=after)
    found = {}
    if ids:
        for row in rows(connection, SHOWN, {"ids": ids}):
            added = {name: row.pop(name) for name in ADDED}
            found[row["statement_id"]] = {**line_of("statement", row), **added}
    return Listing(
        items=tuple(found[i] for i in ids if i in found),
        total=count_fitting(connection, IN_TIME, fits),
        next=following,
    )
