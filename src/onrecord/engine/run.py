"""The main job: reports into a record, as often as one likes.

    take      every new report is kept, every bad one noted
    settle    each report gets its place in a story
    code      the originals are understood and coded
    account   the parts of the tally sum

Each step only does what the tables say is left to do. So a run that was killed goes
on where it was, and ends with the rows an undisturbed run would have written.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from onrecord.engine.account import begin_run, end_run
from onrecord.engine.code import code_originals
from onrecord.engine.settle import settle_stories
from onrecord.engine.steps import Progress, Report
from onrecord.engine.take import take_reports
from onrecord.engine.worker import MakeWorker
from onrecord.errors import UsageError
from onrecord.model.document import Document, Rejected
from onrecord.model.run import Run, RunStatus, Versions
from onrecord.ontology import Ontology
from onrecord.store.record import open_record

ENGINES = ("local",)


class Coder(msgspec.Struct, frozen=True, kw_only=True):
    """What codes the reports: how a process makes its worker, and its versions."""

    versions: Versions
    ontology: Ontology
    make_worker: MakeWorker


def run_reports(
    path: Path,
    items: Iterable[Document | Rejected],
    *,
    inputs: Iterable[str],
    coder: Coder,
    workers: int = 1,
    engine: str = "local",
    progress: Report | None = None,
) -> Run:
    """Bring `items` into the record at `path`, which is made if need be.

    `inputs` are the names of where they come from: a run that was killed goes on when
    it is called with the same ones.
    """
    if engine not in ENGINES:
        raise UsageError(
            f"the engine {engine!r} is not there yet; {' or '.join(ENGINES)} works now,"
            " with as many workers as the machine has cores"
        )
    tell = progress or _say_nothing
    with open_record(path) as record:
        run = begin_run(record, versions=coder.versions, inputs=tuple(inputs))
        run = take_reports(record, run, items, progress=tell)
        settle_stories(record, run, workers=workers)
        code_originals(
            record,
            run,
            ontology=coder.ontology,
            make_worker=coder.make_worker,
            workers=workers,
            progress=tell,
        )
        return end_run(record, run, status=RunStatus.FINISHED)


def _say_nothing(progress: Progress) -> None:
    pass
