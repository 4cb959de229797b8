"""Claims against denials: what somebody says and somebody else says is not so."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from onrecord.show.sql import load_sql
from onrecord.show.views.cite import Cite, cites_at
from onrecord.show.views.claims_shape import Claim, Claims, Side
from onrecord.show.views.happenings import happenings_at
from onrecord.show.views.located import Place, locate, rows_at
from onrecord.store.filters import Filters, narrow_where
from onrecord.store.query import connect, fetch

__all__ = ["Claim", "Claims", "Side", "claims"]

Row = Mapping[str, Any]

ROWS = 50
ALIKE_DAYS = 60  # between a claim and the denial of one that is alike
SIDES = 5  # reports shown on each side
COUNT = """
SELECT count(DISTINCT key) AS claims, count(DISTINCT claim) AS answered FROM denied
"""
ALONE = """
SELECT linked.*, h.filename, h.file_row_number
FROM linked JOIN $narrow_happenings AS h ON h.happening = linked.key
WHERE linked.claim IS NULL
"""


def claims(
    record: Path,
    filters: Filters,
    *,
    limit: int = ROWS,
    sides: int = SIDES,
    as_of: str | None = None,
) -> Claims:
    """Return what is denied by an event that fits, at most `limit` claims.

    The days of the filters are those of the denial's report. On each side stand the
    first `sides` reports.
    """
    connection = connect(record, as_of=as_of)
    fits = narrow_where(msgspec.structs.replace(filters, since=None, until=None))

    def ask(name: str, **parameters: object) -> list[dict[str, Any]]:
        sql = load_sql(name).replace("$fits", fits.sql)
        return fetch(connection, locate(connection, sql), parameters)

    ask("claims_denied", **fits.parameters, since=filters.since, until=filters.until)
    ask("claims_page", limit=limit)
    _add_alike(connection)
    (count,) = fetch(connection, COUNT)
    told = ask("claims_sides", sides=sides)
    places = [_place(row) for row in told]
    cites = dict(zip(places, cites_at(connection, places), strict=True))
    for row in told:
        row["cite"] = cites[_place(row)][1]
    found = ask("claims_rows")
    happenings = happenings_at(connection, [_place(row) for row in found])
    return Claims(
        count=count["claims"],
        answered=count["answered"],
        alone=count["claims"] - count["answered"],
        claims=tuple(_claim({**happenings[_place(row)], **row}, told) for row in found),
    )


def _add_alike(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the page, with what is like a claim that no telling makes."""
    alone = fetch(connection, locate(connection, ALONE))
    days = [day for row in alone for day in (row["first_denied"], row["last_denied"])]
    known = [day for day in days if day is not None]
    source = "(SELECT * FROM happenings WHERE false)"
    parameters: dict[str, Any] = {}
    if alone:
        places = [_place(row) for row in alone]
        source, parameters = rows_at(connection, "happenings", places)
    span = dt.timedelta(ALIKE_DAYS)
    fetch(
        connection,
        load_sql("claims_alike").replace("$own", source),
        {
            **parameters,
            "alike_days": ALIKE_DAYS,
            "earliest": min(known) - span if known else None,
            "latest": max(known, default=None),
        },
    )


def _place(row: Row) -> Place:
    return row["filename"], row["file_row_number"]


def _claim(row: Row, told: Iterable[Row]) -> Claim:
    both = [(side["side"], _side(side)) for side in told if _of(side, row)]
    claimed = row["claim"] is not None
    return Claim(
        happening_id=row["happening_id"] if claimed else None,
        event_type=row["event_type"],
        mode=row["mode"],
        actors=tuple(row["actors"]),
        recipients=tuple(row["recipients"]),
        status=row["status"] if claimed else None,
        basis=row["basis"],
        claimed_count=row["events"] if claimed else 0,
        denied_count=row["denied_count"],
        claimed=tuple(side for name, side in both if name == "claimed"),
        denied=tuple(side for name, side in both if name == "denied"),
        first_denied=row["first_denied"],
        last_denied=row["last_denied"],
    )


def _of(side: Row, claim: Row) -> bool:
    return bool(side["key"] == claim["key"])


def _side(row: Row) -> Side:
    cite: Cite = row["cite"]
    return Side(
        happening_id=row["happening_id"],
        factuality=row["factuality"],
        by=cite.by,
        date=cite.date,
        reports=row["reports"],
        cite=cite,
    )
