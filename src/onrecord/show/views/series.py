"""A time series of a record: for each step of time what happened, and what did not."""

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from onrecord.errors import UsageError
from onrecord.ontology import Ontology, load_ontology
from onrecord.show.views.cite import Cite, find_cites_at, ids_at
from onrecord.show.views.located import Place, locate
from onrecord.show.views.series_changes import Part, find_parts
from onrecord.show.views.series_shape import (
    Change,
    Clock,
    Counts,
    Point,
    Series,
    Step,
    TypeCounts,
    What,
)
from onrecord.show.views.series_sql import (
    DAYS_OF_REPORTS,
    Asked,
    Query,
    ask,
    behind,
    tallies,
)
from onrecord.store.filters import Filters
from onrecord.store.query import connect, fetch

MOST_STEPS = 5_000  # days of 13 years; finding changes takes the square of it
MOST_CHANGES = 20  # that events are looked up for, the clearest
MOST_IDS = 50
LIKELIEST = 3
MOST_TYPES = 3
ZERO = Counts()

Tally = Mapping[str, Any]


def series(
    record: Path,
    filters: Filters,
    *,
    step: Step = Step.DAY,
    what: What = What.HAPPENINGS,
    clock: Clock = Clock.EVENT,
    as_of: str | None = None,
) -> Series:
    """Return counts for each step of time, and the steps with which they change.

    The first and last step are those of `since` and `until`; where a filter gives
    none, those of the first and the last report. Raises `UsageError` for more than
    5,000 steps.
    """
    connection = connect(record, as_of=as_of)
    asked = ask(filters, step=step, what=what, clock=clock)
    first, last = _ends(connection, filters)
    found = _fetch(connection, tallies(asked))
    starts = _starts(first, last, step)
    inside, apart = _sorted(found, starts)
    points = _points(inside, starts, step, load_ontology())
    return Series(
        what=what,
        step=step,
        clock=clock,
        start=points[0].start if points else None,
        end=points[-1].end if points else None,
        points=points,
        changes=_changes(connection, asked, points),
        unknown=_counts(apart["unknown"]),
        wider=_counts(apart["wider"]),
        outside=_counts(apart["outside"]),
    )


def _ends(
    connection: duckdb.DuckDBPyConnection, filters: Filters
) -> tuple[dt.date | None, dt.date | None]:
    (found,) = _fetch(connection, (DAYS_OF_REPORTS, {}))
    return filters.since or found["first"], filters.until or found["last"]


def _starts(
    first: dt.date | None, last: dt.date | None, step: Step
) -> tuple[dt.date, ...]:
    """Return the first day of each step, in order."""
    if first is None or last is None or last < first:
        return ()
    starts = [_start(first, step)]
    while (following := _next(starts[-1], step)) <= last:
        starts.append(following)
        if len(starts) > MOST_STEPS:
            raise UsageError(
                f"{first} to {last} are more than {MOST_STEPS:,} steps of a {step};"
                " use --step month, or --since and --until"
            )
    return tuple(starts)


def _start(day: dt.date, step: Step) -> dt.date:
    match step:
        case Step.DAY:
            return day
        case Step.WEEK:
            return day - dt.timedelta(days=day.weekday())
        case Step.MONTH:
            return day.replace(day=1)


def _next(start: dt.date, step: Step) -> dt.date:
    match step:
        case Step.DAY:
            return start + dt.timedelta(days=1)
        case Step.WEEK:
            return start + dt.timedelta(days=7)
        case Step.MONTH:
            return (start + dt.timedelta(days=31)).replace(day=1)


def _sorted(
    found: Sequence[Tally], starts: Sequence[dt.date]
) -> tuple[dict[dt.date, list[Tally]], dict[str, list[Tally]]]:
    """Return the tallies of each step, and those that are in none by the reason."""
    inside: dict[dt.date, list[Tally]] = {start: [] for start in starts}
    apart: dict[str, list[Tally]] = {"unknown": [], "wider": [], "outside": []}
    for tally in found:
        if tally["step"] in inside:
            inside[tally["step"]].append(tally)
        elif tally["step"] is not None:
            apart["outside"].append(tally)
        else:
            apart["wider" if tally["timed"] else "unknown"].append(tally)
    return inside, apart


def _points(
    inside: Mapping[dt.date, Sequence[Tally]],
    starts: Sequence[dt.date],
    step: Step,
    ontology: Ontology,
) -> tuple[Point, ...]:
    last = dt.timedelta(days=1)
    return tuple(
        _point(inside[start], start, _next(start, step) - last, ontology)
        for start in starts
    )


