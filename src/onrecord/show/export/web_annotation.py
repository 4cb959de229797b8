"""W3C Web Annotations: one a cell, with the words it rests on.

Each target has a position and a quotation of the same words. Positions count code
points of the text as the record keeps it; the quotation finds them on a page that has
more than the text.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO
from urllib.parse import quote

from onrecord.show.export.account import Options, Tally
from onrecord.show.visible import json_line

Row = Mapping[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # code points before and after a quotation
URL_SAFE = "%/:=&?~#+!$,;'@()*[]"
WEB = ("http://", "https://")


def write_web_annotation(
    rows: Iterable[Row], stream: TextIO, options: Options, tally: Tally
) -> None:
    """Write an AnnotationPage, an annotation a line."""
    del options
    stream.write(
        f'{{"@context":"{CONTEXT}","id":"urn:onrecord:annotations",'
        '"type":"AnnotationPage","items":['
    )
    begun = False
    for row in rows:
        annotations = list(_annotations(row))
        for annotation in annotations:
            stream.write(("," if begun else "") + "\n" + json_line(annotation))
            begun = True
        tally.wrote(len(annotations))
    stream.write("\n]}\n")


def _annotations(event: Row) -> Iterator[dict[str, Any]]:
    source = _source(event)
    for number, (cell, value, spans) in enumerate(_cells(event)):
        targets = [
            {"source": source, "selector": _selectors(span, event["sentence"])}
            for span in spans
        ]
        if targets:
            yield {
                "id": f"urn:onrecord:{event['event_id']}:{cell}:{number}",
                "type": "Annotation",
                "motivation": "classifying",
                "body": [
                    {"type": "TextualBody", "purpose": "tagging", "value": cell},
                    {"type": "TextualBody", "purpose": "classifying", "value": value},
                    {
                        "type": "TextualBody",
                        "purpose": "identifying",
                        "value": event["event_id"],
                    },
                ],
                "target": targets[0] if len(targets) == 1 else targets,
            }


def _cells(event: Row) -> Iterator[tuple[str, str, list[Row]]]:
    """Yield (cell, value, spans) of an event."""
    for cell in event["cells"]:
        yield cell["cell"], cell["value"], cell["spans"]
    for slot, key in (("actor", "actors"), ("recipient", "recipients")):
        for party in event[key]:
            yield slot, _party(party), [party]
    if event["condition"]:
        yield "condition", event["condition"]["text"], [event["condition"]]
    for party in event["attribution"]:
        yield "by", _party(party), [party]
        yield "cue", party["cue"]["text"], [party["cue"]]
    if event["when"]:
        value = f"{event['when']['from']}/{event['when']['to']}"
        yield "when", value, event["when"]["spans"]
    for place in event["where"]:
        yield "where", f"{place['name']} ({place['precision']})", [place]
    for quantity in event["quantities"]:
        counted = f" {quantity['of']}" if quantity["of"] else ""
        yield "quantity", f"{quantity['value']:.15g}{counted}", [quantity]


def _party(party: Row) -> str:
    codes = ".".join(c for c in (party["country"], *party["sectors"][:1]) if c)
    return f"{party['name']} ({codes})" if codes else str(party["name"])


def _source(event: Row) -> str:
    """Return the report's address on the web, else a name made of its id."""
    url = event["report"]["url"]
    if url and url.lower().startswith(WEB):
        return quote(url, safe=URL_SAFE)
    return f"urn:onrecord:{event['doc_id']}"


def _selectors(span: Row, sentence: Row) -> list[dict[str, Any]]:
    position = {
        "type": "TextPositionSelector",
        "start": span["start"],
        "end": span["end"],
    }
    words = {"type": "TextQuoteSelector", "exact": span["text"]}
    begin = span["start"] - sentence["start"]
    end = span["end"] - sentence["start"]
    text = sentence["text"]
    if begin >= 0 and end <= len(text):
        before, after = text[max(0, begin - AROUND) : begin], text[end : end + AROUND]
        words |= {"prefix": before} if before else {}
        words |= {"suffix": after} if after else {}
    return [position, words]
