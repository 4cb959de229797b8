"""GeoJSON (RFC 7946): one feature an event, a point only where one is known."""

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from onrecord.show.export.account import Options, Tally
from onrecord.show.export.dyads import point_of
from onrecord.show.visible import json_line

Row = Mapping[str, Any]

PLAIN = (
    "event_id",
    "doc_id",
    "story_id",
    "happening_id",
    "event_type",
    "mode",
    "contexts",
    "quad",
    "score",
    "factuality",
    "historical",
    "confidence",
)
PROPERTIES = (
    *PLAIN,
    "when_from",
    "when_to",
    "actors",
    "recipients",
    "by",
    "places",
    "quantities",
    "trigger",
    "sentence",
    "report_date",
    "outlet",
    "title",
    "url",
)
NO_POINT = "no point is known: geometry is null"


def write_geojson(
    rows: Iterable[Row], stream: TextIO, options: Options, tally: Tally
) -> None:
    """Write a FeatureCollection, a feature a line."""
    del options  # it has neither a header nor a status to lose
    stream.write('{"type":"FeatureCollection","features":[')
    for row in rows:
        feature = _feature(row)
        stream.write(("," if tally.rows else "") + "\n" + json_line(feature))
        tally.wrote()
        if feature["geometry"] is None:
            tally.remark(NO_POINT)
    stream.write("\n]}\n")


def _feature(event: Row) -> dict[str, Any]:
    report, when = event["report"], event["when"]
    properties = {
        **{name: event[name] for name in PLAIN},
        "when_from": when["from"] if when else None,
        "when_to": when["to"] if when else None,
        "actors": [_party(p) for p in event["actors"]],
        "recipients": [_party(p) for p in event["recipients"]],
        "by": [p["name"] for p in event["attribution"]],
        "places": [
            {key: p[key] for key in ("name", "country", "precision", "geonameid")}
            for p in event["where"]
        ],
        "quantities": [
            {key: q[key] for key in ("value", "low", "high", "of", "modifier")}
            for q in event["quantities"]
        ],
        "trigger": event["trigger"]["text"],
        "sentence": event["sentence"]["text"],
        "report_date": report["date"],
        "outlet": report["outlet"],
        "title": report["title"],
        "url": report["url"],
    }
    return {
        "type": "Feature",
        "id": event["event_id"],
        "geometry": _geometry(event["where"]),
        "properties": properties,
    }


def _party(party: Row) -> dict[str, Any]:
    return {key: party[key] for key in ("name", "country", "sectors")}


def _geometry(places: Iterable[Row]) -> dict[str, Any] | None:
    """Return a point, or several, longitude first; None where none is known."""
    points = list(dict.fromkeys(point_of(p) for p in places))
    known = [[point[1], point[0]] for point in points if point is not None]
    if not known:
        return None
    if len(known) == 1:
        return {"type": "Point", "coordinates": known[0]}
    return {"type": "MultiPoint", "coordinates": known}
