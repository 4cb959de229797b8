"""The filters that all commands share, as SQL.

Values of one filter are alternatives, different filters must all hold. Values go in
as parameters, never as SQL.
"""

import datetime as dt
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
