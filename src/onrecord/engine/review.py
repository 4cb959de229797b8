"""Corrections on today's events: what becomes of each, and the rows they make.

Everything is made from `corrections`, the events as coded and the texts of their
reports. So a run that was killed finds it as it is, and whatever else codes the
reports anew only has to settle again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec

from onrecord.engine.review_decide import Scope, Settled, decide
from onrecord.engine.review_match import Candidate
from onrecord.model.correction import Correction, Reviewed, State, Verdict
from onrecord.ontology import Ontology
from onrecord.store.head import OpenRun
from onrecord.store.lookup import report_texts
from onrecord.store.record import Record, Removal
from onrecord.store.review_lookup import (
    corrections_made,
    events_to_review,
    reports_to_review,
    settled_reviews,
)
from onrecord.store.rows import correction_row
from onrecord.store.shown import anchor_of

Row = dict[str, Any]


def settle_corrections(
    record: Record,
    run: OpenRun | None,
    *,
    ontology: Ontology,
    new: Sequence[Correction] = (),
) -> None:
    """Bring `reviewed` and `corrected` up to what is coded and decided now.

    `new` corrections are kept in the same commit. What the touched reports tell is
    forgotten, for `settle_happenings` to gather anew.
    """
    made = sorted((*corrections_made(record), *new), key=_when_made)
    before, rows_before = settled_reviews(record)
    if not made and not before and not rows_before:
        return
    scope = open_scope(record, {one.anchor.doc_id for one in made})
    _write(record, run, new, decide(made, scope, ontology), before, rows_before)


def _when_made(one: Correction) -> tuple[str, str]:
    return one.made, one.correction_id


def open_scope(record: Record, doc_ids: Collection[str]) -> Scope:
    """Return the events that corrections made on some reports may be about."""
    reports: dict[str, list[str]] = defaultdict(list)
    known: set[str] = set()
    for row in reports_to_review(record, doc_ids):
        if row["known"]:
            known.add(row["shown_id"])
        if row["doc_id"] is not None:
            reports[row["shown_id"]].append(row["doc_id"])
    coded = {doc_id for some in reports.values() for doc_id in some}
    texts = {doc_id: text for doc_id, text, _ in report_texts(record, coded)}
    candidates: dict[str, list[Candidate]] = defaultdict(list)
    for row in events_to_review(record, coded):
        text = texts.get(row["doc_id"])
        if text is not None:
            candidates[row["doc_id"]].append(Candidate(row, anchor_of(row, text)))
    return Scope(
        {doc_id: tuple(some) for doc_id, some in candidates.items()},
        {doc_id: tuple(some) for doc_id, some in reports.items()},
        frozenset(known),
        texts,
    )


def _write(
    record: Record,
    run: OpenRun | None,
    new: Sequence[Correction],
    settled: Settled,
    before: Sequence[Row],
    rows_before: Sequence[Row],
) -> None:
    """Write what is other than before, and forget what touched reports tell."""
    reviewed = [_reviewed_row(one) for one in settled.reviewed]
    gone, added = _difference(before, reviewed, "correction_id")
    rows_gone, rows_added = _difference(rows_before, settled.corrected, "event_id")
    if not new and not gone and not added and not rows_gone and not rows_added:
        return
    moved = _rejected(before) ^ _rejected(reviewed)
    touched = {row["doc_id"] for row in (*rows_gone, *rows_added)}
    touched |= {doc_id for _, doc_id in moved}
    reports = tuple(sorted(touched))
    record.commit(
        run=run,
        remove=(
            Removal("reviewed", "correction_id", _ids(gone, "correction_id")),
            Removal("corrected", "event_id", _ids(rows_gone, "event_id")),
            Removal("profiles", "doc_id", reports),
            Removal("tellings", "doc_id", reports),
        ),
        add={
            "corrections": [correction_row(one) for one in new],
            "reviewed": added,
            "corrected": rows_added,
        },
    )


def _reviewed_row(one: Reviewed) -> Row:
    row: Row = msgspec.to_builtins(one)
    return row


def _rejected(rows: Iterable[Row]) -> set[tuple[str, str]]:
    """Return the events that rows of `reviewed` take away, with their reports."""
    return {
        (row["event_id"], row["doc_id"])
        for row in rows
        if row["verdict"] == Verdict.REJECT and row["state"] == State.IN_FORCE
    }


def _difference(
    before: Iterable[Row], now: Iterable[Row], key: str
) -> tuple[list[Row], list[Row]]:
    """Return the rows to take away and those to add, where they are other now."""
    known = {row[key]: row for row in before}
    wanted = {row[key]: row for row in now}
    gone = [row for name, row in known.items() if wanted.get(name) != row]
    added = [row for name, row in wanted.items() if known.get(name) != row]
    return gone, added


def _ids(rows: Iterable[Row], key: str) -> tuple[str, ...]:
    return tuple(sorted(row[key] for row in rows))
