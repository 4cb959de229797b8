"""A page of a long list: some lines, how many there are, and where to go on."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import duckdb
import msgspec

from onrecord.errors import UsageError
from onrecord.show.views.located import PLACE, Place, locate
from onrecord.store.filters import Where
from onrecord.store.query import fetch

Line = TypeVar("Line")

USUAL = 50  # lines of a page
MOST = 500


class Listing(msgspec.Struct, Generic[Line], frozen=True, kw_only=True):
    """Some lines of a list.

    `total` is how many fit in all. `next` is what to ask after for the lines that
    follow, None when there are none.
    """

    items: tuple[Line, ...]
    total: int
    next: str | None


class Keyed(msgspec.Struct, frozen=True, kw_only=True):
    """Rows in order: of which narrow relation, what names each, what orders them.

    `first` is the column of the relation that orders them before all, from its end
    where `down`; rows without it come last. `keys` order those that are equal in it,
    the last of them the id as a hash; for them the relation may be `joined` to another.
    None of `keys` may be NULL, since nothing comes after a row that compares with NULL.
    `columns` are what they read of the relation.
    """

    relation: str
    id: str
    first: str
    keys: tuple[str, ...]
    columns: str
    down: bool = False
    joined: str = ""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Where the rows of a page lie, in order, and how many there are in all."""

    places: tuple[Place, ...]
    total: int
    more: bool


# Few rows, so that what they are joined to is looked through and not built upon.
CANDIDATES = """
CREATE OR REPLACE TEMP TABLE candidates AS
SELECT {id}, {first}, {columns} FROM {source} WHERE {between}
"""
ORDERED = """
SELECT e.{id} AS id{placed}
FROM candidates AS e {joined}
WHERE {beyond} ORDER BY e.{first} {way} NULLS LAST, {keys} LIMIT {limit}
"""
LIES = f"""
SELECT {{id}} AS id, {PLACE} FROM {{source}} WHERE {{id}} IN (SELECT unnest($ids))
"""


def find_page(
    connection: duckdb.DuckDBPyConnection,
    keyed: Keyed,
    fits: Where,
    *,
    limit: int,
    after: str | None,
) -> Page:
    """Return the places of the rows of a page; only what orders them is read.

    `fits` is a condition on the narrow relation. Raises `UsageError` when there is no
    row with the id `after`.
    """
    source = f"$narrow_{keyed.relation}"
    chosen, parameters = f"{source} WHERE {fits.sql}", fits.parameters
    if "$narrow_" in fits.sql:  # what others say is asked once
        _ask(
            connection,
            f"CREATE OR REPLACE TEMP TABLE fitting AS SELECT {keyed.id}, {keyed.first},"
            f" {keyed.columns} FROM {source} WHERE {fits.sql}",
            fits.parameters,
        )
        chosen, parameters = "fitting WHERE true", {}
    begins = None if after is None else _keys_of(connection, keyed, after)
    between, bounds = _between(connection, keyed, chosen, parameters, begins, limit)
    beyond, named = "true", {}
    if begins is not None:
        first, keys = begins
        named = {f"after_{at}": key for at, key in enumerate(keys)}
        equal = f"e.{keyed.first} IS NOT DISTINCT FROM $first"
        marks = ", ".join(f"${name}" for name in named)
        beyond = f"(NOT {equal} OR ROW({', '.join(keyed.keys)}) > ROW({marks}))"
        named["first"] = first
    table, _, condition = chosen.partition(" WHERE ")
    placed = table == source  # what was found once has no place
    sql = CANDIDATES.format(
        id=keyed.id,
        first=keyed.first,
        columns=f"{keyed.columns}, {PLACE}" if placed else keyed.columns,
        source=table,
        between=f"{condition} AND {between}",
    )
    _ask(connection, sql, {**parameters, **bounds})
    sql = ORDERED.format(
        id=keyed.id,
        first=keyed.first,
        keys=", ".join(keyed.keys),
        placed=", e.filename, e.file_row_number" if placed else "",
        joined=keyed.joined,
        beyond=beyond,
        way=_way(keyed),
        limit=limit + 1,
    )
    found = _ask(connection, sql, named)
    places = found[:limit]
    if places and not placed:
        ids = [row["id"] for row in places]
        lies = _ask(connection, LIES.format(id=keyed.id, source=source), {"ids": ids})
        by_id = {row["id"]: row for row in lies}
        places = [by_id[i] for i in ids]
    (count,) = _ask(connection, f"SELECT count(*) AS n FROM {chosen}", parameters)
    return Page(
        places=tuple((row["filename"], row["file_row_number"]) for row in places),
        total=count["n"],
        more=len(found) > limit,
    )


def _between(
    connection: duckdb.DuckDBPyConnection,
    keyed: Keyed,
    chosen: str,
    parameters: Mapping[str, Any],
    begins: tuple[Any, tuple[Any, ...]] | None,
    limit: int,
) -> tuple[str, dict[str, Any]]:
    """Return a condition on the first key that all rows of the page meet, and few more.

    Rows that are equal in it are among them; no other row needs its other keys.
    """
    column, down = keyed.first, keyed.down
    bounds: dict[str, Any] = {}
    later = "true"
    if begins is not None:
        if begins[0] is None:
            return f"{column} IS NULL", {}
        bounds["begins"] = begins[0]
        later = f"({column} {'<' if down else '>'} $begins OR {column} IS NULL)"
    sql = (
        f"SELECT {column} AS k FROM {chosen} AND {later}"
        f" ORDER BY {column} {_way(keyed)} NULLS LAST LIMIT {limit + 1:d}"
    )
    found = _ask(connection, sql, {**parameters, **bounds})
    conditions = []
    if begins is not None:
        conditions.append(f"{column} {'<=' if down else '>='} $begins")
    if len(found) > limit and found[-1]["k"] is not None:
        bounds["ends"] = found[-1]["k"]
        conditions.append(f"{column} {'>=' if down else '<='} $ends")
        return " AND ".join(conditions), bounds
    if not conditions:
        return "true", bounds
    return f"({conditions[0]} OR {column} IS NULL)", bounds


def _way(keyed: Keyed) -> str:
    return "DESC" if keyed.down else "ASC"


def _ask(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    return fetch(connection, locate(connection, sql), parameters)


def _keys_of(
    connection: duckdb.DuckDBPyConnection, keyed: Keyed, row_id: str
) -> tuple[Any, tuple[Any, ...]]:
    """Return the first key and the others of the row with an id."""
    named = ", ".join(f"{key} AS key_{at}" for at, key in enumerate(keyed.keys))
    sql = f"""
        SELECT e.{keyed.first} AS first, {named}
        FROM (
            SELECT {keyed.id}, {keyed.first}, {keyed.columns}
            FROM $narrow_{keyed.relation}
            WHERE {keyed.id} = hash($after::VARCHAR)
        ) AS e {keyed.joined}
    """
    found = _ask(connection, sql, {"after": row_id})
    if not found:
        raise UsageError(f"after: nothing here has the id {row_id!r}; begin anew")
    first, *keys = found[0].values()
    return first, tuple(keys)
