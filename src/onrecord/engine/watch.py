"""Watch folders and addresses, and bring what comes into a record, batch by batch.

Between two batches nothing is held: others may read the record and write to it. A
batch that fails is tried again later; a watch that is killed goes on where the record
stands.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

import msgspec

from onrecord.engine.watch_memory import WatchMemory
from onrecord.errors import InputError, NotARecord, RecordDamaged, StoreError
from onrecord.model.document import Document, Rejected
from onrecord.model.run import Run
from onrecord.read.fetch_cache import FetchCache
from onrecord.read.watch import Look, Sight, find_whole, look

FILES_A_BATCH = 500
REPORTS_AHEAD = 5_000
CHARS_AHEAD = 20_000_000  # about the text of so many
LOOKING_SHARE = 0.1  # of the time at most, where a folder takes long to look at

Items = Iterator[Document | Rejected]
Trouble = StoreError | InputError | OSError


class Stop(Protocol):
    """What tells a watch to end; `wait` returns early when that is so."""

    def is_set(self) -> bool:
        """Tell whether it shall end."""

    def wait(self, timeout: float) -> object:
        """Wait for so many seconds, or until it shall end."""


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """What is watched, and how many seconds apart it is looked at or asked."""

    paths: tuple[Path, ...] = ()
    addresses: tuple[str, ...] = ()
    look_every: float = 2.0
    ask_every: float = 900.0
    retry_after: float = 30.0


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What is done with what came.

    `read` returns the reports of inputs, `run` brings them into the record, `count`
    says how many it holds, and `tell` what came of a batch or went wrong with it.
    """

    read: Callable[[Sequence[str | Path]], Items]
    run: Callable[[Items, tuple[str, ...]], Run]
    count: Callable[[], int]
    tell: Callable[[Run | Trouble], None]


def watch(
    watched: Watched,
    work: Work,
    *,
    memory: WatchMemory,
    cache: FetchCache,
    stop: Stop,
) -> None:
    """Take what comes until `stop` is set; what has been read by then is finished.

    Raises `NotARecord` and `RecordDamaged`: trying again would not help.
    """
    rounds = _Rounds(watched, work, memory=memory, cache=cache, stop=stop)
    rounds.check()
    memory.tidy()
    while not stop.is_set():
        stop.wait(rounds.go_round())


class _Rounds:
    """The rounds of one watch, and what one has to know of those before."""

    def __init__(
        self,
        watched: Watched,
        work: Work,
        *,
        memory: WatchMemory,
        cache: FetchCache,
        stop: Stop,
    ) -> None:
        self._watched = watched
        self._work = work
        self._memory = memory
        self._cache = cache
        self._stop = stop
        self._seen = Sight()
        self._ask_at = time.monotonic()
        self._said: set[str] = set()  # refusals that need not be said again
        self._saying: set[str] = set()
        self._trouble = ""

    def go_round(self) -> float:
        """Take all that is there; return for how many seconds to rest."""
        began = time.monotonic()
        now = look(self._watched.paths)
        looked = time.monotonic() - began
        done = self._take_files(now)
        self._seen = now
        if done and self._watched.addresses and time.monotonic() >= self._ask_at:
            done = self._take_addresses()
        if not done:
            return self._watched.retry_after
        return max(self._watched.look_every, looked / LOOKING_SHARE)

    def _take_files(self, now: Sight) -> bool:
        whole = (
            path
            for path in find_whole(now, self._seen)
            if not self._memory.knows(path, now.files[path])
        )
        refused = self._unsaid(now.refused)
        while not self._stop.is_set():
            batch = tuple(islice(whole, FILES_A_BATCH))
            taken: dict[Path, Look] = {}
            items = chain(refused, self._read_files(batch, now, taken))
            if not self._take(items, batch, partial(self._keep_files, taken)):
                return False
            if len(batch) < FILES_A_BATCH:
                return True
        return True

    def _take_addresses(self) -> bool:
        addresses = self._watched.addresses
        items = self._unsaid(self._read_addresses())
        done = self._take(items, addresses, self._keep_addresses)
        self._cache.forget()
        pause = self._watched.ask_every if done else self._watched.retry_after
        self._ask_at = time.monotonic() + pause
        return done

    def _take(
        self, items: Items, names: Sequence[str | Path], keep: Callable[[], None]
    ) -> bool:
        """Bring items into the record, if there are any; tell what came of it.

        Returns False when it has to be tried again.
        """
        try:
            ahead = _read_ahead(items)
            run = None
            if ahead:
                told = self._checked(chain(ahead, items))
                run = self._work.run(told, tuple(map(str, names)))
            keep()
        except (NotARecord, RecordDamaged):
            raise
        except (StoreError, InputError, OSError) as err:
            self._saying.clear()
            if str(err) != self._trouble:
                self._work.tell(err)
            self._trouble = str(err)
            return False
        self._said |= self._saying
        self._saying.clear()
        self._trouble = ""
        if run:
            self._work.tell(run)
        return True

    def _keep_files(self, taken: Mapping[Path, Look]) -> None:
        if taken:
            self._memory.keep(taken, self._work.count())

    def _keep_addresses(self) -> None:
        if self._cache.is_noted:
            self._cache.keep(self._work.count())

    def _checked(self, items: Items) -> Items:
        """Look, before anything is taken, whether what is remembered still holds.

        A record that lost a file is mended when it is opened for a batch.
        """
        self.check()
        yield from items

    def check(self) -> None:
        """Forget what was taken, if the record has lost reports."""
        reports = self._work.count()
        self._memory.check(reports)
        self._cache.check(reports)

    def _read_files(
        self, batch: Sequence[Path], now: Sight, taken: dict[Path, Look]
    ) -> Items:
        """Read files one by one, until all are read or an end is asked for."""
        for path in batch:
            if self._stop.is_set():
                return
            yield from self._work.read([path])
            taken[path] = now.files[path]

    def _read_addresses(self) -> Items:
        for address in self._watched.addresses:
            if self._stop.is_set():
                return
            yield from self._work.read([address])

    def _unsaid(self, items: Iterable[Document | Rejected]) -> Items:
        """Leave out refusals that were told in an earlier round."""
        for item in items:
            if isinstance(item, Rejected):
                if item.rejected_id in self._said:
                    continue
                self._saying.add(item.rejected_id)
            yield item


def _read_ahead(items: Items) -> list[Document | Rejected]:
    """Return the first reports, so that hosts are waited for with nothing held."""
    ahead: list[Document | Rejected] = []
    chars = 0
    for item in items:
        ahead.append(item)
        chars += len(item.text or "")
        if chars > CHARS_AHEAD or len(ahead) == REPORTS_AHEAD:
            break
    return ahead
