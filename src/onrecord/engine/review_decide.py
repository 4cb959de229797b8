"""What becomes of corrections: which event each is about, and which word counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from onrecord.engine.review_apply import Misfit, apply_fix
from onrecord.engine.review_match import Candidate, Missing, match
from onrecord.engine.review_values import load_checked
from onrecord.model.correction import (
    Correction,
    ReviewCell,
    Reviewed,
    State,
    Verdict,
)
from onrecord.model.event import Factuality
from onrecord.model.fix import Fix, cell_of, key_of
from onrecord.model.happening import STATUS_OF
from onrecord.model.ids import content_id
from onrecord.ontology import Ontology
from onrecord.store.shown import cells_of

Row = dict[str, Any]
ORDER = {cell: place for place, cell in enumerate(ReviewCell)}


class Scope(msgspec.Struct, frozen=True):
    """Where corrections look for their events.

    `candidates` are the events of each coded report, `reports` the coded reports of
    the story of each report that was shown; `known` are those the record holds.
    """

    candidates: Mapping[str, tuple[Candidate, ...]]
    reports: Mapping[str, tuple[str, ...]]
    known: frozenset[str]
    texts: Mapping[str, str]

    def events_for(self, doc_id: str) -> list[Candidate]:
        """Return the events of the story of a report."""
        return [
            candidate
            for report in self.reports.get(doc_id, ())
            for candidate in self.candidates.get(report, ())
        ]


class Settled(msgspec.Struct, frozen=True):
    """What became of corrections, and the rows of events that they change."""

    reviewed: tuple[Reviewed, ...]
    corrected: tuple[Row, ...]


def decide(
    corrections: Iterable[Correction], scope: Scope, ontology: Ontology
) -> Settled:
    """Return what becomes of corrections, which come in the order they were made."""
    reviewed: list[Reviewed] = []
    found: dict[str, list[Correction]] = defaultdict(list)
    events: dict[str, Row] = {}
    for correction in corrections:
        outcome = _find(correction, scope)
        if isinstance(outcome, Reviewed):
            reviewed.append(outcome)
            continue
        event_id = outcome.row["event_id"]
        events[event_id] = outcome.row
        found[event_id].append(correction)
    corrected: list[Row] = []
    for event_id, some in found.items():
        row = events[event_id]
        states, changed = _decide_event(row, scope.texts[row["doc_id"]], some, ontology)
        reviewed += states
        if changed is not None:
            mates = [c.row for c in scope.candidates[row["doc_id"]]]
            corrected.append({**changed, "telling_id": _telling(row, changed, mates)})
    return Settled(
        tuple(sorted(reviewed, key=lambda one: one.correction_id)),
        tuple(sorted(corrected, key=lambda one: str(one["event_id"]))),
    )


def _find(correction: Correction, scope: Scope) -> Candidate | Reviewed:
    doc_id = correction.anchor.doc_id
    if doc_id not in scope.known:
        return _outcome(correction, State.UNMATCHED, "the record lacks its report")
    if doc_id not in scope.reports:
        return _outcome(correction, State.UNMATCHED, "its report is not coded")
    found = match(correction.anchor, scope.events_for(doc_id))
    if not isinstance(found, Missing):
        return found
    if found.gone and correction.verdict is Verdict.REJECT:
        return _outcome(correction, State.AGREED, "the coder finds no event there now")
    return _outcome(correction, State.UNMATCHED, found.why)


def _decide_event(
    row: Row, text: str, corrections: Sequence[Correction], ontology: Ontology
) -> tuple[list[Reviewed], Row | None]:
    """Return the states of the corrections of one event, and its row where it has one.

    The last word counts: a reject takes the event away unless somebody keeps it later,
    and a cell says what was fixed last. Who says the same as the last word is in force
    too.
    """
    last = corrections[-1]
    keeps = [c for c in corrections if c.verdict is not Verdict.REJECT]
    if last.verdict is Verdict.REJECT:
        states = [_outcome(c, *_against(c, last, row), row) for c in corrections]
        return states, None
    fixes, states = _decide_fixes(row, text, keeps, ontology)
    changed: Row | None = None
    for correction, fix in fixes:
        changed = apply_fix(
            changed or row, text, fix, author=correction.author, ontology=ontology
        )
    for correction in corrections:
        if correction.verdict is Verdict.REJECT:
            why = f"{last.author} kept it on {last.made}"
            states.append(_outcome(correction, State.OVERRULED, why, row))
        elif correction.verdict is Verdict.ACCEPT:
            state, accepted_why = _accepted(correction, row, changed)
            states.append(_outcome(correction, state, accepted_why, row))
    return states, changed


def _against(
    correction: Correction, reject: Correction, row: Row
) -> tuple[State, str | None]:
    if correction.verdict is Verdict.REJECT:
        other = correction.anchor.event_type != row["event_type"]
        was = f"the coder said {correction.anchor.event_type} when it was shown"
        return State.IN_FORCE, was if other else None
    return State.OVERRULED, f"{reject.author} rejected it on {reject.made}"


def _decide_fixes(
    row: Row, text: str, corrections: Sequence[Correction], ontology: Ontology
) -> tuple[list[tuple[Correction, Fix]], list[Reviewed]]:
    """Return the fixes to apply, in their order, and the states of all fixes."""
    by_cell: dict[ReviewCell, list[tuple[Correction, Fix]]] = defaultdict(list)
    states: list[Reviewed] = []
    for correction in corrections:
        if correction.cell is not None and correction.value is not None:
            try:
                fix = load_checked(correction.cell, correction.value, ontology)
            except (ValueError, msgspec.MsgspecError) as err:
                why = f"its value cannot be used now: {err}"
                states.append(_outcome(correction, State.UNMATCHED, why, row))
                continue
            by_cell[correction.cell].append((correction, fix))
    coded = cells_of(row, text)
    chosen: list[tuple[Correction, Fix]] = []
    so_far = row
    for cell in sorted(by_cell, key=ORDER.__getitem__):
        correction, fix = by_cell[cell][-1]
        said = key_of(cell, fix.value)
        agreed = said == key_of(cell, cell_of(coded, cell)) and not fix.words
        try:
            if not agreed or so_far is not row:
                so_far = apply_fix(
                    so_far, text, fix, author=correction.author, ontology=ontology
                )
        except Misfit as err:
            states += [
                _outcome(c, State.UNMATCHED, str(err), row) for c, _ in by_cell[cell]
            ]
            continue
        if not agreed:
            chosen.append((correction, fix))
        for other, its in by_cell[cell]:
            if key_of(cell, its.value) != said:
                why = f"{correction.author} said otherwise on {correction.made}"
                states.append(_outcome(other, State.OVERRULED, why, row))
            elif agreed:
                why = "the coder now says the same"
                states.append(_outcome(other, State.AGREED, why, row))
            else:
                states.append(_outcome(other, State.IN_FORCE, None, row))
    return chosen, states


def _accepted(
    correction: Correction, row: Row, changed: Row | None
) -> tuple[State, str | None]:
    """Return whether an event is still of the type that was accepted."""
    cells = msgspec.json.decode(correction.was) if correction.was else {}
    was, now = cells.get("type", row["event_type"]), (changed or row)["event_type"]
    if was not in (now, row["event_type"]):
        return State.UNMATCHED, f"{was} was accepted, it is {now} now"
    return State.IN_FORCE, None


def _outcome(
    correction: Correction, state: State, why: str | None = None, row: Row | None = None
) -> Reviewed:
    return Reviewed(
        correction_id=correction.correction_id,
        verdict=correction.verdict,
        cell=correction.cell,
        state=state,
        event_id=row["event_id"] if row else None,
        doc_id=row["doc_id"] if row else None,
        why=why,
    )


def _telling(row: Row, changed: Row, mates: Sequence[Row]) -> str | None:
    """Return the telling of a corrected event: another status or type, another one.

    In another status it joins what its report tells of the same happening so.
    """
    telling_id: str | None = row["telling_id"]
    if telling_id is None:
        return None
    before, now = (STATUS_OF[Factuality(r["factuality"])] for r in (row, changed))
    if row["event_type"] != changed["event_type"]:
        return content_id("tel", row["event_id"], now, changed["event_type"])
    if before is now:
        return telling_id
    for mate in mates:  # whichever mention comes first gave the telling its id
        if content_id("tel", mate["event_id"], before) == telling_id:
            return content_id("tel", mate["event_id"], now)
    return content_id("tel", row["event_id"], now)
