"""What a worker process is, before anything heavy is loaded in it.

`start` runs first in each process, so that the number libraries, loaded later, see
that they have one thread.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable

from onrecord.model.document import Document
from onrecord.model.event import CodedDocument

Worker = Callable[[Document], CodedDocument]
MakeWorker = Callable[[], Worker]

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

# A process has one worker, made when its first report comes in.
_made: list[MakeWorker | Worker] = []


def start(make_worker: MakeWorker) -> None:
    """Prepare this process for `code_here`."""
    # Ctrl-C is for the parent, which then ends its workers in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ONE_THREAD:
        os.environ[name] = "1"
    _made[:] = [make_worker]
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def code_here(batch: bytes) -> bytes:
    """Code an Arrow batch of reports (IPC bytes both ways) with this process's worker.

    What stops the making of the worker is raised to the parent.
    """
    from onrecord.engine.batch import code_batch, read_ipc, write_ipc

    if len(_made) == 1:
        _made.append(_made[0]())  # type: ignore[call-arg, arg-type]
    return write_ipc(code_batch(read_ipc(batch), worker=_made[1]))  # type: ignore[arg-type]


def _leave_with_parent() -> None:
    """End this process when its parent is killed; nobody would read its results."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
