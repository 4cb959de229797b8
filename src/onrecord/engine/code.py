"""Third step of a run: every original that has not been coded is coded.

A run that is told to recode also codes anew what other versions had coded. A report's
old rows go in the commit that brings the new ones, so a run that was killed goes on
with those that are left.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.engine.engines import Engine
from onrecord.engine.steps import FOUND_IN_REPORTS, Progress, Report, Step, batched
from onrecord.model.document import Document, Rejected
from onrecord.model.event import CodedDocument
from onrecord.ontology import Ontology
from onrecord.store.head import OpenRun
from onrecord.store.lookup import (
    PendingReport,
    pending_count,
    pending_reports,
    superseded_reports,
)
from onrecord.store.record import Record, Removal
from onrecord.store.rows import (
    coded_rows,
    coding_row,
    failed_coding_row,
    rejected_row,
)

REPORTS_A_BATCH = 64
SECONDS_A_BATCH = 20.0
# To take rows out writes the files anew that hold them: that is done less often.
RECODED_A_BATCH = 1_000
SECONDS_A_RECODED_BATCH = 60.0

Outcome = tuple[PendingReport, CodedDocument | Rejected]


def code_originals(
    record: Record,
    run: OpenRun,
    *,
    ontology: Ontology,
    engine: Engine,
    progress: Report,
    recode: bool = False,
) -> OpenRun:
    """Code what is pending; a batch also removes what its reports supersede.

    With `recode` what other versions coded is pending too. Returns the run, which says
    whether happenings have to be gathered anew.
    """
    total = pending_count(record, run, recode=recode)
    if not total:
        return run
    superseded = superseded_reports(record)
    outcomes = _outcomes(record, run, engine, recode=recode)
    size, seconds = (
        (RECODED_A_BATCH, SECONDS_A_RECODED_BATCH)
        if recode
        else (REPORTS_A_BATCH, SECONDS_A_BATCH)
    )
    done = 0
    for batch in batched(outcomes, size=size, seconds=seconds):
        if any(pending.before for pending, _ in batch):
            run = msgspec.structs.replace(run, unsettled=True)
        record.commit(
            run=run,
            remove=_removals(batch, superseded),
            add=_rows(batch, run=run, ontology=ontology),
        )
        done += len(batch)
        progress(Progress(Step.CODE, done, total))
    return run


def _outcomes(
    record: Record, run: OpenRun, engine: Engine, *, recode: bool
) -> Iterator[Outcome]:
    ahead: deque[PendingReport] = deque()

    def documents() -> Iterator[Document]:
        for pending in pending_reports(record, run, recode=recode):
            ahead.append(pending)
            yield pending.document

    for result in engine(documents()):
        yield ahead.popleft(), result


def _removals(
    batch: list[Outcome], superseded: dict[str, tuple[str, ...]]
) -> list[Removal]:
    """Return what makes room for a batch: rows of former originals and old codings."""
    pending = [one for one, _ in batch]
    old = [d for one in pending for d in superseded.get(one.story_id, ())]
    old += [one.document.doc_id for one in pending if one.before]
    refused = tuple(one.refused for one in pending if one.refused)
    return [
        *(Removal(table, "doc_id", tuple(old)) for table in FOUND_IN_REPORTS),
        Removal("rejected", "rejected_id", refused),
    ]


def _rows(
    batch: list[Outcome], *, run: OpenRun, ontology: Ontology
) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {t: [] for t in FOUND_IN_REPORTS}
    rows["rejected"] = []
    for pending, result in batch:
        match result:
            case CodedDocument():
                for table, row in coded_rows(
                    result, ontology=ontology, story_id=pending.story_id
                ):
                    rows[table].append(row)
                coding = coding_row(result, run_id=run.run_id)
            case Rejected():
                coding = failed_coding_row(
                    pending.document.doc_id, result, run_id=run.run_id
                )
                rows["rejected"].append(rejected_row(result, run_id=run.run_id))
        rows["codings"].append({**coding, "before": pending.before})
    return rows
