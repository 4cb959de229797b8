"""Reports that only one of two runs coded, and why the other did not."""

from collections.abc import Iterator

import duckdb

from onrecord.show.views.diff_shape import ReportDifference, Why
from onrecord.store.filters import Filters, where
from onrecord.store.query import rows

SINGLE = """
SELECT doc_id, '{side}' AS coded_in,
    CASE
        WHEN doc_id IN (SELECT doc_id FROM {other}.codings) THEN 'failed'
        WHEN doc_id NOT IN (SELECT doc_id FROM {other}.reports) THEN 'not_read'
        WHEN doc_id IN (
            SELECT doc_id FROM {other}.memberships WHERE relation <> 'original'
        ) THEN 'copy'
        ELSE 'not_coded'
    END AS why
FROM {side}.codings
ANTI JOIN (
    SELECT doc_id FROM {other}.codings WHERE rejected_id IS NULL
) USING (doc_id)
WHERE rejected_id IS NULL
"""
FOUND = """
WITH single AS ({single})
SELECT o.coded_in, o.why, r.doc_id, r.source_id, r.outlet, r.date, r.title,
    coalesce(e.n, 0) AS events, coalesce(s.n, 0) AS statements
FROM single AS o
JOIN (
    SELECT doc_id, source_id, outlet, date, title FROM {side}.reports
) AS r USING (doc_id)
LEFT JOIN (
    SELECT doc_id, count(*) AS n FROM {side}.events WHERE {fits} GROUP BY doc_id
) AS e USING (doc_id)
LEFT JOIN (
    SELECT doc_id, count(*) AS n FROM {side}.statements GROUP BY doc_id
) AS s USING (doc_id)
WHERE $all OR e.n > 0
ORDER BY r.date NULLS LAST, r.source_id, r.doc_id
"""


def report_differences(
    connection: duckdb.DuckDBPyConnection, filters: Filters
) -> Iterator[ReportDifference]:
    """Yield reports coded in one run only; with filters those with an event that fits.

    A report that both runs tried and one could not code is among them.
    """
    fits = where(filters)
    for side, other in (("a", "b"), ("b", "a")):
        single = SINGLE.format(side=side, other=other)
        sql = FOUND.format(single=single, side=side, fits=fits.sql)
        parameters = {**fits.parameters, "all": filters == Filters()}
        for row in rows(connection, sql, parameters):
            day = row["date"]
            yield ReportDifference(
                doc_id=row["doc_id"],
                source_id=row["source_id"],
                outlet=row["outlet"],
                date=day.isoformat() if day else None,
                title=row["title"],
                coded_in=row["coded_in"],
                why=Why(row["why"]),
                events=row["events"],
                statements=row["statements"],
            )
