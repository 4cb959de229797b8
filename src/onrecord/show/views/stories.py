"""Stories: a report with its copies, and where the words of each copy depart."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from onrecord.collapse import Comparer, Lexemes, load_story_words
from onrecord.errors import UsageError
from onrecord.model.span import Span
from onrecord.model.story import Drift, Relation
from onrecord.show.sql import load_sql
from onrecord.show.views.cite import Passage
from onrecord.show.views.located import locate, places_of, rows_at
from onrecord.show.views.stories_shape import (
    Altered,
    Departure,
    Stories,
    StoryLink,
    StoryReport,
    StoryRow,
    StoryView,
)
from onrecord.store.filters import Filters, Where, narrow_where
from onrecord.store.query import connect, fetch

__all__ = [
    "Altered",
    "Departure",
    "Stories",
    "StoryLink",
    "StoryReport",
    "StoryRow",
    "StoryView",
    "stories",
    "story",
]

Row = Mapping[str, Any]

ROWS = 100
REPORTS = 50  # of one story; each copy is compared with what it copies
MANY = 5  # ids shown when a beginning fits several
PREFIX = "sto-"
SPANS = (
    "s.story IN (SELECT m.story FROM $narrow_memberships AS m"
    " JOIN $narrow_reports AS c ON c.doc = m.doc GROUP BY m.story HAVING {having})"
)
HOLDS = "s.story IN (SELECT story FROM $narrow_events WHERE {fits})"
STORY_DOCS = """
SELECT r.filename, r.file_row_number
FROM $narrow_memberships AS m JOIN $narrow_reports AS r ON r.doc = m.doc
WHERE m.story = hash($story_id::VARCHAR)
ORDER BY m.relation <> 'original', r.date NULLS LAST, r.outlet, r.doc_id
LIMIT $limit
"""
REPORTS_OF = "SELECT doc_id, source_id, title, outlet, url, language FROM {source}"


def stories(
    record: Path,
    filters: Filters,
    *,
    limit: int = ROWS,
    as_of: str | None = None,
) -> Stories:
    """Return the stories that have an event which fits, at most `limit`.

    The days of the filters are those of the reports: the last not before `since`, the
    first not after `until`. A story may be named by the beginning of its id.
    """
    connection = connect(record, as_of=as_of)
    fits = _condition(filters)
    _make_page(connection, fits, limit)
    sql = load_sql("stories_count").replace("$story_fits", fits.sql)
    (count,) = fetch(connection, locate(connection, sql), fits.parameters)
    return Stories(
        count=count["stories"], reports=count["reports"], stories=_rows(connection)
    )


def story(
    record: Path,
    story_id: str,
    *,
    limit: int = REPORTS,
    as_of: str | None = None,
) -> StoryView:
    """Return the one story whose id begins so, else raise `UsageError`.

    At most `limit` reports, the original and its first copies, in order of date.
    """
    connection = connect(record, as_of=as_of)
    _make_page(connection, _named(story_id), MANY)
    found = _rows(connection)
    exact = tuple(row for row in found if row.story_id == story_id)
    chosen = exact or found
    if not story_id or not chosen:
        raise UsageError(
            f"no story {story_id!r} in {record}; `onrecord stories {record}` lists them"
        )
    if len(chosen) > 1:
        ids = ", ".join(row.story_id for row in chosen)
        raise UsageError(f"several stories begin with {story_id!r}: {ids}")
    parameters = {"story_id": chosen[0].story_id}
    reports = _of_story(connection, parameters["story_id"], limit)
    links = fetch(connection, load_sql("story_links"), parameters)
    return StoryView(
        story=chosen[0],
        reports=_reports(reports),
        links=tuple(msgspec.convert(row, StoryLink) for row in links),
    )


def _make_page(connection: duckdb.DuckDBPyConnection, fits: Where, limit: int) -> None:
    sql = load_sql("stories_page").replace("$story_fits", fits.sql)
    fetch(connection, locate(connection, sql), {**fits.parameters, "limit": limit})


def _of_story(
    connection: duckdb.DuckDBPyConnection, story_id: str, limit: int
) -> list[Row]:
    """Return the original of a story and its first copies, with their texts."""
    named = {"story_id": story_id}
    docs = fetch(connection, locate(connection, STORY_DOCS), {**named, "limit": limit})
    if not docs:
        return []
    places = [(row["filename"], row["file_row_number"]) for row in docs]
    source, parameters = rows_at(connection, "reports", places)
    sql = load_sql("story_reports").replace("$source", source)
    return list(fetch(connection, sql, {**named, **parameters}))


def _rows(connection: duckdb.DuckDBPyConnection) -> tuple[StoryRow, ...]:
    found = fetch(connection, locate(connection, load_sql("stories_rows")))
    places = places_of(connection, {r["original"] for r in found}, "reports", "doc")
    if not places:
        return ()
    source, parameters = rows_at(connection, "reports", places)
    originals = fetch(connection, REPORTS_OF.format(source=source), parameters)
    by_id = {row.pop("doc_id"): row for row in originals}
    return tuple(
        msgspec.convert(
            {**by_id[row["original"]], **row, "outlets": row["outlets"] or ()}, StoryRow
        )
        for row in found
    )


def _named(story_id: str) -> Where:
    return Where(
        "(starts_with(s.story_id, $given) OR starts_with(s.story_id, $whole))",
        {"given": story_id, "whole": f"{PREFIX}{story_id}"},
    )


def _condition(filters: Filters) -> Where:
    """Return the condition on `stories AS s` with its original `reports AS r`."""
    parts: list[str] = []
    parameters: dict[str, Any] = {}
    if filters.stories:
        parts.append(
            "len(list_filter($stories, lambda i: starts_with(s.story_id, i))) > 0"
        )
        parameters["stories"] = list(filters.stories)
    spans = {"since": "max(c.date) >= $since", "until": "min(c.date) <= $until"}
    given = {name: getattr(filters, name) for name in spans}
    having = [spans[name] for name, day in given.items() if day is not None]
    if having:
        parts.append(SPANS.format(having=" AND ".join(having)))
        parameters.update({name: day for name, day in given.items() if day})
    others = msgspec.structs.replace(filters, stories=(), since=None, until=None)
    if others != Filters():
        fits = narrow_where(others)
        parts.append(HOLDS.format(fits=fits.sql))
        parameters.update(fits.parameters)
    return Where(" AND ".join(parts) or "true", parameters)


def _reports(found: list[Row]) -> tuple[StoryReport, ...]:
    by_id = {row["doc_id"]: row for row in found}
    comparer = _comparer(by_id)
    in_order = sorted(found, key=_order)
    return tuple(_report(row, by_id, comparer) for row in in_order)


def _order(report: Row) -> tuple[dt.date, bool, str]:
    """Return what puts reports in order: by date, on one the original first."""
    day = report["date"] or dt.date.max
    return day, report["relation"] != Relation.ORIGINAL, report["doc_id"]


def _comparer(by_id: Mapping[str, Row]) -> Comparer:
    """Return what compares two reports."""

    def body_of(doc_id: str) -> tuple[str, int]:
        return by_id[doc_id]["text"], by_id[doc_id]["body_start"]

    return Comparer(Lexemes(load_story_words()), body_of)


def _report(row: Row, by_id: Mapping[str, Row], comparer: Comparer) -> StoryReport:
    original = by_id.get(row["of"]) if row["relation"] != Relation.EXACT else None
    altered = _altered(original, row, comparer) if original is not None else ()
    return StoryReport(
        doc_id=row["doc_id"],
        source_id=row["source_id"],
        outlet=row["outlet"],
        date=row["date"],
        title=row["title"],
        url=row["url"],
        relation=row["relation"],
        of=row["of"],
        similarity=row["similarity"],
        departures=sum(len(one.drift) for one in altered),
        altered=altered,
    )


def _altered(original: Row, copy: Row, comparer: Comparer) -> tuple[Altered, ...]:
    """Return the sentences of a copy that depart, in order."""
    explanation = comparer.explain(original["doc_id"], copy["doc_id"])
    changed = [
        Altered(
            copy=_passage(one.copy, copy),
            original=tuple(_passage(span, original) for span in one.original),
            drift=tuple(_departure(drift, original, copy) for drift in one.drift),
        )
        for one in explanation.sentences
        if one.drift
    ]
    added = [
        Altered(
            copy=_passage(span, copy),
            original=(),
            drift=(_departure(Drift(original=None, copy=span), original, copy),),
        )
        for span in explanation.added
    ]
    return tuple(sorted((*changed, *added), key=lambda one: one.copy.start))


def _departure(drift: Drift, original: Row, copy: Row) -> Departure:
    return Departure(
        original=_passage(drift.original, original) if drift.original else None,
        copy=_passage(drift.copy, copy) if drift.copy else None,
        changes=tuple(change.value for change in drift.changes),
    )


def _passage(span: Span, report: Row) -> Passage:
    return Passage(start=span.start, end=span.end, text=span.of(report["text"]))
