"""Profiles in the order of their ranks, numbered, for the writer that places them.

The numbers stand for ids of 24 letters in what is kept of every telling. The tables
behind them are the connection's own, which puts them on disk when they grow.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.store.query import batches, load_sql, rows
from onrecord.store.record import Record

OWN_TABLES = ("ranked", "chosen", "key_pairs")
NUMBERED = """
SELECT r.telling_id, r.by_id, r.report, r.placed, p.status, p.start, p."end",
       p.places, p.place_countries
FROM ranked AS r JOIN profiles AS p USING (telling_id) ORDER BY r.nr
"""
FOLLOWED = """
SELECT r.nr, f.nr AS follows FROM tellings AS t JOIN ranked AS r USING (telling_id)
JOIN ranked AS f ON f.telling_id = t.follows
"""
PLACED = """
SELECT r.nr, t.* FROM tellings AS t JOIN ranked AS r USING (telling_id)
ORDER BY r.by_id
"""
FRESH = """
SELECT r.nr, p.doc_id FROM ranked AS r JOIN profiles AS p USING (telling_id)
WHERE NOT r.placed ORDER BY r.by_id
"""


class Ranks:
    """The profiles that have a place or get one, numbered from 0 in rank."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def chosen(self) -> pa.RecordBatchReader:
        """Return `nr`, the numbers of those a place must be chosen for, in order."""
        return batches(self._connection, "SELECT nr FROM chosen ORDER BY nr")

    def numbered(self) -> pa.RecordBatchReader:
        """Return of each, in order, what rules out that it tells the same as another.

        `report` numbers the reports, `by_id` the tellings in the order of their ids;
        `placed` tells whether it has a place.
        """
        return batches(self._connection, NUMBERED)

    def followed(self) -> pa.RecordBatchReader:
        """Return which (`nr`) of those with a place follows which (`follows`)."""
        return batches(self._connection, FOLLOWED)

    def placed(self) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of `tellings`, each with its number, in the order of ids."""
        yield from rows(self._connection, PLACED)

    def fresh(self) -> Iterator[tuple[int, str]]:
        """Yield the number and the report of each without a place, in order of ids."""
        for row in rows(self._connection, FRESH):
            yield row["nr"], row["doc_id"]

    def comparable(self) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of `profiles` that are compared, without their keys."""
        yield from rows(self._connection, load_sql("comparable"))

    def near(self, first: int, last: int, *, window: int) -> pa.RecordBatchReader:
        """Return `key` and `nr` of some that are chosen, and of the next with the key.

        Rows are in the order of both. Of each key there are `window` before the first
        and behind the last of those chosen between `first` and `last`.
        """
        parameters = {"first": first, "last": last, "window": window}
        return batches(self._connection, load_sql("near_pairs"), parameters)


@contextmanager
def rank_profiles(record: Record, *, most: int) -> Iterator[Ranks]:
    """Number the profiles that have a place, and the earliest `most` that have none."""
    connection = record.connect("profiles", "tellings")
    try:
        connection.execute(load_sql("ranked"), {"most": most})
        connection.execute(load_sql("chosen"))
        connection.execute(load_sql("key_pairs"))
        yield Ranks(connection)
    finally:
        for name in OWN_TABLES:
            connection.execute(f"DROP TABLE IF EXISTS {name}")
