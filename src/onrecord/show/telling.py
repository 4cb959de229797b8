"""A few events that show what a record holds, chosen by rule and not by hand."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from onrecord.model.event import EventType, Factuality

Row = Mapping[str, Any]

GLANCE = 160  # characters of a sentence that is read at a glance
FEW = 2  # parties on one side


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

    Of each kind the clearest event is taken: known parties on both sides, a sentence
    that is read at a glance, a sure reading, many cells. No two are from one report
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


def _rank(event: Row) -> tuple[bool, bool, float, int, str]:
    """Return what orders events from the clearest on."""
    filled = sum(
        bool(event[cell]) for cell in ("mode", "attribution", "where", "contexts")
    )
    return (
        not _has_both_sides(event),
        len(event["sentence"]["text"]) > GLANCE,
        -round(event["confidence"], 1),
        -filled,
        event["event_id"],
    )


def _has_both_sides(event: Row) -> bool:
    """Tell whether few known parties act on few others."""
    actors, recipients = event["actors"], event["recipients"]
    if not (0 < len(actors) <= FEW and 0 < len(recipients) <= FEW):
        return False
    known = all(party["country"] for party in (*actors, *recipients))
    same = {p["country"] for p in actors} & {p["country"] for p in recipients}
    return known and not same
