"""What a row of a view rests on: a sentence of a report, with its words marked."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import duckdb
import msgspec

from onrecord.show.views.located import Place, places_of, rows_at
from onrecord.store.query import fetch

Row = Mapping[str, Any]


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a report, with its words."""

    start: int
    end: int
    text: str


class CellMark(msgspec.Struct, frozen=True, kw_only=True):
    """Words that a cell rests on, such as `actor`; places count in the report."""

    cell: str
    start: int
    end: int


class Cite(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of one report, and on whose word it tells what it tells.

    `by` are names, outermost first; empty is the report's own voice. An event has
    `event_id`, a statement `statement_id`. `cells` lie within the sentence.
    """

    event_id: str | None = None
    statement_id: str | None = None
    doc_id: str
    source_id: str
    outlet: str | None
    date: dt.date | None
    title: str | None
    url: str | None
    sentence: Passage
    by: tuple[str, ...] = ()
    cells: tuple[CellMark, ...] = ()


CODED = {"event_type": "type", "mode": "mode", "factuality": "factuality"}
# What `event_cite` and `statement_cite` read, of `events AS e`, `statements AS s` and
# `reports AS r`.
REPORT_COLUMNS = "r.outlet, r.date, r.title, r.url"
EVENT_COLUMNS = (
    "e.event_id, e.doc_id, e.source_id, e.sentence, e.attribution, e.actors,"
    " e.recipients, e.cells, e.condition, e.when_spans, e.places, e.quantities,"
    f" {REPORT_COLUMNS}"
)
STATEMENT_COLUMNS = (
    "s.statement_id, s.doc_id, s.source_id, s.sentence, s.speaker, s.addressee, s.cue,"
    f" s.content, {REPORT_COLUMNS}"
)
OF_EVENT = EVENT_COLUMNS.removesuffix(f", {REPORT_COLUMNS}")


def find_cites(
    connection: duckdb.DuckDBPyConnection, event_ids: Collection[str]
) -> dict[str, Cite]:
    """Return the cite of each of some events, by event id."""
    if not event_ids:
        return {}
    found = _at(connection, places_of(connection, event_ids))
    return {row["event_id"]: event_cite(row) for row in found}


def cites_at(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place]
) -> list[tuple[str, Cite]]:
    """Return factuality and cite of the events at some places, in their order."""
    return [(row["factuality"], event_cite(row)) for row in _at(connection, places)]


def find_cites_at(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place]
) -> dict[Place, Cite]:
    """Return the cites of the events at some places."""
    return {
        (row["filename"], row["file_row_number"]): event_cite(row)
        for row in _at(connection, places)
    }


def ids_at(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place]
) -> dict[Place, str]:
    """Return the ids of the events at some places."""
    if not places:
        return {}
    source, parameters = rows_at(connection, "events", places)
    sql = f"SELECT filename, file_row_number, event_id FROM {source}"
    return {
        (row["filename"], row["file_row_number"]): row["event_id"]
        for row in fetch(connection, sql, parameters)
    }


def told_at(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place]
) -> list[tuple[str, Cite]]:
    """Return telling and cite of the events at some places."""
    return [(row["telling_id"], event_cite(row)) for row in _at(connection, places)]


def _at(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place]
) -> Iterator[Row]:
    if not places:
        return
    source, parameters = rows_at(connection, "events", places)
    columns = f"filename, file_row_number, e.factuality, e.telling_id, {OF_EVENT}"
    found = {
        (row["filename"], row["file_row_number"]): row
        for row in fetch(connection, f"SELECT {columns} FROM {source} AS e", parameters)
    }
    reports = reports_of(connection, {row["doc_id"] for row in found.values()})
    for place in places:
        row = found.get(place)
        if row is not None and row["doc_id"] in reports:
            yield {**row, **reports[row["doc_id"]]}


def reports_of(
    connection: duckdb.DuckDBPyConnection, doc_ids: Collection[str]
) -> dict[str, Row]:
    """Return what a cite tells of some reports, by their ids."""
    if not doc_ids:
        return {}
    places = places_of(connection, doc_ids, "reports", "doc")
    source, parameters = rows_at(connection, "reports", places)
    sql = f"SELECT doc_id, {REPORT_COLUMNS} FROM {source} AS r"
    found = fetch(connection, sql, parameters)
    return {row.pop("doc_id"): row for row in found}


def event_cite(row: Row) -> Cite:
    """Return the cite of a row with `EVENT_COLUMNS`."""
    by = tuple(source["name"] for source in row["attribution"])
    return _cite(row, by, _event_marks(row), event_id=row["event_id"])


def statement_cite(row: Row) -> Cite:
    """Return the cite of a row with `STATEMENT_COLUMNS`."""
    by = (row["speaker"]["name"],)
    return _cite(row, by, _statement_marks(row), statement_id=row["statement_id"])


def _cite(
    row: Row,
    by: tuple[str, ...],
    marks: Iterable[tuple[str, Row | None]],
    *,
    event_id: str | None = None,
    statement_id: str | None = None,
) -> Cite:
    sentence = Passage(**row["sentence"])
    return Cite(
        event_id=event_id,
        statement_id=statement_id,
        doc_id=row["doc_id"],
        source_id=row["source_id"],
        outlet=row["outlet"],
        date=row["date"],
        title=row["title"],
        url=row["url"],
        sentence=sentence,
        by=by,
        cells=tuple(
            dict.fromkeys(
                CellMark(cell=cell, start=span["start"], end=span["end"])
                for cell, span in marks
                if span is not None and _within(span, sentence)
            )
        ),
    )


def _within(span: Row, sentence: Passage) -> bool:
    return bool(sentence.start <= span["start"] and span["end"] <= sentence.end)


def _event_marks(row: Row) -> Iterator[tuple[str, Row | None]]:
    for cell in row["cells"]:
        if cell["cell"] in CODED:
            for span in cell["spans"]:
                yield CODED[cell["cell"]], span
    yield from (("actor", party) for party in row["actors"])
    yield from (("recipient", party) for party in row["recipients"])
    yield "condition", row["condition"]
    for source in row["attribution"]:
        yield "by", source
        yield "cue", source["cue"]
    yield from (("when", span) for span in row["when_spans"])
    yield from (("where", place) for place in row["places"])
    yield from (("quantity", quantity) for quantity in row["quantities"])


def _statement_marks(row: Row) -> Iterator[tuple[str, Row | None]]:
    yield "by", row["speaker"]
    yield "cue", row["cue"]
    yield "recipient", row["addressee"]
    yield from (("content", span) for span in row["content"])
