"""How far reviewers agree, cell by cell, on the events that several judged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from onrecord.model.correction import Correction, ReviewCell, Verdict
from onrecord.model.fix import key_of, load_fix
from onrecord.model.judgement import CellValues
from onrecord.show.review import find_decisions
from onrecord.show.review_alpha import Reliability, joint_alpha, nominal_alpha
from onrecord.store.query import connect, rows
from onrecord.store.shown import cells_of

EVENT = "event"  # whether it is one: what is kept or rejected
CODED = """
SELECT e.*, r.text AS report_text
FROM coded_events AS e JOIN reports AS r USING (doc_id)
WHERE e.event_id IN (SELECT unnest($ids))
"""


class CellAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement on one cell."""

    cell: str
    reliability: Reliability


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement of `authors`, by cell and in all; `events` were judged by several."""

    authors: tuple[str, ...]
    events: int
    cells: tuple[CellAgreement, ...]
    joint: Reliability


def agreement(record: Path) -> Agreement:
    """Return how far the reviewers of a record agree.

    What an author said of an event last counts. A cell that somebody judged and did
    not fix is taken as the coder has it; who rejects an event says nothing of cells.
    """
    connection = connect(record)
    said: dict[str, dict[str, list[Correction]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for decided in find_decisions(connection):
        if decided.event_id is not None:
            one = decided.correction
            said[decided.event_id][one.author].append(one)
    shared = {event: by for event, by in said.items() if len(by) > 1}
    coded: dict[str, CellValues] = {}
    for row in rows(connection, CODED, {"ids": sorted(shared)}):
        text = row.pop("report_text")
        coded[row["event_id"]] = cells_of(row, text)
    units: dict[str, list[list[str]]] = defaultdict(list)
    for event_id in sorted(shared):
        if event_id in coded:
            for cell, values in _units(shared[event_id], coded[event_id]).items():
                units[cell].append(values)
    names = (EVENT, *ReviewCell)
    cells = [
        CellAgreement(cell=str(name), reliability=nominal_alpha(units.get(name, ())))
        for name in names
    ]
    return Agreement(
        authors=tuple(sorted({a for by in shared.values() for a in by})),
        events=len(shared),
        cells=tuple(cells),
        joint=joint_alpha(cell.reliability for cell in cells),
    )


def _units(
    by_author: Mapping[str, Iterable[Correction]], coded: CellValues
) -> dict[str, list[str]]:
    """Return what the authors say of each cell of one event."""
    out: dict[str, list[str]] = defaultdict(list)
    for author in sorted(by_author):
        last: dict[ReviewCell, Any] = {}
        kept = True
        for one in by_author[author]:
            kept = one.verdict is not Verdict.REJECT
            if one.cell is not None and one.value is not None:
                last[one.cell] = load_fix(one.cell, one.value).value
        out[EVENT].append(str(kept))
        if not kept:
            continue
        for cell in ReviewCell:
            value = last[cell] if cell in last else getattr(coded, cell.value)
            out[cell.value].append(key_of(cell, value))
    return out
