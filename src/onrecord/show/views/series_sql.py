"""The SQL of a time series: happenings or events, sorted into steps of time."""

from typing import Any

import msgspec

from onrecord.show.views.series_shape import Clock, Step, What
from onrecord.store.filters import Filters, where

Query = tuple[str, dict[str, Any]]

# Filters that a happening answers itself; the others ask its events.
OWN = {
    "types": "list_contains($filter_types, lower(event_type))",
    "modes": "list_contains($filter_modes, lower(mode))",
    "factualities": "true",  # `tallies` sees to them
}
FACTUALITY = """CASE
    WHEN status = 'happened' THEN 'happened'
    WHEN status = 'ahead' THEN if(planned >= hypothetical, 'planned', 'hypothetical')
    ELSE if(denied > 0, 'denied', 'negated')
END"""
HAPPENINGS = f"""
SELECT happening_id AS id, event_type, mode, origins, {FACTUALITY} AS factuality,
    $FROM AS day_from, $TO AS day_to
FROM happenings
WHERE $FITS
"""
TOLD = """
SELECT happening_id FROM tellings
SEMI JOIN (SELECT telling_id FROM events WHERE $FITS) USING (telling_id)
"""
EVENTS = """
SELECT event_id AS id, event_type, mode, 1 AS origins, factuality,
    $FROM AS day_from, $TO AS day_to
FROM $TABLE
WHERE $FITS
"""
TALLIES = """
SELECT
    CASE WHEN STEP(day_from) = STEP(day_to) THEN STEP(day_from) END AS step,
    day_from IS NOT NULL AS timed,
    event_type, mode, factuality, count(*) AS count
FROM (COUNTED)
WHERE $CHOSEN
GROUP BY ALL
ORDER BY ALL
"""
BEHIND_EVENTS = """
SELECT event_id, list_contains($types, event_type) AS moved, confidence
FROM events
SEMI JOIN (INSIDE) AS inside ON inside.id = events.event_id
ORDER BY moved DESC, confidence DESC, event_id
LIMIT $most
"""
# Of each happening the event that is surest.
BEHIND_HAPPENINGS = """
SELECT arg_min(event_id, (-confidence, event_id)) AS event_id,
    list_contains($types, any_value(inside.event_type)) AS moved,
    any_value(origins) AS origins, max(confidence) AS confidence
FROM (INSIDE) AS inside
JOIN tellings ON tellings.happening_id = inside.id
JOIN events USING (telling_id)
GROUP BY inside.id
ORDER BY moved DESC, origins DESC, confidence DESC, event_id
LIMIT $most
"""
DAYS_OF_REPORTS = "SELECT min(date) AS first, max(date) AS last FROM reports"
INSIDE = """
SELECT * FROM (COUNTED)
WHERE factuality = 'happened' AND STEP(day_from) = $start AND STEP(day_to) = $start
"""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted: rows with id, type, mode, factuality and days, as SQL."""

    counted: str
    step: Step
    what: What
    parameters: dict[str, Any]
    factualities: tuple[str, ...]


def ask(filters: Filters, *, step: Step, what: What, clock: Clock) -> Asked:
    """Return what the filters ask for."""
    # The first and the last step stand for these; who has no day is counted, too.
    timeless = msgspec.structs.replace(filters, since=None, until=None)
    build = _happenings if what is What.HAPPENINGS else _events
    counted, parameters = build(timeless, clock)
    return Asked(
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
    if asked.factualities:
        chosen = "list_contains($factualities, factuality)"
        parameters = {**parameters, "factualities": list(asked.factualities)}
    return _filled(TALLIES, asked).replace("$CHOSEN", chosen), parameters


def behind(asked: Asked, start: Any, types: tuple[str, ...], most: int) -> Query:
    """Return the query for the events of one step, those of `types` first."""
    by_event = asked.what is What.EVENTS
    template = BEHIND_EVENTS if by_event else BEHIND_HAPPENINGS
    sql = _filled(template.replace("INSIDE", INSIDE), asked)
    more = {"start": start, "types": list(types), "most": most}
    return sql, {**asked.parameters, **more}


def _filled(template: str, asked: Asked) -> str:
    sql = template.replace("COUNTED", asked.counted)
    for name in ("day_from", "day_to"):
        sql = sql.replace(f"STEP({name})", f"date_trunc('{asked.step}', {name})::DATE")
    return sql


def _happenings(filters: Filters, clock: Clock) -> tuple[str, dict[str, Any]]:
    fits = where(filters)
    own = [OWN[name] for name in _given(filters) if name in OWN]
    if all(name in OWN for name in _given(filters)):
        condition = " AND ".join(own) or "true"
    else:
        told = TOLD.replace("$FITS", fits.sql)
        condition = f"happening_id IN ({told})"
    sql = HAPPENINGS.replace("$FITS", condition)
    used = {k: v for k, v in fits.parameters.items() if f"${k}" in sql}
    if clock is Clock.EVENT:
        return _dated(sql, "when_from", "when_to"), used
    return _dated(sql, "first_reported", "first_reported"), used


def _events(filters: Filters, clock: Clock) -> tuple[str, dict[str, Any]]:
    fits = where(filters)
    sql = EVENTS.replace("$FITS", fits.sql)
    if clock is Clock.EVENT:
        sql = sql.replace("$TABLE", "events")
        return _dated(sql, "when_from", "when_to"), fits.parameters
    joined = "events JOIN (SELECT doc_id, date FROM reports) USING (doc_id)"
    return _dated(sql.replace("$TABLE", joined), "date", "date"), fits.parameters


def _dated(sql: str, first: str, last: str) -> str:
    return sql.replace("$FROM", first).replace("$TO", last)


def _given(filters: Filters) -> list[str]:
    return [
        name
        for name in filters.__struct_fields__
        if getattr(filters, name) not in (None, ())
    ]
