"""Phoenix's files: tab-separated, 26 columns, one row a pair of parties."""

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from onrecord.show.export.account import Options, Tally
from onrecord.show.export.cells import joined
from onrecord.show.export.code_tables import country_name
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

COLUMNS = (
    "EventID",
    "Date",
    "Year",
    "Month",
    "Day",
    "SourceActorFull",
    "SourceActorEntity",
    "SourceActorRole",
    "SourceActorAttribute",
    "TargetActorFull",
    "TargetActorEntity",
    "TargetActorRole",
    "TargetActorAttribute",
    "EventCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScore",
    "Issues",
    "Lat",
    "Lon",
    "LocationName",
    "StateName",
    "CountryName",
    "SentenceID",
    "URLs",
    "NewsSources",
)
# Phoenix has a class 0, for statements, and puts each root of CAMEO into one class.
QUADS = {
    **dict.fromkeys(("01", "02"), 0),
    **dict.fromkeys(("03", "04", "05"), 1),
    **dict.fromkeys(("06", "07", "08"), 2),
    **dict.fromkeys(("09", "10", "11", "12", "13", "16"), 3),
    **dict.fromkeys(("14", "15", "17", "18", "19", "20"), 4),
}


def write_phoenix(
    rows: Iterable[Row], stream: TextIO, options: Options, tally: Tally
) -> None:
    """Write a row for each pair of source and target."""
    write_pairs(rows, stream, options, tally, columns=COLUMNS, both=True, cells=_cells)


def _cells(event: Row, pair: Pair, options: Options) -> tuple[object, ...]:
    day = str(event_day(event))
    year, month, of_month = day.split("-")
    place = best_place(event)
    lat, lon = point_of(place) or (None, None)
    number = number_of(event["event_id"], pair.number)
    return (
        f"{number}_{options.program.split()[-1]}",
        day.replace("-", ""),
        year,
        month,
        of_month,
        *_side(pair.actor),
        *_side(pair.recipient),
        event["cameo"],
        event["cameo"],
        QUADS[event["cameo"]],
        None,
        None,
        lat,
        lon,
        place["name"] if place else None,
        place["admin1"] if place else None,
        country_name(place["country"]) if place else None,
        f"{event['doc_id']}_{event['sentence']['start']}",
        event["report"]["url"],
        event["report"]["outlet"],
    )


def _side(party: Coded | None) -> tuple[str | None, ...]:
    if party is None:
        return (None,) * 4
    role, *others = party.roles or (None,)
    return party.code, party.root, role, joined(others, ";")
