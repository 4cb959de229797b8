"""What the page shows of events to judge: their words, values and decisions so far."""

from pathlib import Path
from typing import Any

import duckdb
import msgspec

from onrecord.model.annotation import Modifier, Precision
from onrecord.model.event import EventType, Factuality
from onrecord.model.fix import GRANULARITIES
from onrecord.model.judgement import CellValues
from onrecord.ontology import load_ontology
from onrecord.show.review import (
    Decided,
    Sample,
    choose_events,
    find_decisions,
    show_events,
)
from onrecord.show.views.cite import CellMark, find_cites
from onrecord.show.views.events_listing import event_lines
from onrecord.store.filters import Filters
from onrecord.store.query import connect, rows
from onrecord.store.shown import cells_of

Row = dict[str, Any]

AROUND = 300  # code points before and after the sentence
TEXTS = "SELECT doc_id, text FROM reports WHERE doc_id IN (SELECT unnest($ids))"
CODED = """
SELECT e.*, r.text AS report_text, NOT e.event_id IN (
    SELECT event_id FROM events WHERE event_id = $event_id
) AS rejected
FROM coded_events AS e JOIN reports AS r USING (doc_id) WHERE e.event_id = $event_id
"""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A correction with what became of it; `was` and `value` are a cell's."""

    correction_id: str
    verdict: str
    cell: str | None
    was: Any
    value: Any
    author: str
    made: str
    note: str | None
    state: str | None
    why: str | None


class ReviewState(msgspec.Struct, frozen=True, kw_only=True):
    """An event's values as they stand and as coded, and what people decided."""

    event_id: str
    rejected: bool
    values: CellValues
    coded: CellValues
    corrections: tuple[Decision, ...]


class ReviewItem(msgspec.Struct, frozen=True, kw_only=True):
    """An event to judge. `marks` lie in the sentence; places count in the report."""

    event: Row
    sentence: Row
    before: str
    after: str
    marks: tuple[CellMark, ...]
    values: CellValues
    corrections: tuple[Decision, ...]


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """The codes that each cell can have."""

    type: tuple[str, ...]
    factuality: tuple[str, ...]
    mode: dict[str, tuple[str, ...]]
    contexts: tuple[str, ...]
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    precision: tuple[str, ...]
    modifier: tuple[str, ...]
    granularity: tuple[str, ...]


class ReviewQueue(msgspec.Struct, frozen=True, kw_only=True):
    """Events to judge; `total` fit the filters, `left` of them the author has not
    judged.
    """

    items: tuple[ReviewItem, ...]
    total: int
    left: int
    choices: Choices


def review_queue(
    record: Path,
    filters: Filters,
    *,
    author: str,
    sample: Sample = Sample.UNCERTAIN,
    seed: int = 0,
    limit: int = 50,
    judged: bool = False,
) -> ReviewQueue:
    """Return events for `author` to judge."""
    connection = connect(record)
    chosen = choose_events(
        connection,
        filters,
        sample=sample,
        seed=seed,
        size=limit,
        judged=judged,
        author=author,
    )
    return ReviewQueue(
        items=_items(connection, chosen.ids),
        total=chosen.total,
        left=chosen.left,
        choices=_choices(),
    )


def review_state(record: Path, event_id: str) -> ReviewState | None:
    """Return what was decided about an event; None where there is no such."""
    connection = connect(record)
    found = next(rows(connection, CODED, {"event_id": event_id}), None)
    if found is None:
        return None
    text, rejected = found.pop("report_text"), found.pop("rejected")
    coded = cells_of(found, text)
    shown = show_events(connection, [event_id])
    decided = find_decisions(connection, event_id=event_id)
    return ReviewState(
        event_id=event_id,
        rejected=rejected,
        values=shown[0].cells if shown else coded,
        coded=coded,
        corrections=tuple(map(_decision, decided)),
    )


def _items(
    connection: duckdb.DuckDBPyConnection, ids: tuple[str, ...]
) -> tuple[ReviewItem, ...]:
    lines = event_lines(connection, ids)
    cites = find_cites(connection, ids)
    values = {s.anchor.event_id: s.cells for s in show_events(connection, ids)}
    reports = {line["doc_id"] for line in lines}
    found = rows(connection, TEXTS, {"ids": sorted(reports)})
    texts = {row["doc_id"]: row["text"] for row in found}
    decided: dict[str, list[Decision]] = {}
    wanted = set(ids)
    for one in find_decisions(connection):
        if one.event_id in wanted:
            decided.setdefault(one.event_id, []).append(_decision(one))
    return tuple(
        _item(
            line,
            texts[line["doc_id"]],
            cites[line["event_id"]].cells,
            values[line["event_id"]],
            tuple(decided.get(line["event_id"], ())),
        )
        for line in lines
    )


def _item(
    line: Row,
    text: str,
    marks: tuple[CellMark, ...],
    values: CellValues,
    decided: tuple[Decision, ...],
) -> ReviewItem:
    sentence = line["sentence"]
    start, end = sentence["start"], sentence["end"]
    return ReviewItem(
        event=line,
        sentence=sentence,
        before=text[max(start - AROUND, 0) : start],
        after=text[end : end + AROUND],
        marks=marks,
        values=values,
        corrections=decided,
    )


def _decision(decided: Decided) -> Decision:
    one = decided.correction
    fixed = one.cell is not None
    return Decision(
        correction_id=one.correction_id,
        verdict=one.verdict.value,
        cell=one.cell.value if one.cell else None,
        was=_json(one.was) if fixed else None,
        value=_json(one.value),
        author=one.author,
        made=one.made,
        note=one.note,
        state=decided.state.value if decided.state else None,
        why=decided.why,
    )


def _json(kept: str | None) -> Any:
    return None if kept is None else msgspec.json.decode(kept)


def _choices() -> Choices:
    ontology = load_ontology()
    return Choices(
        type=tuple(EventType),
        factuality=tuple(Factuality),
        mode={name: tuple(sorted(m)) for name, m in ontology.modes.items()},
        contexts=ontology.contexts,
        countries=tuple(sorted(ontology.countries)),
        sectors=tuple(ontology.sectors),
        precision=tuple(Precision),
        modifier=tuple(Modifier),
        granularity=GRANULARITIES,
    )
