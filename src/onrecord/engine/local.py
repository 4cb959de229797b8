"""Code reports in this process, or in several on this machine."""

import logging
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from onrecord.engine.batch import (
    code_one,
    make_batch,
    read_ipc,
    read_results,
    reject,
    write_ipc,
)
from onrecord.engine.worker import MakeWorker, code_here, is_ready, start
from onrecord.errors import UsageError
from onrecord.model.document import Document, Rejected
from onrecord.model.event import CodedDocument

logger = logging.getLogger(__name__)

REPORTS_A_TASK = 4  # few enough to share evenly, enough to hide the sending
TASKS_A_WORKER = 3  # one being coded, the others waiting

Task = tuple[Document, ...]
Result = CodedDocument | Rejected


def code_documents(
    documents: Iterable[Document], *, workers: int, make_worker: MakeWorker
) -> Iterator[Result]:
    """Yield one result for each report, in the order of `documents`.

    With one worker all is done in this process, else in spawned processes, each of
    which calls `make_worker` once. Only as many reports as keep the workers busy are
    taken from `documents` ahead of the results.
    """
    if workers > 1:
        return _code_in_processes(documents, workers, make_worker)
    return _code_here(documents, make_worker)


def _code_here(
    documents: Iterable[Document], make_worker: MakeWorker
) -> Iterator[Result]:
    worker = None
    for document in documents:
        worker = worker or make_worker()
        yield code_one(document, worker=worker)


def _code_in_processes(
    documents: Iterable[Document], workers: int, make_worker: MakeWorker
) -> Iterator[Result]:
    tasks = _tasks(documents)
    waiting: deque[tuple[Task, Future[bytes]]] = deque()
    pool = _Pool(workers, make_worker)
    try:
        while True:
            for task in islice(tasks, workers * TASKS_A_WORKER - len(waiting)):
                waiting.append((task, pool.submit(task)))
            if not waiting:
                return
            task, future = waiting.popleft()
            try:
                batch = future.result()
            except BrokenProcessPool:
                in_flight = [task, *(other for other, _ in waiting)]
                waiting.clear()
                yield from pool.code_singly(d for t in in_flight for d in t)
                continue
            yield from read_results(read_ipc(batch), task)
    finally:
        pool.close()


def _tasks(documents: Iterable[Document]) -> Iterator[Task]:
    stream = iter(documents)
    while task := tuple(islice(stream, REPORTS_A_TASK)):
        yield task


class _Pool:
    """Worker processes, started anew when one of them dies."""

    def __init__(self, workers: int, make_worker: MakeWorker) -> None:
        self._workers = workers
        self._make_worker = make_worker
        self._executor: ProcessPoolExecutor | None = None

    def submit(self, task: Task) -> Future[bytes]:
        """Hand over some reports; a pool that broke meanwhile fails the future."""
        if self._executor is None:
            self._executor = self._start()
        try:
            return self._executor.submit(code_here, write_ipc(make_batch(task)))
        except BrokenProcessPool as err:
            failed: Future[bytes] = Future()
            failed.set_exception(err)
            return failed

    def _start(self) -> ProcessPoolExecutor:
        """Return new processes, of which at least one has made its worker.

        Processes that cannot even start say nothing about the reports.
        """
        executor = ProcessPoolExecutor(
            self._workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=start,
            initargs=(self._make_worker,),
        )
        ready = [executor.submit(is_ready) for _ in range(self._workers)]
        try:
            next(as_completed(ready)).result()
        except BrokenProcessPool:
            raise UsageError(
                "the worker processes cannot start; use one worker, give them more"
                " memory, or, in a script, call from under"
                " `if __name__ == '__main__':`"
            ) from None
        return executor

    def code_singly(self, documents: Iterable[Document]) -> Iterator[Result]:
        """Try reports again one by one, after one of them ended its process.

        The one that does so again is rejected; the others are not.
        """
        logger.warning("a worker died; its reports are tried again one by one")
        self.close()
        for document in documents:
            task = (document,)
            try:
                batch = self.submit(task).result()
            except BrokenProcessPool:
                self.close()
                yield reject(
                    document,
                    stage="understand",
                    reason="the process that read it died twice (killed, or out of"
                    " memory)",
                )
                continue
            yield from read_results(read_ipc(batch), task)

    def close(self) -> None:
        """End the processes; what they have not begun is dropped."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None
