"""Where events are: points for known places, areas for whole regions."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from onrecord.show.views.located import locate
from onrecord.store.filters import Filters, narrow_where, only_beside
from onrecord.store.query import connect, fetch

MOST_POINTS = 2_000
# A country's or a region's middle is no place where anything happened.
POINTS = ("point", "city")
RING = "region"  # drawn around its middle, which no country's name says anything of


class MapPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One known place with how many events name it, by type and factuality."""

    name: str
    country: str | None
    geonameid: int | None
    lat: float
    lon: float
    precision: str
    count: int
    by_type: dict[str, int]
    by_factuality: dict[str, int]


class MapArea(msgspec.Struct, frozen=True, kw_only=True):
    """One region, country or water, which has no one point.

    Where a region's coordinates are known, they are those of a ring to draw around it.
    """

    name: str
    country: str | None
    geonameid: int | None
    lat: float | None
    lon: float | None
    precision: str
    count: int
    by_type: dict[str, int]
    by_factuality: dict[str, int]


class Map(msgspec.Struct, frozen=True, kw_only=True):
    """Places of the events that fit, those of most events first.

    Counts are of events; an event with two places counts at both. `nowhere` are events
    without a place, `more` the places that were left out.
    """

    points: tuple[MapPoint, ...]
    areas: tuple[MapArea, ...]
    nowhere: int
    more: int


FITTING = """
CREATE OR REPLACE TEMP TABLE fitting AS SELECT event FROM $narrow_events WHERE FITS
"""
# Counted by place, type and factuality first: that is far fewer rows.
PLACED = """
CREATE OR REPLACE TEMP TABLE placed AS
WITH counted AS (
    SELECT spot, event_type, factuality, count(*) AS n
    FROM $narrow_event_spots CHOSEN GROUP BY ALL
)
SELECT s.*, event_type, factuality, n FROM counted JOIN $narrow_spots AS s USING (spot)
"""
PLACES = """
WITH kinds AS (
    SELECT name, country, geonameid, precision, event_type, factuality, sum(n) AS n,
        any_value(lat) AS lat, any_value(lon) AS lon
    FROM placed GROUP BY ALL
)
SELECT name, country, geonameid, precision, any_value(lat) AS lat,
    any_value(lon) AS lon, sum(n)::BIGINT AS count,
    list({'key': event_type, 'n': n::BIGINT}) AS by_type,
    list({'key': factuality, 'n': n::BIGINT}) AS by_factuality
FROM kinds
GROUP BY ALL ORDER BY count DESC, name, country, geonameid
"""
SOMEWHERE = "SELECT count(*) AS n FROM $narrow_placed_events CHOSEN"
EVENTS = "SELECT count(*) AS n FROM SOURCE"
CHOSEN = "SEMI JOIN fitting USING (event)"


def map_view(record: Path, filters: Filters, *, as_of: str | None = None) -> Map:
    """Return the places of the events that fit."""
    connection = connect(record, as_of=as_of)
    fits = narrow_where(filters)
    source, chosen = "$narrow_events", ""
    if only_beside(filters):
        source, chosen = f"{source} WHERE {fits.sql}", f"WHERE {fits.sql}"
    else:
        sql = FITTING.replace("FITS", fits.sql)
        fetch(connection, locate(connection, sql), fits.parameters)
        source, chosen = "fitting", CHOSEN

    def ask(sql: str) -> list[dict[str, Any]]:
        filled = sql.replace("SOURCE", source).replace("CHOSEN", chosen)
        given = fits.parameters if "$filter_" in filled else {}
        return fetch(connection, locate(connection, filled), given)

    ask(PLACED)
    found = ask(f"{PLACES} LIMIT {MOST_POINTS:d}")
    (all_places,) = ask(f"SELECT count(*) AS n FROM ({PLACES})")
    (events,), (somewhere,) = ask(EVENTS), ask(SOMEWHERE)
    return Map(
        points=tuple(_point(row) for row in found if _is_point(row)),
        areas=tuple(_area(row) for row in found if not _is_point(row)),
        nowhere=events["n"] - somewhere["n"],
        more=all_places["n"] - len(found),
    )


def _is_point(row: dict[str, Any]) -> bool:
    return row["precision"] in POINTS and row["lat"] is not None


def _point(row: dict[str, Any]) -> MapPoint:
    return MapPoint(**_counted(row))


def _area(row: dict[str, Any]) -> MapArea:
    drawn = row if row["precision"] == RING else {**row, "lat": None, "lon": None}
    return MapArea(**_counted(drawn))


def _counted(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "by_type": summed(row["by_type"]),
        "by_factuality": summed(row["by_factuality"]),
    }


def summed(counts: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Return the sum for each key, in order of the keys."""
    sums: Counter[str] = Counter()
    for one in counts:
        sums[one["key"]] += one["n"]
    return dict(sorted(sums.items()))
