"""POLECAT's files: tab-separated, 40 columns, one row an event, lists with "; "."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from onrecord.ontology import Ontology, load_ontology
from onrecord.show.export.account import Options, Tally, sort_out
from onrecord.show.export.cells import raw_line
from onrecord.show.export.dyads import best_place, event_day, point_of
from onrecord.show.export.status import auxiliaries, reduced, unreal_reason

Row = Mapping[str, Any]

COLUMNS = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
ABSENT = "None"  # the files have this word, and scripts that read them filter on it
BETWEEN = "; "
QUADS = {
    1: "VERBAL COOPERATION",
    2: "MATERIAL COOPERATION",
    3: "VERBAL CONFLICT",
    4: "MATERIAL CONFLICT",
}


def write_polecat(
    rows: Iterable[Row], stream: TextIO, options: Options, tally: Tally
) -> None:
    """Write a row an event."""
    ontology = load_ontology()
    if options.header:
        stream.write(raw_line(COLUMNS))
    for cells in sort_out((_cells(row, ontology, options) for row in rows), tally):
        stream.write(raw_line(ABSENT if cell is None else cell for cell in cells))


def _cells(
    event: Row, ontology: Ontology, options: Options
) -> list[tuple[object, ...]] | str:
    coded = reduced(event, unreal=options.unreal)
    if coded is None:
        return unreal_reason(event)
    event_type, mode = coded
    day = event_day(event)
    actors = [p for p in event["actors"] if p["country"] or p["sectors"]]
    recipients = [p for p in event["recipients"] if p["country"] or p["sectors"]]
    if day is None:
        return "no date"
    if not actors:
        return "no actor with a code"
    entry = ontology.event_types[event_type]
    if entry.needs_recipient and not recipients:
        return f"{event_type} without a recipient"
    return [
        (
            event["event_id"],
            day,
            event_type,
            mode,
            ontology.score(event_type, mode),
            QUADS[entry.quad],
            _listed([*event["contexts"], *auxiliaries(event)]),
            *_party(actors),
            *_party(recipients),
            *_place(event),
            event["report"]["outlet"],
            event["report"]["date"],
            None,
            None,
            None,
            event["report"]["language"],
            options.program,
        )
    ]


def _party(parties: Sequence[Row]) -> tuple[str | None, ...]:
    """Return the eight cells of one side, each list in step with the names."""
    return (
        _in_step(p["name"] for p in parties),
        _in_step(p["country"] for p in parties),
        None,  # Correlates of War numbers are not in the record
        _in_step(p["sectors"][0] if p["sectors"] else None for p in parties),
        _listed(dict.fromkeys(s for p in parties for s in p["sectors"])),
        _in_step(p["role"] for p in parties),
        _in_step(p["text"] for p in parties),
        None,
    )


def _place(event: Row) -> tuple[object, ...]:
    place = best_place(event)
    if place is None:
        return (None,) * 10
    lat, lon = point_of(place) or (None, None)
    return (
        place["name"],
        place["name"] if place["precision"] == "city" else None,
        None,
        place["admin1"],
        place["country"],
        lat,
        lon,
        place["geonameid"],
        place["text"],
        None,
    )


def _in_step(values: Iterable[str | None]) -> str | None:
    """Return one value a party; None when no party has any."""
    cells = list(values)
    return _listed([cell or ABSENT for cell in cells]) if any(cells) else None


def _listed(values: Iterable[str]) -> str | None:
    cells = [value.replace(";", ",") for value in values]
    return BETWEEN.join(cells) if cells else None
