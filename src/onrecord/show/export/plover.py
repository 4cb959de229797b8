"""PLOVER records as the codebook has them.

PLOVER has no place for whose word it is, nor for an act that did not happen but by its
auxiliary modes, which the manual puts into `context`. Where an act and its status equal
another type the codebook writes that type; every other act that did not happen is left
out, with the reason, unless asked for.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from onrecord.lexicon.sizes import load_sizes, tell_size
from onrecord.model.document import Document
from onrecord.ontology import Ontology, load_ontology
from onrecord.show.export.account import Options, Tally
from onrecord.show.export.status import auxiliaries, reduced, unreal_reason
from onrecord.show.visible import json_line

Row = Mapping[str, Any]

RESOLUTIONS = {"point": 5, "city": 4, "region": 2, "country": 1}
SUPRANATIONAL_SECTORS = frozenset({"IGO", "NGO"})


FIELDS = (
    "id",
    "date",
    "enddate",
    "actor",
    "recipient",
    "event",
    "event_text",
    "mode",
    "context",
    "quad_code",
    "event_scale",
    "event_loc",
    "size",
    "link",
    "text_info",
    "cite_info",
    "coder",
    "comment",
)


def write_plover(
    rows: Iterable[Row], stream: TextIO, options: Options, tally: Tally
) -> None:
    """Write PLOVER records, one line of JSON each."""
    ontology = load_ontology()
    for row in rows:
        record = plover_record(
            row,
            row["report"],
            ontology=ontology,
            coder=options.program,
            unreal=options.unreal,
        )
        if isinstance(record, str):
            tally.leave(record)
            continue
        tally.wrote()
        stream.write(json_line(record) + "\n")


def report_fields(document: Document) -> dict[str, str | None]:
    """Return what a PLOVER record says of the report."""
    return {
        "date": document.date.isoformat() if document.date else None,
        "title": document.title,
        "url": document.url,
        "outlet": document.outlet,
        "language": document.language,
    }


def plover_record(
    event: Row,
    report: Row,
    *,
    ontology: Ontology,
    coder: str,
    unreal: bool = False,
) -> dict[str, Any] | str:
    """Return the PLOVER record of an event, or why PLOVER has none.

    `report` is what `report_fields` makes. With `unreal` what did not happen is
    written too, with PLOVER's auxiliary mode among its contexts.
    """
    coded = reduced(event, unreal=unreal)
    if coded is None:
        return unreal_reason(event)
    event_type, mode = coded
    actors = [_entity(p) for p in event["actors"] if _is_coded(p)]
    recipients = [_entity(p) for p in event["recipients"] if _is_coded(p)]
    when = event["when"]
    date = when["from"] if when else report["date"]
    if not actors:
        return "no actor with a code"
    if ontology.event_types[event_type].needs_recipient and not recipients:
        return f"{event_type} without a recipient"
    if date is None:
        return "no date"
    entry = ontology.event_types[event_type]
    record: dict[str, Any] = {
        "id": event["event_id"],
        "date": date,
        "enddate": when["to"] if when and when["to"] != date else None,
        "actor": actors,
        "recipient": recipients,
        "event": [str(event_type)],
        "event_text": [event["trigger"]["text"]],
        "mode": [mode] if mode else [],
        "context": [*event["contexts"], *auxiliaries(event)],
        "quad_code": entry.quad,
        "event_scale": ontology.score(event_type, mode),
        "event_loc": _location(event["where"]),
        "size": _size(event),
        "link": report["url"],
        "text_info": {
            "start": event["sentence"]["start"],
            "end": event["sentence"]["end"],
        },
        "cite_info": _without_absent(
            {
                "title": report["title"],
                "publication": report["outlet"],
                "language": report["language"],
                "codebook": "PLOVER",
                "version": "2.0",
            }
        ),
        "coder": coder,
        "comment": _whose_word(event["attribution"]),
    }
    return _without_absent(record)


def _is_coded(party: Row) -> bool:
    """Tell whether a party has a code; "the West" has none, and is not coded."""
    return party["country"] is not None or bool(party["sectors"])


def _entity(party: Row) -> dict[str, Any]:
    sectors = list(party["sectors"])
    code = party["country"]
    if code is None and SUPRANATIONAL_SECTORS.intersection(sectors):
        code = next(s for s in sectors if s in SUPRANATIONAL_SECTORS)
    return _without_absent(
        {
            "code": code,
            "sector": sectors[0] if sectors else None,
            "other_sector_codes": sectors[1:],
            "entity_text": party["text"],
            "identifier_text": party["name"],
            "office": party["role"],
        }
    )


def _location(places: list[Row]) -> dict[str, Any] | None:
    if not places:
        return None
    place = places[0]
    precision = place["precision"]
    return _without_absent(
        {
            "extracted_place": place["text"],
            "resolved_place": place["name"],
            "geonameid": place["geonameid"],
            "lat": place["lat"],
            "lon": place["lon"],
            "city": place["name"] if precision == "city" else None,
            "province": place["admin1"],
            "country_code": place["country"],
            "resolution": RESOLUTIONS.get(precision),
        }
    )


def _size(event: Row) -> dict[str, int] | None:
    """Return how many were dead, injured, arrested; of two numbers the first told."""
    quantities, sizes = event["quantities"], load_sizes()
    found: dict[str, int] = {}
    for quantity in quantities:
        name = tell_size(
            sizes,
            trigger=event["trigger"]["text"],
            of=quantity["of"],
            alone=len(quantities) == 1,
        )
        if name is not None and quantity["value"] == int(quantity["value"]):
            found.setdefault(name, int(quantity["value"]))
    return found or None


def _whose_word(chain: list[Row]) -> str | None:
    """Return the attribution, for which PLOVER has no field of its own."""
    if not chain:
        return None
    return "by " + ", by ".join(source["name"] for source in chain)


def _without_absent(record: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in record.items() if v is not None and v != []}
