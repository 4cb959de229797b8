"""Processes that code reports, watched: one that hangs or dies is replaced.

A thread in this process stands for each of them: it sends a report, waits for the
answer, and ends the process when that takes too long.
"""

import logging
import multiprocessing
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue

from onrecord.engine.batch import make_batch, read_ipc, read_results, reject, write_ipc
from onrecord.engine.limits import Limits
from onrecord.engine.worker import (
    OUT_OF_MEMORY,
    RAISED,
    Answer,
    MakeWorker,
    work,
)
from onrecord.errors import UsageError
from onrecord.model.document import Document, Rejected
from onrecord.model.event import CodedDocument

logger = logging.getLogger(__name__)

SECONDS_TO_LEAVE = 5.0  # for a process that was told to end
TRIES = 2  # a process may die of what its report has no part in

Result = CodedDocument | Rejected


class Died(Exception):
    """Say that a process is gone, and why."""


class TookTooLong(Died):
    """Say that a process was ended because its report took too long."""


class Pool:
    """Worker processes, each started when there is work for it."""

    def __init__(self, workers: int, make_worker: MakeWorker, limits: Limits) -> None:
        self._make_worker = make_worker
        self._limits = limits
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="worker")
        self._idle: SimpleQueue[_Process | None] = SimpleQueue()
        for _ in range(workers):
            self._idle.put(None)
        self._all: set[_Process] = set()
        self._closed = threading.Event()

    def submit(self, document: Document) -> Future[Result]:
        """Have a report coded; what is not the report's fault fails the future."""
        return self._threads.submit(self._code, document)

    def close(self) -> None:
        """End the processes; reports that have no result yet get none."""
        self._closed.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in tuple(self._all):
            process.end()
        self._threads.shutdown(wait=True)

    def _code(self, document: Document) -> Result:
        process = self._idle.get()
        try:
            for left in reversed(range(TRIES)):
                process = process or self._start()
                try:
                    return process.code(document)
                except Died as err:
                    self._forget(process)
                    process = None
                    if isinstance(err, TookTooLong) or not left:
                        return self._refuse(document, err)
                    if not self._closed.is_set():
                        logger.warning("%s; its report is tried once more", err)
            raise AssertionError("every try returns or is followed by another")
        finally:
            self._idle.put(process)

    def _refuse(self, document: Document, err: Died) -> Rejected:
        twice = "" if isinstance(err, TookTooLong) else ", twice"
        return reject(document, stage="understand", reason=f"{err}{twice}")

    def _start(self) -> "_Process":
        """Return a new process that has made its worker.

        One that cannot even start says nothing about the report.
        """
        for left in reversed(range(TRIES)):
            if self._closed.is_set():
                raise Died("no more is done")
            process = _Process(self._make_worker, self._limits)
            self._all.add(process)
            try:
                process.wait_until_ready()
            except Died as err:
                self._forget(process)
                if not left:
                    raise UsageError(
                        f"the worker processes cannot start ({err}); use one worker,"
                        " give them more memory, or, in a script, call from under"
                        " `if __name__ == '__main__':`"
                    ) from None
            else:
                return process
        raise AssertionError("every try returns or is followed by another")

    def _forget(self, process: "_Process") -> None:
        process.end()
        self._all.discard(process)


class _Process:
    """One worker process and the way to it."""

    def __init__(self, make_worker: MakeWorker, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        self._limits = limits
        self._connection: Connection[bytes | None, Answer] = here
        self._process: BaseProcess = context.Process(
            target=work, args=(there, make_worker, limits), daemon=True
        )
        self._process.start()
        there.close()

    def wait_until_ready(self) -> None:
        """Wait until the worker is made; raise what kept it from being made."""
        self._receive()

    def code(self, document: Document) -> Result:
        """Send one report and wait for its result."""
        batch = write_ipc(make_batch([document]))
        with self._deadline() as late:
            try:
                self._connection.send(batch)
                raw = self._receive()
            except (Died, OSError) as err:
                if late.is_set():
                    raise TookTooLong(
                        f"it took longer than {self._limits.seconds:g} seconds, the"
                        " limit for one report"
                    ) from None
                raise Died(str(err)) from None
        (result,) = read_results(read_ipc(raw), [document])
        return result

    def end(self) -> None:
        """Kill the process: it holds nothing that is not also here."""
        self._process.kill()
        self._process.join(SECONDS_TO_LEAVE)

    def _receive(self) -> bytes:
        try:
            kind, found = self._connection.recv()
        except (EOFError, OSError):
            self._process.join(SECONDS_TO_LEAVE)
            raise Died(_last_words(self._process.exitcode)) from None
        if kind == RAISED:
            raise found
        return found  # type: ignore[no-any-return]

    @contextmanager
    def _deadline(self) -> Iterator[threading.Event]:
        """Kill the process when the time for one report is up; tell that it was."""
        late = threading.Event()
        if self._limits.seconds is None:
            yield late
            return

        def kill() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(self._limits.seconds, kill)
        timer.daemon = True
        timer.start()
        try:
            yield late
        finally:
            timer.cancel()


def _last_words(exitcode: int | None) -> str:
    if exitcode == OUT_OF_MEMORY:
        return "the process that read it ran out of its memory"
    if exitcode is not None and exitcode < 0:
        return f"the process that read it died of signal {-exitcode}"
    return f"the process that read it ended with {exitcode}"
