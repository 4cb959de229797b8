"""The events of a record as an export takes them: batch after batch, in its order.

Each comes with its report and with how often it was told. Nothing is sorted, since a
sort would hold all rows: they stand report after report, as the record keeps them.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from onrecord.store.filters import Filters, where
from onrecord.store.query import batches, connect, rows
from onrecord.store.rows import line_of
from onrecord.store.tables import EVENTS

Row = dict[str, Any]

BATCH_ROWS = 2_000  # a nested row weighs a few KB as Python objects
REPORT = ("date", "date_basis", "title", "url", "outlet", "language", "text")
TOLD = ("happening_id", "mentions", "articles", "origins")
ADDED = "added"

# How often each happening was told, over the whole record: `mentions` and `articles`
# count the copies of a report, `origins` are those that do not depend on each other.
TOLD_SQL = """
WITH told AS (
    SELECT t.happening_id, e.story_id, count(*) AS n
    FROM events AS e JOIN tellings AS t USING (telling_id) GROUP BY ALL
), counted AS (
    SELECT
        happening_id,
        sum(n * report_count)::BIGINT AS mentions,
        sum(report_count)::BIGINT AS articles
    FROM told JOIN stories USING (story_id) GROUP BY happening_id
)"""
TOLD_COLUMNS = f"""t.happening_id,
    coalesce(c.mentions, s.report_count, 1) AS mentions,
    coalesce(c.articles, s.report_count, 1) AS articles,
    coalesce(h.origins, 1) AS origins,
    runs.started AS {ADDED}"""
NOT_TOLD_COLUMNS = ", ".join(f"NULL AS {name}" for name in (*TOLD, ADDED))
TOLD_JOINS = """
LEFT JOIN (SELECT telling_id, happening_id FROM tellings) AS t
    ON t.telling_id = e.telling_id
LEFT JOIN counted AS c ON c.happening_id = t.happening_id
LEFT JOIN (SELECT happening_id, origins FROM happenings) AS h
    ON h.happening_id = t.happening_id
LEFT JOIN (SELECT story_id, report_count FROM stories) AS s ON s.story_id = e.story_id
LEFT JOIN (SELECT doc_id, run_id FROM codings) AS k ON k.doc_id = e.doc_id
LEFT JOIN (SELECT run_id, started FROM runs) AS runs ON runs.run_id = k.run_id"""
# A happening is shown by its first mention, in the report that told of it first.
FIRST_SQL = """
SELECT event_id FROM (
    SELECT
        e.event_id,
        coalesce(t.happening_id, e.event_id) AS happening,
        t.telling_id IS NOT DISTINCT FROM h.first AS opens,
        r.date, e.doc_id, e.trigger.start AS begins
    FROM (SELECT * FROM events WHERE {fits}) AS e
    JOIN reports AS r USING (doc_id)
    LEFT JOIN tellings AS t ON t.telling_id = e.telling_id
    LEFT JOIN happenings AS h USING (happening_id)
) QUALIFY row_number() OVER (
    PARTITION BY happening
    ORDER BY opens DESC, date NULLS LAST, doc_id, begins, event_id
) = 1"""


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """The events to export, and how many of the record they are.

    `events` are all of the record, `fit` those that fit the filters, `given` those
    handed on: with one row a happening, further mentions are not.
    """

    record: Path
    filters: Filters
    happenings: bool
    as_of: str | None
    events: int
    fit: int
    given: int


def choose(
    record: Path,
    filters: Filters,
    *,
    happenings: bool = False,
    as_of: str | None = None,
) -> Chosen:
    """Count what an export will be given."""
    fits = where(filters)
    given = FIRST_SQL.format(fits=fits.sql) if happenings else "SELECT 1 WHERE false"
    sql = (
        f"SELECT (SELECT count(*) FROM events) AS events,"
        f" (SELECT count(*) FROM events WHERE {fits.sql}) AS fit,"
        f" (SELECT count(*) FROM ({given})) AS given"
    )
    (found,) = rows(connect(record, as_of=as_of), sql, fits.parameters)
    return Chosen(
        record=record,
        filters=filters,
        happenings=happenings,
        as_of=as_of,
        events=found["events"],
        fit=found["fit"],
        given=found["given"] if happenings else found["fit"],
    )


def event_batches(
    chosen: Chosen,
    *,
    columns: tuple[str, ...] | None = None,
    texts: bool = False,
    told: bool = True,
) -> pa.RecordBatchReader:
    """Return the events as Arrow batches.

    After the columns of `events` (or those named) stand the report's, each with
    `report_` in front, and how often the happening was told. Without `told` these
    are NULL: the tables they are counted in take some 300 bytes an event.
    """
    sql, parameters = events_sql(chosen, columns=columns, texts=texts, told=told)
    connection = connect(chosen.record, as_of=chosen.as_of)
    return batches(connection, sql, parameters, batch_rows=BATCH_ROWS)


def event_rows(
    chosen: Chosen,
    *,
    columns: tuple[str, ...] | None = None,
    texts: bool = False,
    told: bool = True,
) -> Iterator[Row]:
    """Yield the events' lines, with `report` and the counts beside their own keys."""
    for batch in event_batches(chosen, columns=columns, texts=texts, told=told):
        for row in batch.to_pylist():
            yield _line(row)


def events_sql(
    chosen: Chosen,
    *,
    columns: tuple[str, ...] | None = None,
    texts: bool = False,
    told: bool = True,
) -> tuple[str, Mapping[str, Any]]:
    """Return the query of `event_batches` and its parameters."""
    fits = where(chosen.filters)
    own = ", ".join(f"e.{name}" for name in columns or EVENTS.names)
    kept = [name for name in REPORT if texts or name != "text"]
    report = ", ".join(f"r.{name} AS report_{name}" for name in kept)
    first = FIRST_SQL.format(fits=fits.sql)
    only = f"SEMI JOIN ({first}) USING (event_id)" if chosen.happenings else ""
    sql = f"""
{TOLD_SQL if told else ""}
SELECT {own}, {report}, {TOLD_COLUMNS if told else NOT_TOLD_COLUMNS}
FROM (SELECT * FROM events {only} WHERE {fits.sql}) AS e
LEFT JOIN (SELECT doc_id, {", ".join(kept)} FROM reports) AS r ON r.doc_id = e.doc_id
{TOLD_JOINS if told else ""}"""
    return sql, fits.parameters


def _line(row: Row) -> Row:
    report = {name: row.pop(f"report_{name}", None) for name in REPORT}
    if report["date"] is not None:
        report["date"] = report["date"].isoformat()
    told = {name: row.pop(name) for name in (*TOLD, ADDED)}
    return {**line_of("event", row), **told, "report": report}
