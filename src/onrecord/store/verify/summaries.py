"""Summaries: every block of their file, and that they count what the tables do."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from onrecord.store.head import Head
from onrecord.store.query import connect_at
from onrecord.store.summaries import FILE
from onrecord.store.verify.finding import Finding, about_file

REMADE = "delete it: the record is whole without it, and the next run makes it anew"
# Of `events` corrections take some away and add others.
COUNTED = ("reports", "stories", "memberships", "tellings", "happenings", "statements")


def wrong_summaries(record: Path, head: Head) -> Iterator[Finding]:
    """Yield what is wrong with the summaries, if there are any.

    Those of other versions count otherwise; every view leaves them aside.
    """
    path = record / FILE
    if not path.exists():
        return
    try:
        with duckdb.connect(path, read_only=True) as connection:
            _read_all(connection)
        yield from _wrong_counts(record, head)
    except duckdb.Error as err:
        problem = f"the file cannot be read ({str(err).splitlines()[0]})"
        yield about_file(path, problem, REMADE)


def _read_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Read each value, which compares each block that is used with its checksum."""
    names = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    for (name,) in names:
        connection.execute(f'SELECT bit_xor(hash(t)) FROM "{name}" AS t').fetchall()


def _wrong_counts(record: Path, head: Head) -> Iterator[Finding]:
    connection = connect_at(record, head.versions, summarised=True)
    if ("summaries",) not in connection.execute("SHOW DATABASES").fetchall():
        return
    for name in COUNTED:
        ours, theirs = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
            for table in (f"summaries.{name}", f"main.{name}")
        )
        if ours != theirs:
            problem = f"it counts {ours} {name}, the record {theirs}"
            yield about_file(record / FILE, problem, REMADE)
