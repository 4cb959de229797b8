"""A large record out of a small one, for timing: `python -m bench.grow RECORD FOLDER`.

Each report of RECORD, such as one of 280 news reports, is taken so many times that
there are `--events` events: with other ids, on a random day of ten years, and with
other names where nobody knows the party. One copy of each is added under the same
story, so that half of the reports are copies. Files lie in order of the day of report,
as those of a record do that has been fed for ten years. Memory stays flat: a file is
written at a time.
"""

import argparse
import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
from deltalake import DeltaTable
from deltalake.transaction import AddAction

from onrecord.store.delta import COMMIT, HOOKS, create_table
from onrecord.store.head import Head, write_head
from onrecord.store.query import connect
from onrecord.store.tables import TABLES

EVENTS_A_FILE = 90_000  # about 32 MB of real ones, as compaction leaves them
ROWS_A_GROUP = 10_240
FIRST_DAY = dt.date(2012, 1, 1)
DAYS = 3652
NAMES = 400  # unknown parties of one name go by so many others
SEED = "onrecord"

# Of a row of each table: what is made anew, as SQL on the old row and `d`, its report.
SHIFTED = {name: f"(t.{name} + d.delta)" for name in ("when_from", "when_to")}
PARTY = (
    "CASE WHEN p.country IS NULL THEN struct_update(p, name := p.name || d.tail,"
    " entity_id := p.entity_id || d.tail) ELSE p END"
)
OWN = {
    "doc_id": "d.doc_id",
    "story_id": "d.story_id",
    **SHIFTED,
    "event_id": "anew(event_id, d.k)",
    "telling_id": "anew(telling_id, d.k)",
    "statement_id": "anew(statement_id, d.k)",
    "quantity_id": "anew(quantity_id, d.k)",
    "happening_id": "anew(happening_id, d.k)",
    "exact_id": "d.story_id",
    "first": "anew(first, d.k)",
    "follows": "anew(follows, d.k)",
    "against": "anew(against, d.k)",
    "tellings": "list_transform(tellings, lambda i: anew(i, d.k))",
    "date": "d.date",
    "first_reported": "d.date",
    "last_reported": "d.date",
}
PEOPLE = {
    column: f"list_transform({column}, lambda p: {PARTY})"
    for column in ("actors", "recipients", "attribution")
}
TABLE_OWN = {
    "events": PEOPLE,
    "event_parties": {
        "name": "if(country IS NULL, name || d.tail, name)",
        "entity_id": "if(country IS NULL, entity_id || d.tail, entity_id)",
    },
    "statements": {
        "events": "list_transform(events, lambda i: anew(i, d.k))",
        "speaker": PARTY.replace("p.", "speaker.")
        .replace("(p,", "(speaker,")
        .replace("ELSE p", "ELSE speaker"),
    },
    "happenings": {
        "numbers": (
            "list_transform(numbers, lambda n: struct_update(n,"
            " event_id := anew(n.event_id, d.k)))"
        ),
    },
    "reports": {
        "text": "text || d.tail",
        "url": "url || d.tail",
        "outlet": "'Outlet ' || (d.k % 300)",
    },
    "memberships": {"of": "NULL"},
    "stories": {"original": "d.doc_id", "report_count": "2"},
}
COPIED = ("reports", "memberships", "codings")
ALL = (
    "reports",
    "events",
    "event_parties",
    "statements",
    "quantities",
    "stories",
    "memberships",
    "codings",
    "tellings",
    "happenings",
)


