"""The SQL of a time series: happenings or events, sorted into steps of time."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from onrecord.show.views.series_shape import Clock, Step, What
from onrecord.store.filters import Filters, narrow_where

Query = tuple[str, dict[str, Any]]

# Filters that a happening answers itself; the others ask its events.
OWN = {
    "types": "list_contains($filter_types, lower(event_type))",
    "modes": "list_contains($filter_modes, lower(mode))",
    "factualities": "true",  # `tallies` sees to them
}
HAPPENINGS = """
SELECT happening AS id, event_type, mode, origins, factuality,
    $FROM AS day_from, $TO AS day_to, 1 AS n
FROM $narrow_happenings
WHERE $FITS
"""
TOLD = "SELECT happening FROM $narrow_told_events WHERE $FITS"
EVENTS = """
SELECT event AS id, event_type, mode, 1 AS origins, factuality,
    $FROM AS day_from, $TO AS day_to, 1 AS n
FROM $narrow_dated_events
WHERE $FITS
"""
# How many there are of each day, type, mode and factuality; nothing else is known.
COUNTED = """
SELECT day_from, day_to, event_type, mode, factuality, n FROM $narrow_day_counts
WHERE told = '$WHAT' AND clock = '$CLOCK' AND $FITS
"""
TALLIES = """
SELECT
    CASE WHEN STEP(day_from) = STEP(day_to) THEN STEP(day_from) END AS step,
    day_from IS NOT NULL AS timed,
    event_type, mode, factuality, sum(n)::BIGINT AS count
FROM (COUNTED)
WHERE $CHOSEN
GROUP BY ALL
ORDER BY ALL
"""
BEHIND_EVENTS = """
SELECT inside.start, e.filename, e.file_row_number
FROM (INSIDE) AS inside JOIN $narrow_events AS e ON e.event = inside.id
QUALIFY row_number() OVER (
    PARTITION BY inside.start ORDER BY moved DESC, e.confidence DESC, e.event
) <= $most
ORDER BY inside.start, moved DESC, e.confidence DESC, e.event
"""
# Of each happening the event that is surest.
BEHIND_HAPPENINGS = """
WITH told AS (
    SELECT inside.start, inside.id, any_value(moved) AS moved,
        any_value(inside.origins) AS origins, max(e.confidence) AS confidence,
        arg_min(
            {'event': e.event, 'file': e.filename, 'row': e.file_row_number},
            (-e.confidence, e.event)
        ) AS surest
    FROM (INSIDE) AS inside JOIN $narrow_told_events AS e ON e.happening = inside.id
    GROUP BY inside.start, inside.id
)
SELECT start, surest.file AS filename, surest.row AS file_row_number
FROM told
QUALIFY row_number() OVER (
    PARTITION BY start
    ORDER BY moved DESC, origins DESC, confidence DESC, surest.event
) <= $most
ORDER BY start, moved DESC, origins DESC, confidence DESC, surest.event
"""
DAYS_OF_REPORTS = "SELECT min(date) AS first, max(date) AS last FROM $narrow_reports"
INSIDE = """
SELECT counted.*, asked.start, list_contains(asked.types, counted.event_type) AS moved
FROM (SELECT * FROM (COUNTED) WHERE factuality = 'happened') AS counted
JOIN (
    SELECT unnest($starts) AS start, string_split(unnest($moved), ' ') AS types
) AS asked ON STEP(day_from) = asked.start AND STEP(day_to) = asked.start
"""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted: rows with id, type, mode, factuality and days, as SQL."""

    counted: str
    step: Step
    what: What
    parameters: dict[str, Any]
    clock: Clock
    counts: str | None  # where how many there are of each day is known
    factualities: tuple[str, ...]


def ask(filters: Filters, *, step: Step, what: What, clock: Clock) -> Asked:
    """Return what the filters ask for."""
    # The first and the last step stand for these; who has no day is counted, too.
    timeless = msgspec.structs.replace(filters, since=None, until=None)
    build = _happenings if what is What.HAPPENINGS else _events
    counted, parameters = build(timeless, clock)
    counts = None
    if set(_given(timeless)) <= set(OWN):
        own = [OWN[name] for name in ("types", "modes") if getattr(filters, name)]
        counts = COUNTED.replace("$FITS", " AND ".join(own) or "true")
        counts = counts.replace("$WHAT", what.value).replace("$CLOCK", clock.value)
    return Asked(
        clock=clock,
        counts=counts,
        counted=counted,
        step=step,
        what=what,
        parameters=parameters,
        factualities=filters.factualities,
    )


def tallies(asked: Asked) -> Query:
    """Return the query for how many there are in each step of each type.

    `step` is None where there is no day (`timed` is false) or several steps.
    """
    chosen = "true"
    parameters = asked.parameters
    if asked.counts:
        held = ("filter_types", "filter_modes")
        parameters = {name: parameters[name] for name in held if name in parameters}
        asked = msgspec.structs.replace(asked, counted=asked.counts)
    if asked.factualities:
        chosen = "list_contains($factualities, factuality)"
        parameters = {**parameters, "factualities": list(asked.factualities)}
    return _filled(TALLIES, asked).replace("$CHOSEN", chosen), parameters


def behind(asked: Asked, moved: Mapping[dt.date, tuple[str, ...]], most: int) -> Query:
    """Return the query for where the events of some steps lie.

    `moved` are the types of each step that come first.
    """
    by_event = asked.what is What.EVENTS
    template = BEHIND_EVENTS if by_event else BEHIND_HAPPENINGS
    sql = _filled(template.replace("INSIDE", INSIDE), asked)
    more = {
        "starts": list(moved),
        "moved": [" ".join(types) for types in moved.values()],
        "most": most,
    }
    return sql, {**asked.parameters, **more}


def _filled(template: str, asked: Asked) -> str:
    sql = template.replace("COUNTED", asked.counted)
    for name in ("day_from", "day_to"):
        sql = sql.replace(f"STEP({name})", f"date_trunc('{asked.step}', {name})::DATE")
    return sql


def _happenings(filters: Filters, clock: Clock) -> tuple[str, dict[str, Any]]:
    fits = narrow_where(filters)
    own = [OWN[name] for name in _given(filters) if name in OWN]
    if all(name in OWN for name in _given(filters)):
        condition = " AND ".join(own) or "true"
    else:
        told = TOLD.replace("$FITS", fits.sql)
        condition = f"happening IN ({told})"
    sql = HAPPENINGS.replace("$FITS", condition)
    used = {k: v for k, v in fits.parameters.items() if f"${k}" in sql}
    if clock is Clock.EVENT:
        return _dated(sql, "when_from", "when_to"), used
    return _dated(sql, "first_reported", "first_reported"), used


def _events(filters: Filters, clock: Clock) -> tuple[str, dict[str, Any]]:
    fits = narrow_where(filters)
    sql = EVENTS.replace("$FITS", fits.sql)
    if clock is Clock.EVENT:
        plain = sql.replace("$narrow_dated_events", "$narrow_events")
        return _dated(plain, "when_from", "when_to"), fits.parameters
    return _dated(sql, "date", "date"), fits.parameters


def _dated(sql: str, first: str, last: str) -> str:
    return sql.replace("$FROM", first).replace("$TO", last)


def _given(filters: Filters) -> list[str]:
    return [
        name
        for name in filters.__struct_fields__
        if getattr(filters, name) not in (None, ())
    ]
