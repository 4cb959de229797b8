"""Numbers over time: what is counted, about whom, each value with who says so."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from onrecord.model.happening import Status
from onrecord.show.sql import load_sql
from onrecord.show.views.cite import CellMark, Cite, Passage, find_cites
from onrecord.show.views.numbers_rules import (
    Lines,
    NumberRules,
    country_names,
    country_words,
    load_number_rules,
)
from onrecord.show.views.numbers_shape import (
    NumberLine,
    NumberPoint,
    Numbers,
    Range,
)
from onrecord.store.filters import Filters, where
from onrecord.store.query import connect, rows
from onrecord.understand.sentences import split_sentences

Row = Mapping[str, Any]
UNNAMED = "SELECT count(*) AS unnamed FROM counted WHERE counted IS NULL"
KEY = ("counted", "about", "status", "event_type")
Key = tuple[Any, ...]


def numbers(
    record: Path,
    filters: Filters,
    *,
    limit: int | None = None,
    as_of: str | None = None,
) -> Numbers:
    """Return numbers by what they count and about whom, in order of time.

    With filters, those of the events that fit; without, all. Copies tell nothing of
    their own. Of a line with more than 200 values the latest are returned.
    """
    rules = load_number_rules()
    connection = connect(record, as_of=as_of)
    _count(connection, filters, rules)
    most = limit or rules.lines.shown
    found = _rows(connection, load_sql("numbers_lines"), {"most": most})
    (rest,) = _rows(connection, UNNAMED, {})
    keys: list[Key] = [tuple(row[name] for name in KEY) for row in found]
    points = _points(connection, keys, rules)
    cites = _cites(connection, [point for group in points.values() for point in group])
    return Numbers(
        lines=tuple(_line(key, points[key], cites, rules) for key in keys),
        more=found[0]["lines"] - len(found) if found else 0,
        unnamed=rest["unnamed"],
    )


def _count(
    connection: duckdb.DuckDBPyConnection, filters: Filters, rules: NumberRules
) -> None:
    """Make the table `counted`; it lives as long as the connection."""
    fits = where(filters)
    words = country_words()
    mixed = (*rules.lines.mixed, *rules.lines.money, *rules.lines.measures)
    forms = [(form, same.forms[0]) for same in rules.same for form in same.forms]
    sql = load_sql("numbers").replace("FITS", fits.sql)
    connection.execute(
        sql.replace("JOINED", "LEFT" if filters == Filters() else "INNER"),
        {
            **fits.parameters,
            "words": list(words),
            "codes": list(words.values()),
            "forms": [form.removesuffix("s") for form, _ in forms],
            "names": [name.removesuffix("s") for _, name in forms],
            "measures": [name.removesuffix("s") for name in rules.lines.measures],
            "money": [name.removesuffix("s") for name in rules.lines.money],
            "mixed": [name.removesuffix("s") for name in mixed],
        },
    )


def _rows(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return rows of a query on a table that only this connection has."""
    relation = connection.sql(sql, params=dict(parameters) or None)
    found: list[dict[str, Any]] = relation.to_arrow_table().to_pylist()
    return found


def _points(
    connection: duckdb.DuckDBPyConnection, keys: Sequence[Key], rules: NumberRules
) -> dict[Key, list[Row]]:
    grouped: dict[Key, list[Row]] = {key: [] for key in keys}
    if not keys:
        return grouped
    columns = zip(KEY, zip(*keys, strict=True), strict=True)
    parameters: dict[str, Any] = {name: list(column) for name, column in columns}
    parameters["points"] = rules.lines.points
    for row in _rows(connection, load_sql("numbers_points"), parameters):
        grouped[tuple(row[name] for name in KEY)].append(row)
    return grouped


def _cites(
    connection: duckdb.DuckDBPyConnection, points: Sequence[Row]
) -> dict[str, Cite]:
    """Return the cite of each point by its quantity's id."""
    firsts = [point["first"] for point in points]
    events = find_cites(connection, [f["event_id"] for f in firsts if f["event_id"]])
    bare = {f["doc_id"] for f in firsts if f["event_id"] not in events}
    sql = "SELECT * FROM reports WHERE doc_id IN (SELECT unnest($ids))"
    found = rows(connection, sql, {"ids": sorted(bare)}) if bare else ()
    reports = {row["doc_id"]: row for row in found}
    cites: dict[str, Cite] = {}
    for point, first in zip(points, firsts, strict=True):
        cite = events.get(first["event_id"])
        cites[first["quantity_id"]] = cite or _cut(reports[first["doc_id"]], point)
    return cites


