"""Third step of a run: every original that has not been coded is coded."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from onrecord.engine.engines import Engine
from onrecord.engine.steps import FOUND_IN_REPORTS, Progress, Report, Step, batched
from onrecord.model.document import Document, Rejected
from onrecord.model.event import CodedDocument
from onrecord.ontology import Ontology
from onrecord.store.head import OpenRun
from onrecord.store.lookup import pending_count, pending_reports, superseded_reports
from onrecord.store.record import Record, Removal
from onrecord.store.rows import (
    coded_rows,
    coding_row,
    failed_coding_row,
    rejected_row,
)

REPORTS_A_BATCH = 64
SECONDS_A_BATCH = 20.0

Outcome = tuple[str, str, CodedDocument | Rejected]  # report, story, what came of it


def code_originals(
    record: Record,
    run: OpenRun,
    *,
    ontology: Ontology,
    engine: Engine,
    progress: Report,
) -> None:
    """Code what is pending. A batch also removes what its reports supersede."""
    total = pending_count(record)
    if not total:
        return
    superseded = superseded_reports(record)
    outcomes = _outcomes(record, engine)
    done = 0
    for batch in batched(outcomes, size=REPORTS_A_BATCH, seconds=SECONDS_A_BATCH):
        old = tuple(d for _, story_id, _ in batch for d in superseded.get(story_id, ()))
        record.commit(
            run=run,
            remove=[Removal(t, "doc_id", old) for t in FOUND_IN_REPORTS],
            add=_rows(batch, run=run, ontology=ontology),
        )
        done += len(batch)
        progress(Progress(Step.CODE, done, total))


def _outcomes(record: Record, engine: Engine) -> Iterator[Outcome]:
    ahead: deque[tuple[str, str]] = deque()

    def documents() -> Iterator[Document]:
        for document, story_id in pending_reports(record):
            ahead.append((document.doc_id, story_id))
            yield document

    for result in engine(documents()):
        yield (*ahead.popleft(), result)


def _rows(
    batch: list[Outcome], *, run: OpenRun, ontology: Ontology
) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {t: [] for t in FOUND_IN_REPORTS}
    rows["rejected"] = []
    for doc_id, story_id, result in batch:
        match result:
            case CodedDocument():
                for table, row in coded_rows(
                    result, ontology=ontology, story_id=story_id
                ):
                    rows[table].append(row)
                rows["codings"].append(coding_row(result, run_id=run.run_id))
            case Rejected():
                rows["codings"].append(
                    failed_coding_row(doc_id, result, run_id=run.run_id)
                )
                rows["rejected"].append(rejected_row(result, run_id=run.run_id))
    return rows
