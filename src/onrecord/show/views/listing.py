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
    """Rows in order: of which table, what names each, and what orders them.

    `keys` are SQL, the last of them the id. None may be NULL, since nothing comes
    after a row that compares with NULL.
    """

    table: str
    id: str
    keys: str
    joined: str = ""

    @property
    def source(self) -> str:
        """What stands after FROM."""
        return f"{self.table}{self.joined}"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The ids of a page, how many there are in all, and the last where more follow."""

    ids: tuple[str, ...]
    total: int
    next: str | None


def find_page(
    connection: duckdb.DuckDBPyConnection,
    keyed: Keyed,
    fits: Where,
    *,
    limit: int,
    after: str | None,
) -> Page:
    """Return the ids of a page; only the keys are read, not what is shown.

    Raises `UsageError` when there is no row with the id `after`.
    """
    ids, total = f"SELECT {keyed.id} AS id FROM {keyed.source}", keyed.table
    key = keyed.keys
    if fits.sql != "true":  # what fits is found once, not for the count and the page
        connection.execute(
            f"CREATE TABLE fitting AS SELECT {keyed.id} AS id, ROW({keyed.keys}) AS k"
            f" FROM {keyed.source} WHERE {fits.sql}",
            fits.parameters,
        )
        ids, total, key = "SELECT id FROM fitting", "fitting", "k"
    named: dict[str, object] = {}
    if after is not None:
        named = _keys_of(connection, keyed, after)
        begun = key if key == "k" else f"ROW({key})"
        ids += f" WHERE {begun} > ROW({', '.join(f'${name}' for name in named)})"
    sql = f"{ids} ORDER BY {key} LIMIT {limit + 1:d}"
    found = [row["id"] for row in rows(connection, sql, named)]
    (count,) = rows(connection, f"SELECT count(*) AS n FROM {total}")
    return Page(
        ids=tuple(found[:limit]),
        total=count["n"],
        next=found[limit - 1] if len(found) > limit else None,
    )


def _keys_of(
    connection: duckdb.DuckDBPyConnection, keyed: Keyed, row_id: str
) -> dict[str, object]:
    sql = f"SELECT {keyed.keys} FROM {keyed.source} WHERE {keyed.id} = $after"
    found = connection.cursor().execute(sql, {"after": row_id}).fetchone()
    if found is None:
        raise UsageError(f"after: nothing here has the id {row_id!r}; begin anew")
    return {f"after_{place}": value for place, value in enumerate(found)}
