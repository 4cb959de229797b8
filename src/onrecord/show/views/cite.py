"""What a row of a view rests on: a sentence of a report, with its words marked."""

import datetime as dt

import msgspec


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
