"""The actors of a run on Ray: who is at which reports, and what is done when one goes.

In each actor a process reads the reports, watched as on one machine: a report that
hangs or ends it is refused there, in the same words. An actor is lost with its node,
and its reports are given to others.
"""

import logging
import time
from collections import deque
from collections.abc import Iterator
from functools import partial
from types import ModuleType
from typing import Any

import msgspec

from onrecord.engine.batch import (
    Result,
    make_batch,
    make_results,
    read_batch,
    read_ipc,
    read_results,
    reject,
    write_ipc,
)
from onrecord.engine.limits import Limits
from onrecord.engine.pool import Pool
from onrecord.engine.worker import MakeWorker
from onrecord.errors import UsageError
from onrecord.model.document import Document

logger = logging.getLogger(__name__)

TASKS_A_WORKER = 2  # one being coded, one waiting
SECONDS_A_LOOK = 2.0  # at the size of the cluster
SECONDS_UNTIL_WARNING = 60.0
TRIES = 5  # a report may be near so many nodes that go
LOST = f"{TRIES} workers were lost with their nodes, each while it read this"
STARTS = 3  # that fail one after the other are no accident

Numbered = tuple[int, Result]


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """Reports that are coded together, the number of the first, and tries so far."""

    number: int
    documents: tuple[Document, ...]
    tries: int = 0


class CodingActor:
    """What works on the cluster: one process with the model loaded."""

    def __init__(self, make_worker: MakeWorker, limits: Limits) -> None:
        self._pool = Pool(1, make_worker, limits)

    def prepare(self) -> str:
        """Return the program's version."""
        from onrecord import __version__

        return __version__

    def code(self, batch: bytes) -> bytes:
        """Code an Arrow batch of reports, as IPC bytes."""
        documents = read_batch(read_ipc(batch))
        found = ((d, self._pool.submit(d).result()) for d in documents)
        return write_ipc(make_results(found))


class Hand(msgspec.Struct):
    """An actor, and its tasks in order, each with what it will give back for it."""

    actor: Any
    preparing: Any
    ready: bool = False
    tasks: deque[tuple[Task, Any]] = msgspec.field(default_factory=deque)

    @property
    def next(self) -> Any:
        """Return what it gives back next, or None."""
        if not self.ready:
            return self.preparing
        return self.tasks[0][1] if self.tasks else None

    @property
    def has_room(self) -> bool:
        """Return whether it can take another task."""
        return self.ready and len(self.tasks) < TASKS_A_WORKER


