"""GDELT's files of events, version 2.0: tab-separated, 61 columns."""

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from onrecord.show.export.account import Options, Tally
from onrecord.show.export.cells import joined
from onrecord.show.export.code_tables import country_name, fips_code
from onrecord.show.export.dyads import (
    Coded,
    Pair,
    best_place,
    event_day,
    number_of,
    point_of,
    write_pairs,
)

Row = Mapping[str, Any]

_ACTOR = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
_GEO = (
    "Type",
    "FullName",
    "CountryCode",
    "ADM1Code",
    "ADM2Code",
    "Lat",
    "Long",
    "FeatureID",
)
COLUMNS = (
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    "DATEADDED",
    "SOURCEURL",
)
NOWHERE = (None,) * len(_GEO)
TYPES = 3  # columns for roles
# Kind of place -> type in the United States, elsewhere.
GEO_TYPES = {"point": (3, 4), "city": (3, 4), "region": (2, 5), "country": (1, 1)}


def write_gdelt(
    rows: Iterable[Row], stream: TextIO, options: Options, tally: Tally
) -> None:
    """Write a row for each pair of parties; an act on nobody has one party."""
    write_pairs(rows, stream, options, tally, columns=COLUMNS, both=False, cells=_cells)


def _cells(event: Row, pair: Pair, options: Options) -> tuple[object, ...]:
    return (
        number_of(event["event_id"], pair.number),
        *_days(str(event_day(event))),
        *_actor(pair.actor),
        *_actor(pair.recipient),
        None,
        event["cameo"],
        event["cameo"],
        event["cameo"],
        event["quad"],
        None,
        event["mentions"],
        event["origins"],
        event["articles"],
        None,
        *NOWHERE,
        *NOWHERE,
        *_geo(best_place(event)),
        _stamp(event["added"]),
        event["report"]["url"],
    )


def _days(day: str) -> tuple[str, ...]:
    """Return day, month, year and the year's fraction as GDELT reckons it."""
    year, month, of_month = day.split("-")
    passed = min((int(month) * 30 + int(of_month)) / 365, 0.9999)
    return (
        f"{year}{month}{of_month}",
        year + month,
        year,
        f"{int(year) + passed:.4f}",
    )


def _actor(party: Coded | None) -> tuple[str | None, ...]:
    if party is None:
        return (None,) * len(_ACTOR)
    kinds = [party.kind] if party.kind else []
    roles = [*dict.fromkeys([*kinds, *party.roles]), None, None, None][:TYPES]
    return (
        party.code,
        party.name.upper(),
        party.root if party.iso3 else None,
        party.group,
        None,
        None,
        None,
        *roles,
    )


def _geo(place: Row | None) -> tuple[object, ...]:
    """Return the cells of a place; latitude and longitude only of a known point."""
    if place is None:
        return NOWHERE
    kinds = GEO_TYPES.get(place["precision"])
    kind = kinds[place["country"] != "USA"] if kinds else None
    lat, lon = point_of(place) or (None, None)
    country = country_name(place["country"])
    parts = [place["name"], place["admin1"]]
    parts += [country] if country != place["name"] else []
    return (
        kind,
        joined(list(dict.fromkeys(parts)), ", "),
        fips_code(place["country"]),
        None,
        None,
        lat,
        lon,
        None,
    )


def _stamp(iso: str | None) -> str | None:
    """Return a time of UTC as fourteen digits."""
    digits = "".join(c for c in iso or "" if c.isdigit())[:14]
    return digits if len(digits) == 14 else None
