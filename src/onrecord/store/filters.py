"""The filters that all commands share, as SQL.

Values of one filter are alternatives, different filters must all hold. Values go in
as parameters, never as SQL.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import msgspec

from onrecord.errors import UsageError


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What to show. Empty: everything.

    `actors`, `recipients`, `by` fit a party by id, country code, `USA.GOV` (code and
    sector), or whole words of its name or of the words in the text. `countries` are
    codes and fit actors and recipients. `places` fit a name, a country code or the
    words. `since` and `until` are inclusive days that the time must touch.
    """

    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    factualities: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    places: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    min_confidence: float | None = None


class Where(msgspec.Struct, frozen=True):
    """A condition to put after WHERE, and its parameters."""

    sql: str
    parameters: dict[str, Any]


# What a party answers to. The blanks make "USA" miss "Jerusalem".
PARTY_FITS = """(
    lower(p.entity_id) = v OR lower(p.country) = v
    OR list_contains(
        list_transform(p.sectors, lambda s: lower(p.country || '.' || s)), v
    )
    OR contains(' ' || lower(p.name) || ' ', ' ' || v || ' ')
    OR contains(' ' || lower(p.text) || ' ', ' ' || v || ' ')
)"""
PLACE_FITS = """(
    lower(p.name) = v OR lower(p.country) = v OR lower(p.text) = v
)"""


def _parties(column: str) -> str:
    return (
        f"len(list_filter({column}, lambda p: "
        f"len(list_filter($NAME, lambda v: {PARTY_FITS})) > 0)) > 0"
    )


def _party(column: str) -> str:
    return _parties(f"[{column}]")


EVENT_CONDITIONS = {
    "actors": _parties("actors"),
    "recipients": _parties("recipients"),
    "countries": (
        "len(list_filter(list_concat(actors, recipients), "
        "lambda p: list_contains($NAME, lower(p.country)))) > 0"
    ),
    "types": "list_contains($NAME, lower(event_type))",
    "modes": "list_contains($NAME, lower(mode))",
    "contexts": "list_has_any($NAME, contexts)",
    "factualities": "list_contains($NAME, factuality)",
    "by": _parties("attribution"),
    "since": "when_to >= $NAME",
    "until": "when_from <= $NAME",
    "places": (
        "len(list_filter(places, lambda p: "
        f"len(list_filter($NAME, lambda v: {PLACE_FITS})) > 0)) > 0"
    ),
    "stories": "list_contains($NAME, story_id)",
    "min_confidence": "confidence >= $NAME",
}
STATEMENT_CONDITIONS = {
    "actors": _party("speaker"),
    "recipients": _party("addressee"),
    "countries": "list_contains($NAME, lower(speaker.country))",
    "types": "list_contains($NAME, act)",
    "by": _party("speaker"),
    "since": "when_to >= $NAME",
    "until": "when_from <= $NAME",
    "stories": "list_contains($NAME, story_id)",
}
STORY_CONDITIONS = {"stories": "list_contains($NAME, story_id)"}
CONDITIONS = {
    "events": EVENT_CONDITIONS,
    "statements": STATEMENT_CONDITIONS,
    "quantities": STORY_CONDITIONS,
    "stories": STORY_CONDITIONS,
}


def where(filters: Filters, *, table: str = "events") -> Where:
    """Return the condition of `filters` on the rows of `table`.

    Raises `UsageError` for a filter the table has no column for.
    """
    parts: list[str] = []
    parameters: dict[str, Any] = {}
    for name in filters.__struct_fields__:
        value = getattr(filters, name)
        if value is None or value == ():
            continue
        condition = CONDITIONS[table].get(name)
        if condition is None:
            raise UsageError(f"{table} cannot be filtered by {name.replace('_', ' ')}")
        parts.append(condition.replace("$NAME", f"$filter_{name}"))
        parameters[f"filter_{name}"] = _folded(value)
    return Where(" AND ".join(parts) or "true", parameters)


def _folded(value: Any) -> Any:
    return [v.lower() for v in value] if isinstance(value, tuple) else value


