"""Claims against denials: what somebody says and somebody else says is not so."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from onrecord.show.sql import load_sql
from onrecord.show.views.cite import Cite, find_cites
from onrecord.show.views.claims_shape import Claim, Claims, Side
from onrecord.show.views.located import locate
from onrecord.store.filters import Filters, where
from onrecord.store.query import connect, rows

__all__ = ["Claim", "Claims", "Side", "claims"]

Row = Mapping[str, Any]

ROWS = 50
ALIKE_DAYS = 60  # between a claim and the denial of one that is alike
SIDES = 5  # reports shown on each side
COUNT = """
SELECT count(DISTINCT key) AS claims, count(DISTINCT claim) AS answered FROM denied
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
    fits = where(msgspec.structs.replace(filters, since=None, until=None))
    connection.execute(
        locate(connection, load_sql("claims_denied")).replace("$fits", fits.sql),
        {**fits.parameters, "since": filters.since, "until": filters.until},
    )
    connection.execute(load_sql("claims_page"), {"limit": limit})
    connection.execute(load_sql("claims_alike"), {"alike_days": ALIKE_DAYS})
    (count,) = rows(connection, COUNT)
    told = list(rows(connection, load_sql("claims_sides"), {"sides": sides}))
    cites = find_cites(connection, {row["event_id"] for row in told})
    found = rows(connection, load_sql("claims_rows"))
    return Claims(
        count=count["claims"],
        answered=count["answered"],
        alone=count["claims"] - count["answered"],
        claims=tuple(_claim(row, told, cites) for row in found),
    )


def _claim(row: Row, told: Iterable[Row], cites: Mapping[str, Cite]) -> Claim:
    both = [(side["side"], _side(side, cites)) for side in told if _of(side, row)]
    return Claim(
        happening_id=row["claim"],
        event_type=row["event_type"],
        mode=row["mode"],
        actors=tuple(row["actors"]),
        recipients=tuple(row["recipients"]),
        status=row["status"],
        basis=row["basis"],
        claimed_count=row["claimed_count"],
        denied_count=row["denied_count"],
        claimed=tuple(side for name, side in both if name == "claimed"),
        denied=tuple(side for name, side in both if name == "denied"),
        first_denied=row["first_denied"],
        last_denied=row["last_denied"],
    )


def _of(side: Row, claim: Row) -> bool:
    return bool(side["key"] == claim["key"])


def _side(row: Row, cites: Mapping[str, Cite]) -> Side:
    cite = cites[row["event_id"]]
    return Side(
        happening_id=row["happening_id"],
        factuality=row["factuality"],
        by=cite.by,
        date=cite.date,
        reports=row["reports"],
        cite=cite,
    )
