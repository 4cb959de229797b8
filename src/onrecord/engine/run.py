"""The main job: reports into a record, as often as one likes.

    take      every new report is kept, every bad one noted
    settle    each report gets its place in a story
    code      the originals are understood and coded
    review    what people decided is applied to what was coded
    happen    what they tell is gathered into happenings
    account   the parts of the tally sum

Each step only does what the tables say is left to do. So a run that was killed goes
on where it was, and ends with the rows an undisturbed run would have written.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from onrecord.engine.account import begin_run, end_run
from onrecord.engine.code import code_originals
from onrecord.engine.engines import Engine, find_engine
from onrecord.engine.happen import settle_happenings
from onrecord.engine.limits import UNLIMITED, Limits
from onrecord.engine.review import settle_corrections
from onrecord.engine.settle import settle_stories
from onrecord.engine.steps import Progress, Report
from onrecord.engine.summaries import keep_summaries
from onrecord.engine.take import take_reports
from onrecord.engine.worker import MakeWorker
from onrecord.model.document import Document, Rejected
from onrecord.model.run import Run, RunStatus, Versions
from onrecord.ontology import Ontology
from onrecord.store.record import Record, open_record


class OwnWay(msgspec.Struct, frozen=True, kw_only=True):
    """A way of coding that takes the place of the engine and its workers.

    `begin` sees the record when it is known what is left to code, and returns whom to
    tell of progress. `end` raises where not all could be coded: the run then stays
    open, with what was coded, and the same command goes on.
    """

    engine: Engine
    begin: Callable[[Record, Report], Report]
    end: Callable[[], None]


class Coder(msgspec.Struct, frozen=True, kw_only=True):
    """What codes the reports: how a process makes its worker, and its versions."""

    versions: Versions
    ontology: Ontology
    make_worker: MakeWorker
    own_way: OwnWay | None = None


def run_reports(
    path: Path,
    items: Iterable[Document | Rejected],
    *,
    inputs: Iterable[str],
    coder: Coder,
    workers: int | None = None,
    limits: Limits = UNLIMITED,
    engine: str = "local",
    ray_address: str | None = None,
    recode: bool = False,
    progress: Report | None = None,
) -> Run:
    """Bring `items` into the record at `path`, which is made if need be.

    `inputs` are the names of where they come from: a run that was killed goes on when
    it is called with the same ones. `workers` and engine change nothing but the time;
    `find_engine` tells what they mean. With `recode` reports that other versions coded
    are coded anew; their texts and their places in stories stay.
    """
    coding = find_engine(
        engine,
        make_worker=coder.make_worker,
        workers=workers,
        limits=limits,
        ray_address=ray_address,
    )
    tell = progress or _say_nothing
    with open_record(path) as record:
        run = begin_run(record, versions=coder.versions, inputs=tuple(inputs))
        run = take_reports(record, run, items, progress=tell)
        settle_stories(record, run, workers=_workers_here(engine, workers))
        if coder.own_way is not None:
            coding, tell = coder.own_way.engine, coder.own_way.begin(record, tell)
        run = code_originals(
            record,
            run,
            ontology=coder.ontology,
            engine=coding,
            progress=tell,
            recode=recode,
        )
        settle_corrections(record, run, ontology=coder.ontology)
        run = settle_happenings(record, run)
        if coder.own_way is not None:
            coder.own_way.end()
        ended = end_run(record, run, status=RunStatus.FINISHED)
        keep_summaries(path)
        return ended


def _workers_here(engine: str, workers: int | None) -> int:
    """Return how many processes of this machine settle stories.

    On a cluster it is the one that writes, and has nothing else to do meanwhile.
    """
    cores = os.cpu_count() or 1
    return min(workers or cores, cores) if engine == "ray" else workers or 1


def _say_nothing(progress: Progress) -> None:
    pass
