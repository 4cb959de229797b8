"""A DuckDB file: the tables of the record, of the chosen events only.

An export and no record: a program that has it open for writing keeps all others out.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.errors import StoreError
from onrecord.show.export.account import Tally
from onrecord.show.export.rows import BATCH_ROWS, FIRST_SQL, Chosen, event_batches
from onrecord.store.filters import Filters, where
from onrecord.store.query import batches, connect

CHOSEN = "SELECT {column} FROM events {only} WHERE {fits}"
# Table -> how its rows are those of the chosen events.
TABLES = {
    "reports": (
        "doc_id IN (SELECT doc_id FROM memberships WHERE story_id IN ({story_id}))"
    ),
    "event_parties": "event_id IN ({event_id})",
    "statements": "doc_id IN ({doc_id})",
    "quantities": "doc_id IN ({doc_id})",
    "stories": "story_id IN ({story_id})",
    "memberships": "story_id IN ({story_id})",
    "links": "doc_id IN ({doc_id})",
    "tellings": "telling_id IN ({telling_id})",
    "happenings": (
        "happening_id IN (SELECT happening_id FROM tellings"
        " WHERE telling_id IN ({telling_id}))"
    ),
    "runs": "true",
}
KEYS = ("event_id", "doc_id", "story_id", "telling_id")


def write_duckdb(chosen: Chosen, path: Path, tally: Tally, *, texts: bool) -> None:
    """Write a table of events with their reports' columns, and the tables beside it.

    Raises `StoreError` when the file cannot be written.
    """
    source = connect(chosen.record, as_of=chosen.as_of)
    parameters = where(chosen.filters).parameters
    try:
        with duckdb.connect(str(path)) as target:
            _copy(target, "events", event_batches(chosen))
            for name, sql in _tables(chosen, texts=texts):
                given = parameters if "$" in sql else None
                found = batches(source, sql, given, batch_rows=BATCH_ROWS)
                _copy(target, name, found)
            (count,) = target.sql("SELECT count(*) FROM events").fetchall()
    except duckdb.Error as err:
        raise StoreError(
            f"{path.parent}: cannot write a DuckDB file ({str(err).splitlines()[0]});"
            " see to disk space and permissions"
        ) from err
    finally:
        path.with_name(path.name + ".wal").unlink(missing_ok=True)
    tally.events = tally.rows = count[0]


def _copy(
    target: duckdb.DuckDBPyConnection, name: str, found: pa.RecordBatchReader
) -> None:
    target.register("incoming", found)
    target.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")
    target.unregister("incoming")


def _tables(chosen: Chosen, *, texts: bool) -> Iterator[tuple[str, str]]:
    """Yield (table, query); without filters every row of a table belongs."""
    everything = chosen.filters == Filters() and not chosen.happenings
    fits = where(chosen.filters).sql
    first = FIRST_SQL.format(fits=fits)
    only = f"SEMI JOIN ({first}) USING (event_id)" if chosen.happenings else ""
    keys = {key: CHOSEN.format(column=key, only=only, fits=fits) for key in KEYS}
    for name, condition in TABLES.items():
        columns = "*" if texts or name != "reports" else "* EXCLUDE (text)"
        belongs = "true" if everything else condition.format(**keys)
        yield name, f"SELECT {columns} FROM {name} WHERE {belongs}"
