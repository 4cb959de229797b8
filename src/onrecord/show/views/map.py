"""Where events are: points for known places, areas for whole regions."""

from pathlib import Path
from typing import Any

import msgspec

from onrecord.store.filters import Filters, where
from onrecord.store.query import connect, rows

MOST_POINTS = 2_000
# A country's or a region's middle is no place where anything happened.
POINTS = ("point", "city")


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
    """One region, country or water, which has no one point."""

    name: str
    country: str | None
    geonameid: int | None
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


PLACED = """
CREATE TABLE placed AS
SELECT event_type, factuality, unnest(
    list_distinct(list_transform(places, lambda p: {
        'name': p.name, 'country': p.country, 'geonameid': p.geonameid,
        'lat': p.lat, 'lon': p.lon, 'precision': p.precision
    }))
) AS place
FROM events WHERE FITS AND len(places) > 0
"""
PLACES = """
SELECT place.name AS name, place.country AS country, place.geonameid AS geonameid,
    place.precision AS precision,
    any_value(place.lat) AS lat, any_value(place.lon) AS lon, count(*) AS count,
    histogram(event_type) AS by_type, histogram(factuality) AS by_factuality
FROM placed
GROUP BY ALL ORDER BY count DESC, name, country, geonameid
"""
NOWHERE = "SELECT count(*) AS n FROM events WHERE FITS AND len(places) = 0"


def map_view(record: Path, filters: Filters, *, as_of: str | None = None) -> Map:
    """Return the places of the events that fit."""
    fits = where(filters)
    connection = connect(record, as_of=as_of)
    connection.execute(PLACED.replace("FITS", fits.sql), fits.parameters)
    found = list(rows(connection, f"{PLACES} LIMIT {MOST_POINTS:d}"))
    (nowhere,) = rows(connection, NOWHERE.replace("FITS", fits.sql), fits.parameters)
    counted = f"SELECT count(*) AS n FROM ({PLACES})"
    (all_places,) = rows(connection, counted)
    return Map(
        points=tuple(_point(row) for row in found if _is_point(row)),
        areas=tuple(_area(row) for row in found if not _is_point(row)),
        nowhere=nowhere["n"],
        more=all_places["n"] - len(found),
    )


def _is_point(row: dict[str, Any]) -> bool:
    return row["precision"] in POINTS and row["lat"] is not None


def _point(row: dict[str, Any]) -> MapPoint:
    return MapPoint(**_counted(row))


def _area(row: dict[str, Any]) -> MapArea:
    return MapArea(
        **{k: v for k, v in _counted(row).items() if k not in ("lat", "lon")}
    )


def _counted(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "by_type": dict(row["by_type"]),
        "by_factuality": dict(row["by_factuality"]),
    }
