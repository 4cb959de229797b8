"""A few events that show what a record holds, chosen by rule and not by hand."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from onrecord.model.event import EventType, Factuality

Row = Mapping[str, Any]


def _demand(event: Row) -> bool:
    return bool(
        event["event_type"] == EventType.REQUEST
        and event["factuality"] == Factuality.HAPPENED
    )


def _conditional_threat(event: Row) -> bool:
    return bool(
        event["event_type"] == EventType.THREATEN
        and event["condition"] is not None
        and event["factuality"] not in (Factuality.NEGATED, Factuality.DENIED)
    )


def _denial(event: Row) -> bool:
    return bool(event["factuality"] == Factuality.DENIED and event["attribution"])


def _hypothetical(event: Row) -> bool:
    return bool(
        event["factuality"] == Factuality.HYPOTHETICAL and event["condition"] is None
    )


def _counted(event: Row) -> bool:
    return bool(event["factuality"] == Factuality.HAPPENED and event["quantities"])


KINDS: tuple[tuple[str, Callable[[Row], bool]], ...] = (
    ("a demand", _demand),
    ("a threat on a condition", _conditional_threat),
    ("a denial", _denial),
    ("feared or asked for, not a fact", _hypothetical),
    ("a happening with a number", _counted),
)


def telling_events(events: Iterable[Row]) -> tuple[tuple[str, Row], ...]:
    """Return (kind, event) pairs, one a kind where the record has one.

    Of each kind the fullest event is taken, then the surest; no two from one report
    while there is a choice.
    """
    by_kind: dict[str, list[Row]] = {name: [] for name, _ in KINDS}
    for event in events:
        for name, belongs in KINDS:
            if belongs(event):
                by_kind[name].append(event)
    seen: set[str] = set()
    chosen = []
    for name, _ in KINDS:
        if not by_kind[name]:
            continue
        best = min(by_kind[name], key=lambda e: (e["doc_id"] in seen, *_rank(e)))
        seen.add(best["doc_id"])
        chosen.append((name, best))
    return tuple(chosen)


def _rank(event: Row) -> tuple[int, float, str]:
    filled = sum(
        bool(event[cell])
        for cell in ("actors", "recipients", "mode", "attribution", "where")
    )
    return -filled, -event["confidence"], event["event_id"]
