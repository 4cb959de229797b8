"""A happening's row: what all that is told of it comes to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.collapse.independent import count_origins
from onrecord.model.event import EventType, Factuality, WhenBasis
from onrecord.model.happening import STATUS_OF, Happening, Number

Row = Mapping[str, Any]


def make_happening(rows: Sequence[Row], links: Iterable[tuple[str, str]]) -> Happening:
    """Return the happening of some events, given as rows with their reports.

    The rows come in the order of their reports. `links` are pairs of reports of which
    one depends on the other.
    """
    first = rows[0]
    outlets = {row["doc_id"]: row["outlet"] for row in rows}
    dates = [row["date"] for row in rows if row["date"] is not None]
    counts = Counter(row["factuality"] for row in rows)
    when = _narrowest(rows)
    return Happening(
        happening_id=first["happening_id"],
        first=first["telling_id"],
        event_type=EventType(_most([row["event_type"] for row in rows])[0]),
        status=STATUS_OF[Factuality(first["factuality"])],
        mode=next(iter(_most([row["mode"] for row in rows])), None),
        actors=_most(p["name"] for row in rows for p in row["actors"]),
        recipients=_most(p["name"] for row in rows for p in row["recipients"]),
        when_from=when["when_from"] if when else None,
        when_to=when["when_to"] if when else None,
        when_basis=WhenBasis(when["when_basis"]) if when else None,
        places=_most(place["name"] for row in rows for place in row["places"]),
        numbers=tuple(_number(row, q) for row in rows for q in row["quantities"]),
        events=len(rows),
        stories=len(outlets),
        origins=count_origins(outlets, links),
        outlets=_most(outlets.values()),
        first_reported=min(dates, default=None),
        last_reported=max(dates, default=None),
        happened=counts[Factuality.HAPPENED],
        planned=counts[Factuality.PLANNED],
        hypothetical=counts[Factuality.HYPOTHETICAL],
        negated=counts[Factuality.NEGATED],
        denied=counts[Factuality.DENIED],
        tellings=tuple(sorted({row["telling_id"] for row in rows})),
    )


def _most(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return the values, the most frequent first, then by the alphabet."""
    counts = Counter(value for value in values if value is not None)
    return tuple(sorted(counts, key=lambda value: (-counts[value], value)))


def _narrowest(rows: Iterable[Row]) -> Row | None:
    """Return the row with the narrowest time that is said, else with any time."""
    timed = [row for row in rows if row["when_from"] is not None]
    return min(timed, key=_width, default=None)


def _width(row: Row) -> tuple[bool, int]:
    supposed = row["when_basis"] != WhenBasis.TEXT
    return supposed, (row["when_to"] - row["when_from"]).days


def _number(row: Row, quantity: Row) -> Number:
    return Number(
        event_id=row["event_id"],
        of=quantity["of"],
        value=quantity["value"],
        low=quantity["low"],
        high=quantity["high"],
        modifier=quantity["modifier"],
    )
