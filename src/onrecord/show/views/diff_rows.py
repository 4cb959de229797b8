"""The rows that two runs have differently, report by report.

Rows that are alike are found by a hash of what was coded and never leave the database.
What is left comes in order of the reports, one report in memory at a time.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import msgspec

from onrecord.show.find import statements_that_fit
from onrecord.show.views.diff_shape import Of
from onrecord.store.filters import Filters, Where, where
from onrecord.store.query import rows

Row = dict[str, Any]

WHEN = ("when_from", "when_to", "when_basis", "when_granularity", "when_spans")
EVENT_COLUMNS = (
    "event_id, event_type, mode, contexts, trigger, sentence, actors, recipients,"
    " factuality, historical, condition, attribution, places, quantities, rule, cells,"
    f" {', '.join(WHEN)}"
)
STATEMENT_COLUMNS = (
    "statement_id, speaker, cue, act, form, content, addressee, venue, sentence, rule,"
    f" {', '.join(WHEN)}"
)
COMPARED = """
CREATE TABLE main.compared AS
SELECT doc_id, x.run_id AS run_a, y.run_id AS run_b,
    x.rejected_id IS NULL AS read_a, y.rejected_id IS NULL AS read_b,
    row_number() OVER (ORDER BY r.date NULLS LAST, r.source_id, doc_id) AS place
FROM a.codings AS x JOIN b.codings AS y USING (doc_id)
JOIN (SELECT doc_id, source_id, date FROM b.reports) AS r USING (doc_id)
WHERE $apart OR x.run_id <> y.run_id
"""
NARROW = """
CREATE TABLE main.{table}_{side} AS
SELECT {key} AS id, doc_id, {kind} AS kind, {sure} AS sure,
    coalesce({fits}, false) AS fits, hash({columns}) AS read
FROM {side}.{table} SEMI JOIN main.compared USING (doc_id)
"""
ALIKE = """
CREATE TABLE main.{table}_alike AS
SELECT id, x.kind, x.fits, x.sure IS DISTINCT FROM y.sure AS moved
FROM main.{table}_a AS x JOIN main.{table}_b AS y USING (id, read)
"""
LEFT = """
SELECT c.place, c.run_a, c.run_b, '{side}' AS side, n.fits, r.source_id, r.outlet,
    r.date, r.title, r.url, {columns}, e.doc_id
FROM {side}.{table} AS e
JOIN (
    SELECT id, fits FROM main.{table}_{side} ANTI JOIN main.{table}_alike USING (id)
) AS n ON n.id = e.{key}
JOIN main.compared AS c ON c.doc_id = e.doc_id
JOIN (
    SELECT doc_id, source_id, outlet, date, title, url FROM {side}.reports
) AS r ON r.doc_id = e.doc_id
WHERE c.place >= $low AND c.place < $high
"""
COUNTS = """
SELECT kind, count(*) AS unchanged, count(*) FILTER (moved) AS moved
FROM (
    SELECT kind, fits, moved FROM main.{table}_alike
    UNION ALL
    SELECT {kind}, coalesce({fits}, false), false
    FROM b.{table}
    ANTI JOIN main.compared USING (doc_id) SEMI JOIN a.codings USING (doc_id)
)
WHERE fits GROUP BY kind ORDER BY kind
"""
LAST = 2**62


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table that is compared: what of it, and how its rows are told."""

    of: Of
    name: str
    key: str
    kind: str
    sure: str
    start: str
    columns: str


TABLES = (
    _Table(
        of=Of.EVENT,
        name="events",
        key="event_id",
        kind="event_type",
        sure="confidence",
        start="trigger",
        columns=EVENT_COLUMNS,
    ),
    _Table(
        of=Of.STATEMENT,
        name="statements",
        key="statement_id",
        kind="act",
        sure="NULL::DOUBLE",
        start="cue",
        columns=STATEMENT_COLUMNS,
    ),
)


