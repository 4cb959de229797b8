"""Code reports on a Ray cluster, or on a Ray instance of this run's own.

Ray's actors, and not Ray Data: reports come from a generator, and results go back in
its order and no faster than they are written. Ray Data reads what is there as a
whole, and makes new actors, with the model loaded anew, for each such whole.
"""

import os
import secrets
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, TextIO, cast
from urllib.parse import urlsplit

from onrecord.engine.batch import Result
from onrecord.engine.limits import UNLIMITED, Limits
from onrecord.engine.ray_crew import Crew, Task
from onrecord.engine.worker import MakeWorker
from onrecord.errors import UsageError
from onrecord.model.document import Document

REPORTS_A_TASK = 4  # few enough to share evenly, enough to hide the sending
REPORTS_AHEAD = 16  # for each worker: taken, and not yet given back
SECONDS_TO_ANSWER = 10.0
OWN_STORE = 200_000_000  # bytes; reports and results are small and soon gone


def code_documents(
    documents: Iterable[Document],
    *,
    workers: int | None,
    make_worker: MakeWorker,
    limits: Limits = UNLIMITED,
    address: str | None = None,
) -> Iterator[Result]:
    """Yield one result for each report, in the order of `documents`.

    Without `workers`, each core of the cluster has one, also of nodes that come later.
    Without `address` and RAY_ADDRESS, an instance is started on this machine and shut
    down at the end. Only as many reports as keep the workers busy are taken ahead.
    """
    ray = import_ray(address)
    with _quiet(), _connection(ray, workers, address):
        crew = Crew(ray, make_worker, workers=workers, limits=limits)
        try:
            yield from _in_order(documents, crew)
        finally:
            crew.close()


def import_ray(address: str | None = None) -> ModuleType:
    """Return Ray, which sends no statistics of use; without it, `UsageError`.

    An instance of this run's own, which listens on every address of the machine, will
    only obey who knows a token. Ray looks for it when it is imported.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if "ray" not in sys.modules and not _address(address):
        os.environ["RAY_AUTH_MODE"] = "token"
        os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
    try:
        import ray
    except ImportError as err:
        raise UsageError(
            f"the engine ray needs Ray ({err}): pip install 'onrecord[ray]'"
        ) from None
    return cast(ModuleType, ray)


def _in_order(documents: Iterable[Document], crew: Crew) -> Iterator[Result]:
    found: dict[int, Result] = {}
    taken = given = 0
    tasks = _tasks(documents)
    task = next(tasks, None)
    while task or given < taken:
        while task and crew.has_room and taken - given < REPORTS_AHEAD * crew.size:
            crew.add(task)
            taken += len(task.documents)
            task = next(tasks, None)
        found.update(crew.wait())
        while given in found:
            yield found.pop(given)
            given += 1


def _tasks(documents: Iterable[Document]) -> Iterator[Task]:
    some: list[Document] = []
    for number, document in enumerate(documents):
        some.append(document)
        if len(some) == REPORTS_A_TASK:
            yield Task(number=number + 1 - len(some), documents=tuple(some))
            some.clear()
    if some:
        yield Task(number=number + 1 - len(some), documents=tuple(some))


def _address(address: str | None) -> str | None:
    return address or os.environ.get("RAY_ADDRESS") or None


@contextmanager
def _connection(
    ray: ModuleType, workers: int | None, address: str | None
) -> Iterator[None]:
    """Be connected to a cluster; a connection that is there is left as it is."""
    address = _address(address)
    if ray.is_initialized():
        yield
    elif address:
        with _joined(ray, address):
            yield
    else:
        with _started(ray, workers):
            yield


@contextmanager
def _joined(ray: ModuleType, address: str) -> Iterator[None]:
    try:
        _check_answers(address)
        ray.init(address=address, log_to_driver=False, logging_level="ERROR")
    except (OSError, ValueError, RuntimeError) as err:
        raise UsageError(f"no Ray cluster answers at {address}: {err}") from err
    try:
        yield
    finally:
        ray.shutdown()


def _check_answers(address: str) -> None:
    """Raise an `OSError` where nobody listens; Ray would try for many minutes."""
    parts = urlsplit(address if "://" in address else f"//{address}")
    if parts.hostname and parts.port:
        place = (parts.hostname, parts.port)
        socket.create_connection(place, timeout=SECONDS_TO_ANSWER).close()


@contextmanager
def _started(ray: ModuleType, workers: int | None) -> Iterator[None]:
    folder = tempfile.mkdtemp(prefix="ray-")
    try:
        ray.init(
            address="local",
            num_cpus=workers,
            object_store_memory=OWN_STORE,
            include_dashboard=False,
            log_to_driver=False,
            logging_level="ERROR",
            _temp_dir=folder,
        )
        yield
    finally:
        ray.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep off the output what Ray prints there whatever it is told."""
    stream = sys.stdout
    sys.stdout = cast(TextIO, _WithoutRay(stream))
    try:
        yield
    finally:
        sys.stdout = stream


class _WithoutRay:
    """A stream that lets pass what does not come from a thread of Ray's."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        if threading.current_thread().name.startswith("ray_"):
            return len(text)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