class Crew:
    """The actors of a run, and the tasks that wait for one of them."""

    def __init__(
        self,
        ray: ModuleType,
        make_worker: MakeWorker,
        *,
        workers: int | None,
        limits: Limits,
    ) -> None:
        self._ray = ray
        self._start = partial(_start, ray, make_worker, limits)
        self._workers = workers
        self._hands: list[Hand] = []
        self._waiting: deque[Task] = deque()
        self._failed_starts = 0
        self._looked = float("-inf")
        self._idle_since = time.monotonic()

    @property
    def size(self) -> int:
        """Return how many actors there are; at least one."""
        return max(len(self._hands), 1)

    @property
    def has_room(self) -> bool:
        """Return whether an actor could take another task at once."""
        return not self._waiting and any(hand.has_room for hand in self._hands)

    def add(self, task: Task) -> None:
        """Give a task to an actor, or let it wait."""
        self._waiting.append(task)
        self._give()

    def wait(self) -> Iterator[Numbered]:
        """Wait a moment at most; yield what was found in tasks that are done."""
        self._fill_up()
        hands = {hand.next: hand for hand in self._hands if hand.next is not None}
        refs = list(hands)
        done, _ = self._ray.wait(refs, num_returns=1, timeout=SECONDS_A_LOOK)
        if done:
            done, _ = self._ray.wait(refs, num_returns=len(refs), timeout=0)
        for ref in done:
            yield from self._take(hands[ref], ref)
        self._give()

    def close(self) -> None:
        """End the actors, whatever they are at."""
        for hand in self._hands:
            self._ray.kill(hand.actor)
        self._hands.clear()

    def _fill_up(self) -> None:
        """Start actors up to the number wanted; a cluster may grow and shrink."""
        now = time.monotonic()
        if now - self._looked < SECONDS_A_LOOK:
            return
        self._looked = now
        cores = int(self._ray.cluster_resources().get("CPU", 0))
        for _ in range(len(self._hands), self._workers or max(cores, 1)):
            actor = self._start()
            self._hands.append(Hand(actor, actor.prepare.remote()))
        self._warn_when_idle(now)

    def _warn_when_idle(self, now: float) -> None:
        if any(hand.ready for hand in self._hands):
            self._idle_since = now
        elif now - self._idle_since >= SECONDS_UNTIL_WARNING:
            logger.warning("the Ray cluster has no free core; still waiting for one")
            self._idle_since = now

    def _give(self) -> None:
        for hand in sorted(self._hands, key=lambda hand: len(hand.tasks)):
            while self._waiting and hand.has_room:
                task = self._waiting.popleft()
                batch = write_ipc(make_batch(task.documents))
                hand.tasks.append((task, hand.actor.code.remote(batch)))

    def _take(self, hand: Hand, ref: Any) -> Iterator[Numbered]:
        """Take what an actor gave back, or note that it is gone."""
        errors = self._ray.exceptions
        try:
            given = self._ray.get(ref)
        except errors.RayTaskError as err:
            raise err.cause or err from None
        except (errors.RayActorError, errors.ObjectLostError) as err:
            yield from self._lose(hand, err)
            return
        if not hand.ready:
            self._begin(hand, version=given)
            return
        task, _ = hand.tasks.popleft()
        results = read_results(read_ipc(given), task.documents)
        yield from enumerate(results, task.number)

    def _begin(self, hand: Hand, *, version: str) -> None:
        from onrecord import __version__

        if version != __version__:
            raise UsageError(
                f"a node of the cluster has onrecord {version}, this machine"
                f" {__version__}; install the same on all"
            )
        hand.ready = True
        self._failed_starts = 0

    def _lose(self, hand: Hand, err: Exception) -> Iterator[Numbered]:
        """Let go of an actor; its tasks, of which only the first was begun, wait."""
        self._hands.remove(hand)
        self._ray.kill(hand.actor)
        self._looked = float("-inf")
        if not hand.ready:
            self._count_failed_start(err)
        if not hand.tasks:
            return
        logger.warning("a worker was lost with its node; its reports are tried again")
        begun, *others = (task for task, _ in hand.tasks)
        again = split(begun)
        if again[0].tries < TRIES:
            self._waiting.extendleft(reversed([*again, *others]))
            return
        self._waiting.extendleft(reversed(others))
        for task in again:
            (document,) = task.documents
            yield task.number, reject(document, stage="understand", reason=LOST)

    def _count_failed_start(self, err: Exception) -> None:
        """Give up when no worker can start, which is nobody's accident."""
        self._failed_starts += 1
        if self._failed_starts >= max(STARTS, 2 * len(self._hands)):
            raise UsageError(
                "the workers cannot start on the Ray cluster; each node needs the same"
                f" version of onrecord and of Python. {err}"
            )


def split(task: Task) -> tuple[Task, ...]:
    """Return the reports of a lost task, one by one."""
    return tuple(
        Task(number=number, documents=(document,), tries=task.tries + 1)
        for number, document in enumerate(task.documents, task.number)
    )


def _start(ray: ModuleType, make_worker: MakeWorker, limits: Limits) -> Any:
    """Return a new actor, which may have to wait for a free core."""
    remote = ray.remote(CodingActor).options(
        num_cpus=1, max_restarts=0, max_task_retries=0, scheduling_strategy="SPREAD"
    )
    return remote.remote(make_worker, limits)
