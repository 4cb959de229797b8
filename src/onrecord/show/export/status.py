"""How an event stands in a format that has no word for what did not happen."""

from collections.abc import Mapping
from typing import Any

from onrecord.model.event import EventType, Factuality

Row = Mapping[str, Any]

# (type, status) -> type, mode, from the codebook's rules on auxiliary modes; its
# "future" is our planned. A planned concession stays one.
REDUCED: Mapping[tuple[str, str], tuple[EventType, str | None]] = {
    (EventType.ASSAULT, Factuality.HYPOTHETICAL): (EventType.THREATEN, "violence"),
    (EventType.SUPPORT, Factuality.PLANNED): (EventType.AGREE, None),
    (EventType.CONSULT, Factuality.PLANNED): (EventType.AGREE, None),
    (EventType.COOPERATE, Factuality.PLANNED): (EventType.AGREE, None),
    (EventType.AID, Factuality.PLANNED): (EventType.AGREE, None),
    (EventType.RETREAT, Factuality.PLANNED): (EventType.CONCEDE, None),
}
AUXILIARY: Mapping[str, str] = {
    Factuality.PLANNED: "future",
    Factuality.HYPOTHETICAL: "hypothetical",
    Factuality.NEGATED: "negation",
    Factuality.DENIED: "negation",
}
HISTORICAL = "historical"


def reduced(event: Row, *, unreal: bool = False) -> tuple[str, str | None] | None:
    """Return type and mode by PLOVER's rules; None for what did not happen.

    With `unreal` what no rule covers keeps its own; `auxiliaries` says what it is.
    """
    event_type, status = event["event_type"], event["factuality"]
    if status == Factuality.HAPPENED:
        return event_type, event["mode"]
    if (event_type, status) == (EventType.CONCEDE, Factuality.PLANNED):
        return event_type, event["mode"]
    rule = REDUCED.get((event_type, status))
    if rule is None and unreal:
        return event_type, event["mode"]
    return rule


def auxiliaries(event: Row) -> list[str]:
    """Return the auxiliary modes that PLOVER puts among the contexts.

    An event whose status has become its type, as a planned meeting is an agreement,
    needs none.
    """
    found = []
    if event["factuality"] in AUXILIARY and reduced(event) is None:
        found.append(AUXILIARY[event["factuality"]])
    if event["historical"]:
        found.append(HISTORICAL)
    return found


def unreal_reason(event: Row) -> str:
    """Return why an event is left out that did not happen."""
    return f"{event['factuality']}, not happened"
