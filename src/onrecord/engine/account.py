"""How a run begins, goes on after it was killed, and ends with its account."""

import datetime as dt

import msgspec

from onrecord.engine.happen import forget_places
from onrecord.engine.settle import settle_stories
from onrecord.model.ids import content_id
from onrecord.model.run import Run, RunStatus, Versions
from onrecord.store.head import OpenRun
from onrecord.store.lookup import past_runs, tally_run
from onrecord.store.record import Record
from onrecord.store.rows import run_row


def begin_run(
    record: Record, *, versions: Versions, inputs: tuple[str, ...]
) -> OpenRun:
    """Begin a run, or go on with the one that was killed.

    A killed run with other inputs or versions is closed as interrupted; its reports
    stay, and those it had not coded are coded by the new run.
    """
    before = record.head.run
    if before and (before.versions, before.inputs) == (versions, inputs):
        run = msgspec.structs.replace(before, resumed=before.resumed + 1)
        record.commit(run=run)
        return run
    if before:
        settle_stories(record, before)
        before = forget_places(record, before)
        end_run(record, before, status=RunStatus.INTERRUPTED)
    number = len(past_runs(record)) + 1
    run = OpenRun(
        run_id=content_id("run", *_parts(versions), number, *inputs),
        number=number,
        versions=versions,
        inputs=inputs,
        started=_now(),
    )
    record.commit(run=run)
    return run


def end_run(record: Record, run: OpenRun, *, status: RunStatus) -> Run:
    """Write the run's account and close it."""
    record.compact(run=run)
    versions = {t: v for t, v in record.head.versions.items() if t != "runs"}
    ended = Run(
        run_id=run.run_id,
        number=run.number,
        versions=run.versions,
        inputs=run.inputs,
        tally=tally_run(record, run),
        started=run.started,
        finished=_now(),
        status=status,
        resumed=run.resumed,
        table_versions=versions,
    )
    record.commit(run=None, add={"runs": [run_row(ended)]})
    return ended


def _parts(versions: Versions) -> tuple[str | int, ...]:
    return (versions.program, versions.schema, versions.lexicon, versions.model)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
