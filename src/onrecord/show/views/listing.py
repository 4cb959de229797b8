"""A page of a long list: some lines, how many there are, and where to go on."""

from typing import Generic, TypeVar

import duckdb
import msgspec

from onrecord.errors import UsageError
from onrecord.store.filters import Where
from onrecord.store.query import rows

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
    """Rows in order: where they are from, what names each, and what orders them.

    `keys` are SQL, the last of them the id. None may be NULL, since nothing comes
    after a row that compares with NULL.
    """

    source: str
    id: str
    keys: str


def count_fitting(
    connection: duckdb.DuckDBPyConnection, keyed: Keyed, fits: Where
) -> int:
    """Return how many rows fit."""
    sql = f"SELECT count(*) AS n FROM {keyed.source} WHERE {fits.sql}"
    (found,) = rows(connection, sql, fits.parameters)
    return int(found["n"])


def fitting_ids(
    connection: duckdb.DuckDBPyConnection,
    keyed: Keyed,
    fits: Where,
    *,
    limit: int,
    after: str | None,
) -> tuple[list[str], str | None]:
    """Return the ids of a page, and the last of them when more follow.

    Only the keys are read, not what is shown. Raises `UsageError` when there is no
    row with the id `after`.
    """
    begun, parameters = "true", dict(fits.parameters)
    if after is not None:
        named = _keys_of(connection, keyed, after)
        begun = f"ROW({keyed.keys}) > ROW({', '.join(f'${name}' for name in named)})"
        parameters |= named
    sql = (
        f"SELECT {keyed.id} AS id FROM {keyed.source} WHERE {fits.sql} AND {begun}"
        f" ORDER BY {keyed.keys} LIMIT {limit + 1:d}"
    )
    ids = [row["id"] for row in rows(connection, sql, parameters)]
    return ids[:limit], ids[limit - 1] if len(ids) > limit else None


def _keys_of(
    connection: duckdb.DuckDBPyConnection, keyed: Keyed, row_id: str
) -> dict[str, object]:
    sql = f"SELECT {keyed.keys} FROM {keyed.source} WHERE {keyed.id} = $after"
    found = connection.cursor().execute(sql, {"after": row_id}).fetchone()
    if found is None:
        raise UsageError(f"after: nothing here has the id {row_id!r}; begin anew")
    return {f"after_{place}": value for place, value in enumerate(found)}
