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

_making: list[MakeWorker] = []
_made: list[Worker] = []


def start(make_worker: MakeWorker) -> None:
    """Set this process up; its worker is made by `make_ready`."""
    # Ctrl-C is for the parent, which then ends its workers in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ONE_THREAD:
        os.environ[name] = "1"
    _making.append(make_worker)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def make_ready() -> Worker:
    """Return the one worker of this process, making it at the first call."""
    if not _made:
        _made.append(_making[0]())
    return _made[0]


def is_ready() -> bool:
    """Make the worker; what stops it from being made is raised in the parent."""
    return callable(make_ready())


def code_here(batch: bytes) -> bytes:
    """Code an Arrow batch of reports, as IPC bytes, with this process's worker."""
    from onrecord.engine.batch import code_batch, read_ipc, write_ipc

    return write_ipc(code_batch(read_ipc(batch), worker=make_ready()))


def _leave_with_parent() -> None:
    """End this process when its parent is killed; nobody would read its results."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
