"""Code reports in this process, or in several on this machine."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from itertools import islice

from onrecord.engine.batch import code_one
from onrecord.engine.limits import UNLIMITED, Limits
from onrecord.engine.pool import Pool
from onrecord.engine.pool import Result as Result
from onrecord.engine.worker import MakeWorker
from onrecord.model.document import Document

REPORTS_A_WORKER = 12  # one being coded, the others waiting while a long one is


def code_documents(
    documents: Iterable[Document],
    *,
    workers: int,
    make_worker: MakeWorker,
    limits: Limits = UNLIMITED,
) -> Iterator[Result]:
    """Yield one result for each report, in the order of `documents`.

    With one worker and no limits all is done in this process. Else it is done in
    spawned processes, each of which calls `make_worker` once: a process can only be
    held to a limit by another. Only as many reports as keep the workers busy are taken
    from `documents` ahead of the results.
    """
    if workers > 1 or not limits.none:
        return _code_in_processes(documents, workers, make_worker, limits)
    return _code_here(documents, make_worker)


def _code_here(
    documents: Iterable[Document], make_worker: MakeWorker
) -> Iterator[Result]:
    worker = None
    for document in documents:
        worker = worker or make_worker()
        yield code_one(document, worker=worker)


def _code_in_processes(
    documents: Iterable[Document],
    workers: int,
    make_worker: MakeWorker,
    limits: Limits,
) -> Iterator[Result]:
    stream = iter(documents)
    waiting: deque[Future[Result]] = deque()
    pool = Pool(workers, make_worker, limits)
    try:
        while True:
            free = workers * REPORTS_A_WORKER - len(waiting)
            waiting.extend(pool.submit(document) for document in islice(stream, free))
            if not waiting:
                return
            yield waiting.popleft().result()
    finally:
        pool.close()