def _point(
    tallies: Sequence[Tally], start: dt.date, end: dt.date, ontology: Ontology
) -> Point:
    types = _types(tallies, ontology)
    quads = [0, 0, 0, 0]
    for counted in types:
        quads[counted.quad - 1] += counted.counts.happened
    return Point(
        start=start,
        end=end,
        counts=_counts(tallies),
        score=round(sum((t.score for t in types), 0.0), 1),
        quads=(quads[0], quads[1], quads[2], quads[3]),
        types=types,
    )


def _types(tallies: Sequence[Tally], ontology: Ontology) -> tuple[TypeCounts, ...]:
    """Return the counts of the types that occur, in the codebook's order."""
    by_type: dict[str, list[Tally]] = {}
    for tally in tallies:
        by_type.setdefault(tally["event_type"], []).append(tally)
    return tuple(
        TypeCounts(
            event_type=name,
            quad=entry.quad,
            counts=_counts(by_type[name]),
            score=_score(by_type[name], ontology),
        )
        for name, entry in ontology.event_types.items()
        if name in by_type
    )


def _score(tallies: Sequence[Tally], ontology: Ontology) -> float:
    scores = (
        ontology.score(t["event_type"], t["mode"]) * t["count"]
        for t in tallies
        if t["factuality"] == "happened"
    )
    return round(sum(scores, 0.0), 1)


def _counts(tallies: Sequence[Tally]) -> Counts:
    if not tallies:
        return ZERO
    counts = dict.fromkeys(Counts.__struct_fields__, 0)
    for tally in tallies:
        counts[tally["factuality"]] += tally["count"]
    return Counts(**counts)


def _changes(
    connection: duckdb.DuckDBPyConnection, asked: Asked, points: Sequence[Point]
) -> tuple[Change, ...]:
    parts = find_parts([p.counts.happened for p in points])
    pairs = list(itertools.pairwise(parts))
    clear = sorted(pairs, key=lambda pair: -pair[1].gain)[:MOST_CHANGES]
    moved = {
        points[after.start].start: _moved(points, before, after)
        for before, after in pairs
        if (before, after) in clear
    }
    told = _behind(connection, asked, moved)
    likeliest = [place for places in told.values() for place in places[:LIKELIEST]]
    cites = find_cites_at(connection, likeliest)
    ids = ids_at(connection, [place for places in told.values() for place in places])
    return tuple(
        _change(points, pair, moved, told, ids, cites)
        for pair in pairs
        if pair in clear
    )


def _behind(
    connection: duckdb.DuckDBPyConnection,
    asked: Asked,
    moved: Mapping[dt.date, tuple[str, ...]],
) -> dict[dt.date, list[Place]]:
    """Return where the events lie with which a rate changes, by step."""
    told: dict[dt.date, list[Place]] = {start: [] for start in moved}
    if moved:
        for row in _fetch(connection, behind(asked, moved, MOST_IDS)):
            told[row["start"]].append((row["filename"], row["file_row_number"]))
    return told


def _fetch(connection: duckdb.DuckDBPyConnection, query: Query) -> list[dict[str, Any]]:
    sql, parameters = query
    return fetch(connection, locate(connection, sql), parameters)


def _change(
    points: Sequence[Point],
    pair: tuple[Part, Part],
    moved: Mapping[dt.date, tuple[str, ...]],
    told: Mapping[dt.date, Sequence[Place]],
    ids: Mapping[Place, str],
    cites: Mapping[Place, Cite],
) -> Change:
    before, after = pair
    point = points[after.start]
    places = told[point.start]
    return Change(
        at=point.start,
        before=round(before.rate, 2),
        after=round(after.rate, 2),
        gain=round(after.gain, 2),
        types=moved[point.start],
        event_ids=tuple(ids[place] for place in places if place in ids),
        events=point.counts.happened,
        likeliest=tuple(cites[p] for p in places[:LIKELIEST] if p in cites),
    )


def _moved(points: Sequence[Point], before: Part, after: Part) -> tuple[str, ...]:
    """Return the types whose rate goes the way of the whole, the most first."""
    old, new = _rates(points, before), _rates(points, after)
    way = 1 if after.rate > before.rate else -1
    shifts = {t: way * (new.get(t, 0.0) - old.get(t, 0.0)) for t in {*old, *new}}
    ranked = sorted(shifts, key=lambda name: (-shifts[name], name))
    return tuple(name for name in ranked if shifts[name] > 0)[:MOST_TYPES]


def _rates(points: Sequence[Point], part: Part) -> dict[str, float]:
    sums: dict[str, int] = {}
    for point in points[part.start : part.end]:
        for counted in point.types:
            name = counted.event_type
            sums[name] = sums.get(name, 0) + counted.counts.happened
    return {name: total / (part.end - part.start) for name, total in sums.items()}
