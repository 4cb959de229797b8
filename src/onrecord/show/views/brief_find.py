"""The queries of a brief, from the record to rows."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb
import msgspec

from onrecord.show.sql import load_sql
from onrecord.show.views.cite import EVENT_COLUMNS, STATEMENT_COLUMNS
from onrecord.show.views.located import locate
from onrecord.store.filters import (
    STATEMENT_CONDITIONS,
    Filters,
    Where,
    narrow_where,
    where,
)
from onrecord.store.query import fetch

Row = dict[str, Any]
NAMED = re.compile(r"\$(\w+)")
RELATIONS = ("located_", "narrow_")
OWN_WINDOW = ("since", "until")  # of a brief these are days of report


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What every query of a brief is given."""

    connection: duckdb.DuckDBPyConnection
    events: Where
    narrow: Where
    statements: Where
    parameters: Mapping[str, Any]


def ask(
    connection: duckdb.DuckDBPyConnection,
    filters: Filters,
    parameters: Mapping[str, Any],
    *,
    since: dt.date,
    until: dt.date,
    limit: int,
) -> Asked:
    """Return what the queries need; of `filters` the days are left out."""
    others = msgspec.structs.replace(filters, since=None, until=None)
    return Asked(
        connection=connection,
        events=where(others),
        narrow=narrow_where(others),
        statements=_statement_condition(others),
        parameters={**parameters, "since": since, "until": until, "limit": limit},
    )


def make(asked: Asked, name: str) -> None:
    """Run a query that makes a table for the others."""
    sql, parameters = _filled(asked, load_sql(name))
    fetch(asked.connection, locate(asked.connection, sql), parameters)


def find(asked: Asked, name: str) -> Iterator[Row]:
    """Yield the rows of a query that is kept as a file."""
    yield from find_rows(asked, load_sql(name))


def find_rows(asked: Asked, sql: str) -> Iterator[Row]:
    """Yield the rows of a query."""
    filled, parameters = _filled(asked, sql)
    yield from fetch(asked.connection, locate(asked.connection, filled), parameters)


def _filled(asked: Asked, sql: str) -> tuple[str, dict[str, Any]]:
    """Return a query with its conditions and columns, and the parameters it names."""
    sql = sql.replace("$statement_fits", asked.statements.sql)
    sql = sql.replace("$statement_columns", STATEMENT_COLUMNS)
    sql = sql.replace("$narrow_fits", asked.narrow.sql)
    sql = sql.replace("$columns", EVENT_COLUMNS).replace("$fits", asked.events.sql)
    known = {
        **asked.parameters,
        **asked.events.parameters,
        **asked.narrow.parameters,
        **asked.statements.parameters,
    }
    named = (name for name in NAMED.findall(sql) if not name.startswith(RELATIONS))
    return sql, {name: known[name] for name in named}


def _statement_condition(filters: Filters) -> Where:
    """Return the condition on statements.

    What a statement has no column for must fit an event that it holds; a type is that
    of such an event.
    """
    own: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for name in filters.__struct_fields__:
        has_column = name in STATEMENT_CONDITIONS and name != "types"
        (own if has_column else others)[name] = getattr(filters, name)
    fits = where(Filters(**own), table="statements")
    if Filters(**others) == Filters():
        return fits
    held = where(Filters(**others))
    prefixed = held.sql.replace("$filter_", "$held_filter_")
    return Where(
        f"{fits.sql} AND list_has_any(events, (SELECT coalesce(list(event_id), [])"
        f" FROM events WHERE {prefixed}))",
        {**fits.parameters, **{f"held_{k}": v for k, v in held.parameters.items()}},
    )
