"""ICEWS's files: tab-separated, 20 columns, one row a pair of parties."""

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from onrecord.show.export.account import Options, Tally
from onrecord.show.export.cells import joined
from onrecord.show.export.code_tables import country_name, load_codes
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
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)


def write_icews(
    rows: Iterable[Row], stream: TextIO, options: Options, tally: Tally
) -> None:
    """Write a row for each pair of source and target."""
    write_pairs(rows, stream, options, tally, columns=COLUMNS, both=True, cells=_cells)


def _cells(event: Row, pair: Pair, options: Options) -> tuple[object, ...]:
    place = best_place(event)
    lat, lon = point_of(place) or (None, None)
    return (
        number_of(event["event_id"], pair.number),
        event_day(event),
        *_side(pair.actor),
        load_codes("roots")[event["cameo"]]["name"],
        event["cameo"],
        None,
        *_side(pair.recipient),
        number_of(event["doc_id"]),
        None,
        event["report"]["outlet"],
        place["name"] if place and place["precision"] == "city" else None,
        None,
        place["admin1"] if place else None,
        country_name(place["country"]) if place else None,
        lat,
        lon,
    )


def _side(party: Coded | None) -> tuple[str | None, ...]:
    if party is None:
        return (None, None, None)
    names = dict.fromkeys(
        name
        for sector in party.sectors
        for name in load_codes("sectors")[sector]["icews"].split(",")
    )
    return party.name, joined(list(names), ","), country_name(party.iso3)