# The same conditions on the narrow relation of events, `$narrow_events`.
_FITS_PARTY = """(
    list_contains($VALUES, entity) OR list_contains($VALUES, land)
    OR list_has_any($VALUES, sectors_of) OR WORDS
)"""
_PARTY_EVENTS = "event IN (SELECT event FROM $narrow_parties WHERE SLOT AND FITS)"
_WORDS = "contains(named, $PADDED) OR contains(worded, $PADDED)"
_PLACE_EVENTS = """event IN (
    SELECT event FROM $narrow_places WHERE list_contains($VALUES, named)
        OR list_contains($VALUES, land) OR list_contains($VALUES, worded)
)"""
SLOTS = {"actors": "actor", "recipients": "recipient", "by": "by"}
NARROW_CONDITIONS = {
    "types": "lower(event_type) IN (SELECT unnest($VALUES))",
    "modes": "lower(mode) IN (SELECT unnest($VALUES))",
    "factualities": "factuality IN (SELECT unnest($VALUES))",
    "since": "when_to >= $VALUES",
    "until": "when_from <= $VALUES",
    "stories": "story IN (SELECT hash(unnest($VALUES)))",
    "min_confidence": "confidence >= $VALUES",
    "places": _PLACE_EVENTS,
}


def narrow_where(filters: Filters) -> Where:
    """Return the condition of `filters` on the rows of `$narrow_events`.

    It may name other narrow relations: `show/views/located.py` fills them in.
    """
    parts: list[str] = []
    parameters: dict[str, Any] = {}
    for name in filters.__struct_fields__:
        value = getattr(filters, name)
        if value is None or value == ():
            continue
        held = f"filter_{name}"
        folded = _folded(value)
        if name == "contexts":
            sql = _any(f"contains(contexts, ${held}_{at})" for at in range(len(folded)))
            parameters |= {f"{held}_{at}": f"|{v}|" for at, v in enumerate(folded)}
        elif name == "countries":
            sql = _any(
                f"contains(lower(countries), ${held}_{at})" for at in range(len(folded))
            )
            parameters |= {f"{held}_{at}": f"|{v}|" for at, v in enumerate(folded)}
        elif name in SLOTS:
            fits, more = _party_fits(held, folded)
            parameters |= more
            slot = f"slot = '{SLOTS[name]}'"
            sql = _PARTY_EVENTS.replace("SLOT", slot).replace("FITS", fits)
        else:
            sql = NARROW_CONDITIONS[name].replace("VALUES", held)
            parameters[held] = folded
        parts.append(sql)
    return Where(" AND ".join(parts) or "true", parameters)


# On `$narrow_statements`; the others ask the events that a statement holds.
_VOICE = "IN (SELECT party FROM $narrow_voices WHERE FITS)"
NARROW_STATEMENT = {
    "actors": f"speaker {_VOICE}",
    "recipients": f"addressee {_VOICE}",
    "by": f"speaker {_VOICE}",
    "countries": (
        "speaker IN (SELECT party FROM $narrow_voices"
        " WHERE land IN (SELECT unnest($VALUES)))"
    ),
    "types": "act IN (SELECT unnest($VALUES))",
    "since": "when_to >= $VALUES",
    "until": "when_from <= $VALUES",
    "stories": "story IN (SELECT hash(unnest($VALUES)))",
}


def narrow_statements(filters: Filters) -> Where:
    """Return the condition of `filters` on the rows of `$narrow_statements`.

    Only filters of `STATEMENT_CONDITIONS` may be given.
    """
    parts: list[str] = []
    parameters: dict[str, Any] = {}
    for name in filters.__struct_fields__:
        value = getattr(filters, name)
        if value is None or value == ():
            continue
        held, folded = f"filter_{name}", _folded(value)
        sql = NARROW_STATEMENT[name]
        if name in SLOTS:
            fits, more = _party_fits(held, folded)
            sql = sql.replace("FITS", fits)
            parameters |= more
        else:
            parameters[held] = folded
        parts.append(sql.replace("VALUES", held))
    return Where(" AND ".join(parts) or "true", parameters)


def _party_fits(held: str, folded: list[str]) -> tuple[str, dict[str, Any]]:
    """Return the condition on what a party answers to, and its parameters."""
    words = _any(_WORDS.replace("PADDED", f"{held}_{at}") for at in range(len(folded)))
    padded = {f"{held}_{at}": f" {v} " for at, v in enumerate(folded)}
    fits = _FITS_PARTY.replace("WORDS", words).replace("VALUES", held)
    return fits, {**padded, held: folded}


# Filters whose columns parties and places of events have beside them.
BESIDE = frozenset({"types", "factualities"})


def only_beside(filters: Filters) -> bool:
    """Return whether type and factuality are all that is filtered by."""
    others = {
        name
        for name in filters.__struct_fields__
        if getattr(filters, name) not in (None, ())
    }
    return others <= BESIDE


def _any(conditions: Iterable[str]) -> str:
    return "(" + " OR ".join(conditions) + ")"