def _cut(report: Row, point: Row) -> Cite:
    """Return the sentence around a number that is in no event."""
    text, span = report["text"], point["first"]["span"]
    line = text.rfind("\n", 0, span["start"]) + 1
    stop = text.find("\n", span["end"])
    paragraph = text[line : None if stop < 0 else stop]
    cuts = split_sentences(paragraph)
    start, end = next(
        (line + cut.span.start, line + cut.span.end)
        for cut in cuts
        if cut.span.start + line <= span["start"] < cut.span.end + line
    )
    mark = CellMark(cell="quantity", start=span["start"], end=span["end"])
    return Cite(
        doc_id=report["doc_id"],
        source_id=report["source_id"],
        outlet=report["outlet"],
        date=report["date"],
        title=report["title"],
        url=report["url"],
        sentence=Passage(start=start, end=end, text=text[start:end]),
        by=tuple(point["voices"]),
        cells=(mark,),
    )


def _line(
    key: Key, found: Iterable[Row], cites: Mapping[str, Cite], rules: NumberRules
) -> NumberLine:
    counted, about, status, event_type = key
    listed = list(found)
    points = tuple(_point(row, cites[row["first"]["quantity_id"]]) for row in listed)
    return NumberLine(
        of=_named(counted, [row["first"]["said_of"] for row in listed], rules),
        about=country_names().get(about, about) if about else None,
        slot=listed[0]["slot"] if listed else None,
        status=Status(status) if status else None,
        event_type=event_type,
        points=points,
        differing=differ(points, rules.lines.about),
        current=current_range(points, rules.lines),
    )


def _named(counted: str, said: Sequence[str], rules: NumberRules) -> str:
    names = {same.forms[0].removesuffix("s"): same.forms[0] for same in rules.same}
    if counted in names or not said:
        return names.get(counted, counted)
    usual = Counter(said)
    return min(usual, key=lambda form: (-usual[form], form))


def _point(row: Row, cite: Cite) -> NumberPoint:
    first = row["first"]
    low, high = row["low"], row["high"]
    exact = row["modifier"] == "exact"
    return NumberPoint(
        value=row["value"],
        low=row["value"] if low is None and _is(row, "at_least", exact) else low,
        high=row["value"] if high is None and _is(row, "at_most", exact) else high,
        modifier=row["modifier"],
        of=first["said_of"],
        factuality=first["factuality"],
        toward=tuple(first["toward"] or ()),
        places=tuple(first["places"] or ()),
        since=row["since"],
        until=row["until"],
        reports=row["reports"],
        cite=cite,
    )


def _is(row: Row, modifier: str, exact: bool) -> bool:
    return exact or row["modifier"] == modifier


def differ(points: Sequence[NumberPoint], about: float) -> bool:
    """Return whether no number fits all that is said."""
    lows = [_bounds(point, about)[0] for point in points]
    highs = [_bounds(point, about)[1] for point in points]
    return bool(points) and max(lows) > min(highs)


def _bounds(point: NumberPoint, about: float) -> tuple[float, float]:
    if point.low is None and point.high is None:
        spread = abs(point.value) * about
        return point.value - spread, point.value + spread
    return (
        -math.inf if point.low is None else point.low,
        math.inf if point.high is None else point.high,
    )


def current_range(points: Sequence[NumberPoint], lines: Lines) -> Range | None:
    """Return from what to what the voices' last words of the last days go."""
    days = [point.until for point in points if point.until is not None]
    since = max(days) - dt.timedelta(days=lines.current_days) if days else None
    last: dict[object, NumberPoint] = {}
    for point in sorted(points, key=lambda p: p.until or dt.date.min):
        if since is None or (point.until is not None and point.until >= since):
            last[point.cite.by or point.cite.outlet] = point
    if not last:
        return None
    told = tuple(last.values())
    spoken = [point.until for point in told if point.until is not None]
    return Range(
        low=min(p.value if p.low is None else p.low for p in told),
        high=max(p.value if p.high is None else p.high for p in told),
        open_low=any(p.modifier == "at_most" and p.low is None for p in told),
        open_high=any(p.modifier == "at_least" and p.high is None for p in told),
        voices=len(told),
        since=min(spoken, default=None),
        until=max(spoken, default=None),
    )
