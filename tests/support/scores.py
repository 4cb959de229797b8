"""Gold reports and given lines for tests of scores: one text, its events by words."""

from onrecord.model.span import Span
from onrecord.score.shapes import Act, Report, Said, Who

TEXT = "Chad warned Mali. Mali left. Chad denied it."
CHAD, MALI = Who("TCD", ("chad",)), Who("MLI", ("mali",))


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def act(words: str = "warned", **cells) -> Act:
    base = {
        "trigger": at(words),
        "sentence": at("Chad warned Mali."),
        "event_type": "THREATEN",
        "factuality": "happened",
        "actors": (CHAD,),
        "recipients": (MALI,),
        "sources": (),
        "when": (),
        "where": (),
        "numbers": (),
    }
    return Act(**(base | cells))


def said(words: str = "denied", **cells) -> Said:
    base = {"cue": at(words), "speaker": Span(29, 33), "act": "deny"}
    return Said(**(base | cells))


def report(*events: Act, key: str = "r1", **parts) -> Report:
    return Report(keys=(key,), text=TEXT, events=events, **parts)


def event_line(words: str = "warned", **cells) -> dict:
    """Return a line of `extract` about TEXT."""
    span, sentence = at(words), at("Chad warned Mali.")
    base = {
        "record": "event",
        "source_id": "r1",
        "event_type": "THREATEN",
        "trigger": {"start": span.start, "end": span.end, "text": words},
        "sentence": {
            "start": sentence.start,
            "end": sentence.end,
            "text": sentence.of(TEXT),
        },
        "factuality": "happened",
        "actors": [{"text": "Chad", "name": "Chad", "country": "TCD"}],
        "recipients": [{"text": "Mali", "name": "Mali", "country": "MLI"}],
        "attribution": [],
        "when": None,
        "where": [],
        "quantities": [],
    }
    return base | cells


def gold_event(**cells) -> dict:
    """Return an event annotated by hand in TEXT."""
    base = {
        "sentence": "Chad warned Mali.",
        "trigger": "warned",
        "type": "THREATEN",
        "actor": [{"text": "Chad", "is": "Chad", "country": "TCD"}],
        "recipient": [{"text": "Mali", "is": "Mali", "country": "MLI"}],
        "status": "happened",
        "by": [],
        "when": None,
        "where": None,
        "numbers": [],
    }
    return base | cells


def gold_report(*events: dict, **parts) -> dict:
    """Return a report annotated by hand."""
    return {"doc_id": "r1", "text": TEXT, "events": list(events), **parts}
