"""First step of a run: new reports are kept, bad ones noted."""

from collections.abc import Iterable

import msgspec

from onrecord.collapse import story_id_of
from onrecord.engine.steps import Progress, Report, Step, batched
from onrecord.model.document import Document, Rejected, make_rejected
from onrecord.store.head import OpenRun
from onrecord.store.lookup import known_rejected, known_reports
from onrecord.store.record import Record
from onrecord.store.rows import rejected_row, report_row

REPORTS_A_BATCH = 1_000  # about 4 MB of text
SECONDS_A_BATCH = 20.0


def take_reports(
    record: Record,
    run: OpenRun,
    items: Iterable[Document | Rejected],
    *,
    progress: Report,
) -> OpenRun:
    """Keep the reports and refusals that the record does not hold yet.

    Returns the run with what was read and refused. A run that goes on reads its
    inputs again from the start, so its counts only ever grow.
    """
    read = refused = 0
    sound = map(_sound, items)
    for batch in batched(sound, size=REPORTS_A_BATCH, seconds=SECONDS_A_BATCH):
        documents = {d.doc_id: d for d in reversed(batch) if isinstance(d, Document)}
        rejected = {r.rejected_id: r for r in batch if isinstance(r, Rejected)}
        read += len(batch)
        refused += sum(isinstance(item, Rejected) for item in batch)
        run = msgspec.structs.replace(
            run, read=max(run.read, read), refused=max(run.refused, refused)
        )
        _keep(record, run, documents, rejected)
        progress(Progress(Step.READ, read, None))
    return run


def _keep(
    record: Record,
    run: OpenRun,
    documents: dict[str, Document],
    rejected: dict[str, Rejected],
) -> None:
    known = known_reports(record, documents)
    known_bad = known_rejected(record, rejected)
    reports = [
        report_row(document, exact_id=story_id_of(document), run_id=run.run_id)
        for doc_id, document in documents.items()
        if doc_id not in known
    ]
    bad = [
        rejected_row(r, run_id=run.run_id)
        for rejected_id, r in rejected.items()
        if rejected_id not in known_bad
    ]
    record.commit(run=run, add={"reports": reports, "rejected": bad})


def _sound(item: Document | Rejected) -> Document | Rejected:
    """Return `item` in a form that can be written as UTF-8."""
    if isinstance(item, Document) and not _is_unicode(item.text):
        item = make_rejected(
            file=item.file,
            position=item.position,
            stage="read",
            reason="the text holds half a character (a lone surrogate)",
            source_id=item.source_id,
        )
    repaired = {
        field: value.encode("utf-8", "backslashreplace").decode("utf-8")
        for field in item.__struct_fields__
        if isinstance(value := getattr(item, field), str) and not _is_unicode(value)
    }
    return msgspec.structs.replace(item, **repaired) if repaired else item


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
