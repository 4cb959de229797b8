"""What a worker process is, before anything heavy is loaded in it.

`work` runs in each process: it makes the worker once, says so, and then answers each
batch of reports it is sent, until it is sent None.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from onrecord.engine.limits import Limits
from onrecord.model.document import Document
from onrecord.model.event import CodedDocument

Worker = Callable[[Document], CodedDocument]
MakeWorker = Callable[[], Worker]
Answer = tuple[str, Any]  # READY, CODED with a batch, or RAISED with an exception

READY, CODED, RAISED = "ready", "coded", "raised"
OUT_OF_MEMORY = 77  # what a process leaves with; no shell or signal means it
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def work(
    connection: "Connection[Answer, bytes | None]",
    make_worker: MakeWorker,
    limits: Limits,
) -> None:
    """Be a worker process; ends with its parent."""
    # Ctrl-C is for the parent, which then ends its workers in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The number libraries, loaded later, must see that they have one thread.
    for name in ONE_THREAD:
        os.environ[name] = "1"
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    try:
        # What is loaded now is not held against the first report's time.
        from onrecord.engine.batch import code_batch, make_batch, read_ipc, write_ipc

        make_batch(())  # Arrow loads more when it is first used
        worker = _sparing(make_worker())
        _limit_memory(limits.memory)
        connection.send((READY, None))
        while (batch := connection.recv()) is not None:
            found = code_batch(read_ipc(batch), worker=worker)
            connection.send((CODED, write_ipc(found)))
    except (EOFError, ConnectionError):
        return  # the parent has closed its end, or was killed
    except Exception as err:  # noqa: BLE001 - raised again in the parent
        connection.send((RAISED, err))


def _sparing(worker: Worker) -> Worker:
    """Return a worker that ends its process when memory runs out.

    Whatever it held is free then, and the report can be tried in a new process.
    """

    def spared(document: Document) -> CodedDocument:
        try:
            return worker(document)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)

    return spared


def _limit_memory(size: int | None) -> None:
    """Make allocations beyond `size` bytes fail in this process.

    What a process writes to counts, not what it maps of files: the model's and the
    libraries' address space is many times the memory they use.
    """
    if size is None:
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (size, hard))


def _leave_with_parent() -> None:
    """End this process when its parent is killed; nobody would read its results."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