class Unlike(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one report that are not alike, of one table."""

    of: Of
    place: int
    doc_id: str
    run_a: str
    run_b: str
    was: tuple[Row, ...]
    now: tuple[Row, ...]


def prepare(
    connection: duckdb.DuckDBPyConnection, filters: Filters, *, apart: bool
) -> None:
    """Find out what is alike. `apart`: the two runs are of different records."""
    connection.execute(COMPARED, {"apart": apart})
    for table in TABLES:
        for side in ("a", "b"):
            connection.execute(f"SET schema = '{side}'")
            fits = _fits(table, filters)
            sql = NARROW.format(
                table=table.name,
                side=side,
                key=table.key,
                kind=table.kind,
                sure=table.sure,
                fits=fits.sql,
                columns=table.columns,
            )
            connection.execute(sql, fits.parameters or None)
        connection.execute("SET schema = 'main'")
        connection.execute(ALIKE.format(table=table.name))


def count_alike(
    connection: duckdb.DuckDBPyConnection, filters: Filters, of: Of
) -> Iterator[Row]:
    """Yield for each type or act how many rows are alike in both runs."""
    table = next(one for one in TABLES if one.of is of)
    fits = _fits(table, filters)
    sql = COUNTS.format(table=table.name, kind=table.kind, fits=fits.sql)
    own = connection.cursor()
    own.execute("SET schema = 'b'")  # the condition names tables without it
    found = own.execute(sql, fits.parameters or None).fetchall()
    for kind, unchanged, moved in found:
        yield {"kind": kind, "unchanged": unchanged, "moved": moved}


def unlike_rows(
    connection: duckdb.DuckDBPyConnection, *, low: int = 0, high: int = LAST
) -> Iterator[Unlike]:
    """Yield report by report what is not alike: events, then statements.

    `low` and `high` bound the places of the reports, half-open.
    """
    streams = [_of_table(connection, table, low, high) for table in TABLES]
    waiting = [next(stream, None) for stream in streams]
    while any(waiting):
        place = min(one.place for one in waiting if one)
        for at, one in enumerate(waiting):
            if one and one.place == place:
                yield one
                waiting[at] = next(streams[at], None)


def count_compared(connection: duckdb.DuckDBPyConnection) -> int:
    """Return how many reports are compared, which is the last one's place."""
    (row,) = rows(connection, "SELECT count(*) AS n FROM compared")
    return int(row["n"])


def place_of(connection: duckdb.DuckDBPyConnection, doc_id: str) -> int | None:
    """Return the place of a report among those that are compared."""
    sql = "SELECT place FROM compared WHERE doc_id = $doc_id"
    found = [row["place"] for row in rows(connection, sql, {"doc_id": doc_id})]
    return found[0] if found else None


def _of_table(
    connection: duckdb.DuckDBPyConnection, table: _Table, low: int, high: int
) -> Iterator[Unlike]:
    sides = (
        LEFT.format(
            table=table.name,
            side=side,
            key=table.key,
            columns=_prefixed(table.columns),
        )
        for side in ("a", "b")
    )
    sql = (
        f"FROM ({' UNION ALL '.join(sides)})"
        f" ORDER BY place, side, {table.start}.start, {table.key}"
    )
    found = rows(connection, sql, {"low": low, "high": high})
    for place, group in groupby(found, key=itemgetter("place")):
        some = list(group)
        yield Unlike(
            of=table.of,
            place=place,
            doc_id=some[0]["doc_id"],
            run_a=some[0]["run_a"],
            run_b=some[0]["run_b"],
            was=tuple(row for row in some if row["side"] == "a"),
            now=tuple(row for row in some if row["side"] == "b"),
        )


def _prefixed(columns: str) -> str:
    return ", ".join(f'e."{name}"' for name in columns.split(", "))


def _fits(table: _Table, filters: Filters) -> Where:
    if table.of is Of.EVENT:
        return where(filters)
    return statements_that_fit(filters)