def main() -> None:
    """Make the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=10_000_000)
    asked = parser.parse_args()
    grow(asked.record, asked.folder, events=asked.events)


def grow(record: Path, folder: Path, *, events: int) -> None:
    """Write a record of about `events` events that is made of copies of another."""
    source = duckdb.connect()
    source.execute("SET memory_limit = '2GB'")
    small = connect(record)
    for name in (*ALL, "links"):
        table = small.sql(f"SELECT * FROM {name}").to_arrow_table()
        source.register("incoming", table)
        source.execute(f"CREATE TABLE {name} AS FROM incoming")
        source.unregister("incoming")
    source.execute(
        "CREATE MACRO anew(i, k) AS left(i, 4) || substr(md5(i || k), 1, 20)"
    )
    (found,) = source.sql("SELECT count(*) FROM events").fetchall()
    _make_reports(source, -(-events // found[0]), found[0])
    versions: dict[str, int] = {}
    for name, schema in TABLES.items():
        target = folder / name
        table = create_table(target, schema)
        versions[name] = 0
        if name in ALL:
            began, worked = time.perf_counter(), time.process_time()
            actions = list(_files(source, name, target))
            table.create_write_transaction(
                actions,
                mode="append",
                schema=schema,
                commit_properties=COMMIT,
                post_commithook_properties=HOOKS,
            )
            versions[name] = DeltaTable(target).version()
            print(
                f"{name}: {len(actions)} files, {time.perf_counter() - began:.0f} s,"
                f" {time.process_time() - worked:.0f} s of processors",
                flush=True,
            )
    write_head(folder, Head(versions=versions))


def _make_reports(source: duckdb.DuckDBPyConnection, copies: int, events: int) -> None:
    """Make the table `docs`: each report's new id, story, day, and file."""
    reports = source.sql("SELECT count(*) FROM reports").fetchall()[0][0]
    a_file = max(1, EVENTS_A_FILE * reports // events)
    source.execute(
        f"""
        CREATE TABLE docs AS
        WITH made AS (
            SELECT doc_id AS base, k, ' ' || (k % {NAMES}) AS tail,
                anew(doc_id, k) AS doc_id, anew(story_id, k) AS story_id,
                DATE '{FIRST_DAY}' + (hash(doc_id, k, '{SEED}') % {DAYS})::INTEGER
                    AS date, r.date AS base_date
            FROM reports AS r JOIN memberships AS m USING (doc_id),
                (SELECT range AS k FROM range({copies}))
        )
        SELECT *, (date - base_date)::INTEGER AS delta,
            (row_number() OVER (ORDER BY date, doc_id) - 1) // {a_file} AS part
        FROM made ORDER BY date, doc_id
        """
    )
    source.execute(
        """
        CREATE TABLE copies AS
        SELECT * REPLACE (
            left(doc_id, 4) || substr(md5(doc_id), 1, 20) AS doc_id,
            date + (hash(doc_id) % 3)::INTEGER AS date
        ), doc_id AS "of"
        FROM docs ORDER BY part
        """
    )


def _files(
    source: duckdb.DuckDBPyConnection, name: str, target: Path
) -> Iterator[AddAction]:
    (last,) = source.sql("SELECT max(part) FROM docs").fetchall()
    every = 1 if name in ("events", "reports") else 4
    for first in range(0, last[0] + 1, every):
        path = target / f"part-{first:05}.zstd.parquet"
        parts = [_rows(name, "docs", first, first + every)]
        if name in COPIED:
            parts.append(_rows(name, "copies", first, first + every))
        sql = " UNION ALL ".join(parts)
        source.execute(
            f"COPY ({sql}) TO '{path}' (FORMAT parquet, COMPRESSION zstd,"
            f" COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {ROWS_A_GROUP})"
        )
        (count,) = source.sql(f"SELECT count(*) FROM '{path}'").fetchall()
        yield AddAction(
            path=path.name,
            size=path.stat().st_size,
            partition_values={},
            modification_time=int(path.stat().st_mtime * 1000),
            data_change=True,
            stats=f'{{"numRecords": {count[0]}}}',
        )


def _rows(name: str, docs: str, first: int, stop: int) -> str:
    """Return the SQL of the rows of some files."""
    own = {**OWN, **TABLE_OWN.get(name, {})}
    if docs == "copies":
        own |= {
            "relation": "if(d.k % 3 = 0, 'near', 'exact')",
            "of": 'd."of"',
            "events": "0",
            "statements": "0",
        }
    columns = ", ".join(
        f"({own.get(f.name, f't.{_quoted(f.name)}')})::{_kind(f.type)}"
        f" AS {_quoted(f.name)}"
        for f in TABLES[name]
    )
    joined = f"{name} AS t JOIN {docs} AS d ON d.base = t.doc_id"
    if name == "happenings":
        joined = (
            "happenings AS t JOIN (SELECT telling_id AS first, doc_id AS base FROM"
            f" tellings) USING (first) JOIN {docs} AS d USING (base)"
        )
    if name == "stories":
        joined = (
            "stories AS t JOIN (SELECT doc_id AS base, story_id FROM memberships)"
            f" USING (story_id) JOIN {docs} AS d USING (base)"
        )
    return f"SELECT {columns} FROM {joined} WHERE d.part >= {first} AND d.part < {stop}"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _kind(kind: pa.DataType) -> str:
    from onrecord.store.query import _sql_type

    return _sql_type(kind)


if __name__ == "__main__":
    main()
