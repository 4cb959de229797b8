"""Few whole rows out of many: find them by narrow columns, fetch them by place.

DuckDB reads every column of a Parquet file for a join, whatever few rows it keeps. So
a query first asks where rows lie, reading the columns it compares, and then reads the
rest at those places: of a million events 80 whole rows cost 0.25 s and not 5.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from onrecord.store.narrow import PLAIN
from onrecord.store.query import as_pattern, fetch
from onrecord.store.reviewed import REPLACED

PLACE = "filename, file_row_number"
VIEWS = "SELECT sql FROM duckdb_views() WHERE view_name = $name AND NOT internal"
PLAIN_VIEW = re.compile(
    r"CREATE VIEW \w+ AS SELECT \* FROM read_parquet\((.+)\) WHERE true;?\s*", re.DOTALL
)
NAMED = re.compile(r"\$(located|narrow)_(\w+)")
KEYS = {
    "events": "event_id",
    "statements": "statement_id",
    "reports": "doc_id",
    "happenings": "happening_id",
}
SUMMARIES = "SELECT path FROM duckdb_databases() WHERE database_name = 'summaries'"
# The narrow relations that summaries hold under another name, or in two tables.
HELD: Mapping[str, str] = {
    "dated_events": "summaries.events",
    "told_events": "summaries.events",
    "parties": (
        "(SELECT e.event, e.slot, p.* FROM summaries.event_parties AS e"
        " JOIN summaries.parties AS p USING (party))"
    ),
    "event_names": "(SELECT * FROM summaries.event_parties WHERE first_name)",
    "names": "summaries.parties",
    "event_place_names": (
        "(SELECT e.event, e.event_type, e.factuality, p.name"
        " FROM summaries.event_places AS e"
        " JOIN summaries.places AS p USING (place) WHERE e.first_name)"
    ),
    "placed_events": "(SELECT * FROM summaries.event_places WHERE first)",
    "event_spots": "(SELECT * FROM summaries.event_places WHERE first_spot)",
    "spots": (
        "(SELECT DISTINCT spot, name, country, lat, lon, geonameid,"
        ' "precision" FROM summaries.places)'
    ),
    "named_parties": "summaries.parties",
    "voices": "summaries.parties",
    "places": (
        "(SELECT e.event, p.* FROM summaries.event_places AS e"
        " JOIN summaries.places AS p USING (place))"
    ),
}
WITH_PLACE = frozenset(
    ["events", "dated_events", "told_events", "reports", "happenings", "statements"]
)

Place = tuple[str, int]


def locate(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """Return a query with the relations it names as `$located_…` and `$narrow_…`.

    `$located_<table>` is that table with the place of each row, the columns `filename`
    and `file_row_number`; `$narrow_<name>` is one of `store/narrow.py`.
    """
    if not NAMED.search(sql):
        return sql
    folder = summaries_of(connection)
    while NAMED.search(sql):
        sql = NAMED.sub(
            lambda found: _relation(connection, folder, *found.groups()), sql
        )
    return sql


def summaries_of(connection: duckdb.DuckDBPyConnection) -> Path | None:
    """Return the folder of the record whose summaries are attached, or None."""
    found = fetch(connection, SUMMARIES)
    return Path(found[0]["path"]).parent if found else None


def rows_at(
    connection: duckdb.DuckDBPyConnection, table: str, places: Sequence[Place]
) -> tuple[str, dict[str, Any]]:
    """Return the SQL of the rows of a table at some places, and its parameters."""
    source = _located(connection, table)
    if source.startswith("read_parquet") or summaries_of(connection):
        files = sorted({filename for filename, _ in places})
        source = _read([as_pattern(Path(name)) for name in files])
    sql = (
        f"(SELECT * FROM {source} SEMI JOIN (SELECT unnest($filenames) AS filename,"
        " unnest($row_numbers) AS file_row_number) USING (filename, file_row_number))"
    )
    parameters = {
        "filenames": [filename for filename, _ in places],
        "row_numbers": [number for _, number in places],
    }
    return sql, parameters


def places_of(
    connection: duckdb.DuckDBPyConnection,
    ids: Collection[str],
    relation: str = "events",
    key: str = "event",
) -> list[Place]:
    """Return where the rows with some ids lie."""
    if not ids:
        return []
    sql = (
        f"SELECT {PLACE} FROM $narrow_{relation}"
        f" WHERE {key} IN (SELECT hash(unnest($ids)))"
    )
    found = fetch(connection, locate(connection, sql), {"ids": sorted(ids)})
    return [(row["filename"], row["file_row_number"]) for row in found]


def _relation(
    connection: duckdb.DuckDBPyConnection, folder: Path | None, kind: str, name: str
) -> str:
    if kind == "located":
        return _located(connection, name)
    if folder is None:
        return f"({PLAIN[name]})"
    held = HELD.get(name, f"summaries.{name}")
    if name not in WITH_PLACE:
        return held
    root = str(folder).replace("'", "''")
    return f"(SELECT * REPLACE ('{root}/' || filename AS filename) FROM {held})"


def _located(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    source = _located_files(connection, table)
    if source is None and table == "events":
        source = _located_corrected(connection)
    # Else it is empty, or of an older program.
    return source or (
        f"(SELECT *, {KEYS[table]} AS filename, 0 AS file_row_number FROM {table})"
    )


def _located_corrected(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Return the events as corrected at the places that the summaries have of them."""
    coded = _located_files(connection, "coded_events")
    if coded is None:
        return None
    kept = f"SELECT * FROM {coded} ANTI JOIN ({REPLACED}) USING (event_id)"
    fixed = _located_files(connection, "corrected")
    return f"({kept} UNION ALL BY NAME SELECT * FROM {fixed})" if fixed else f"({kept})"


def _located_files(connection: duckdb.DuckDBPyConnection, view: str) -> str | None:
    """Return a table's files read with places; None where it is not just its files."""
    found = fetch(connection, VIEWS, {"name": view})
    files = PLAIN_VIEW.fullmatch(found[0]["sql"]) if found else None
    if files is None or "union_by_name" in files[1]:
        return None
    return f"read_parquet({files[1]}, filename = true, file_row_number = true)"


def _read(files: Sequence[str]) -> str:
    quoted = ", ".join("'" + name.replace("'", "''") + "'" for name in files)
    return f"read_parquet([{quoted}], filename = true, file_row_number = true)"
