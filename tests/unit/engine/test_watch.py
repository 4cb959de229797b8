"""Batches of what comes, with everything else done by the caller."""

import os
import time
from pathlib import Path
from threading import Event

import pytest

from onrecord.engine import watch as watching
from onrecord.engine.run import run_reports
from onrecord.engine.watch import Watched, Work, watch
from onrecord.engine.watch_memory import WatchMemory
from onrecord.errors import RecordDamaged, RecordLocked
from onrecord.model.document import Rejected, make_rejected
from onrecord.read.fetch_cache import FetchCache, Kept
from onrecord.store.lock import lock_record
from tests.support import reports

QUICK = {"look_every": 0.0, "ask_every": 0.0, "retry_after": 0.0}
ROUNDS = 30  # enough for everything below; a watch that does not stop fails by it


class Desk:
    """The work of a watch, noted; it stops after some rounds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "in"
        self.folder.mkdir()
        self.record = folder / "rec"
        self.batches: list[tuple[str, ...]] = []
        self.told: list[object] = []
        self.steps: list = []
        self.cache = FetchCache()
        self.stop = Event()
        self.served: dict[str, list] = {}
        self.rounds = 0
        self.held = 0
        self.counted = 0

    def put(self, name: str, text: str = "Rulers met.") -> Path:
        path = self.folder / name
        path.write_text(text)
        long_ago = time.time() - 60
        os.utime(path, (long_ago, long_ago))  # whole at the first look
        return path

    def read(self, inputs):
        for one in inputs:
            if str(one) in self.served:
                yield from self.served[str(one)]
            else:
                yield reports.report(Path(one).read_text(), position=Path(one).name)

    def run(self, items, names):
        found = list(items)
        done = run_reports(self.record, found, inputs=names, coder=reports.coder())
        self.batches.append(tuple(Path(name).name for name in names))
        return done

    def count(self) -> int:
        self.counted += 1
        return self.held

    def watch(self, *steps, addresses=(), **more) -> None:
        """Watch; each step is called after a round, and the last ends it."""
        todo = list(steps)

        class Stop(Event):
            def wait(stop, timeout=None):  # noqa: N805 - self is the desk
                self.rounds += 1
                if not todo or self.rounds > ROUNDS:
                    stop.set()
                else:
                    todo.pop(0)()
                return True

        watch(
            Watched(paths=(self.folder,), addresses=addresses, **{**QUICK, **more}),
            Work(read=self.read, run=self.run, count=self.count, tell=self.told.append),
            memory=WatchMemory(self.record, how="h"),
            cache=self.cache,
            stop=Stop(),
        )


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path)


def nothing() -> None:
    pass


def test_what_is_there_and_what_comes_later_is_taken_once(desk):
    desk.put("a.txt")
    desk.watch(lambda: desk.put("b.txt", "Kings met."), nothing, nothing)
    assert desk.batches == [("a.txt",), ("b.txt",)]
    assert [run.tally.read for run in desk.told] == [1, 1]


def test_rounds_without_news_cost_the_record_nothing(desk):
    desk.put("a.txt")
    desk.watch(nothing)
    counted = desk.counted
    desk.watch(*[nothing] * 20)
    assert desk.counted == counted + 1  # when it starts


def test_what_changes_is_read_again(desk):
    desk.put("a.txt")
    desk.watch(lambda: desk.put("a.txt", "Rulers met again."), nothing)
    assert desk.batches == [("a.txt",), ("a.txt",)]
    assert [run.tally.known for run in desk.told] == [0, 0]


def test_after_a_restart_only_what_is_new_is_read(desk):
    desk.put("a.txt")
    desk.watch()
    desk.put("b.txt", "Kings met.")
    desk.watch(nothing)
    assert desk.batches == [("a.txt",), ("b.txt",)]


def test_many_files_come_in_several_batches(desk, monkeypatch):
    monkeypatch.setattr(watching, "FILES_A_BATCH", 2)
    for name in "abcde":
        desk.put(name, f"{name} met.")
    desk.watch(nothing)
    assert desk.batches == [("a", "b"), ("c", "d"), ("e",)]


def test_a_locked_record_is_tried_again_and_told_once(desk):
    desk.put("a.txt")
    desk.watch()
    desk.put("b.txt", "Kings met.")
    lock = lock_record(desk.record)
    lock.__enter__()
    desk.watch(nothing, lambda: lock.__exit__(None, None, None))
    assert [isinstance(one, RecordLocked) for one in desk.told] == [False, True, False]
    assert desk.batches == [("a.txt",), ("b.txt",)]


def test_a_damaged_record_ends_the_watch(desk):
    desk.put("a.txt")

    def run(items, names):
        raise RecordDamaged("broken")

    desk.run = run
    with pytest.raises(RecordDamaged):
        desk.watch(nothing)


def test_an_address_is_asked_again_and_only_news_make_a_run(desk):
    address = "http://news.example/feed"
    desk.served[address] = [reports.report("Rulers met.")]
    desk.watch(
        lambda: desk.served.update({address: []}),  # unchanged
        nothing,
        lambda: desk.served.update({address: [reports.report("Kings met.")]}),
        lambda: desk.served.update({address: []}),
        addresses=(address,),
    )
    assert [run.inputs for run in desk.told] == [(address,), (address,)]


def test_a_refusal_that_stays_is_told_once(desk):
    address = "http://news.example/feed"
    desk.served[address] = [refused("404")]
    desk.watch(
        nothing,
        nothing,
        lambda: desk.served.update({address: [refused("500")]}),
        nothing,
        addresses=(address,),
    )
    assert [run.tally.rejected for run in desk.told] == [1, 1]


def test_what_an_address_held_is_kept_when_its_reports_are(desk):
    address = "http://news.example/feed"
    desk.put("a.txt")
    desk.watch()
    kept = Kept(how="h", digest="d")

    def read(inputs):
        for one in inputs:
            desk.cache.note(str(one), kept)
            yield reports.report("Kings met.")

    desk.read = read
    found = []
    with lock_record(desk.record):
        desk.watch(addresses=(address,))
        found.append(desk.cache.find(address, how="h"))
    desk.watch(addresses=(address,))
    found.append(desk.cache.find(address, how="h"))
    assert found == [None, kept]


def test_addresses_wait_for_their_turn(desk):
    address = "http://news.example/feed"
    asked = []
    desk.read = lambda inputs: asked.extend(inputs) or iter(())
    desk.watch(nothing, nothing, addresses=(address,), ask_every=900.0)
    assert asked == [address]


def test_what_cannot_be_looked_at_becomes_one_row(desk):
    (desk.folder / "gone").symlink_to("nothing")
    desk.watch(nothing, nothing)
    assert [run.tally.rejected for run in desk.told] == [1]


def refused(reason: str) -> Rejected:
    return make_rejected(file="f", position=None, stage="read", reason=reason)


def test_an_end_finishes_what_has_been_read_and_leaves_the_rest(desk):
    for name in "abc":
        desk.put(name, f"{name} met.")
    read = desk.read

    def read_until_b(inputs):
        yield from read(inputs)
        if Path(inputs[0]).name == "b":
            desk.stop.set()

    desk.read = read_until_b
    watch(
        Watched(paths=(desk.folder,), **QUICK),
        Work(read=desk.read, run=desk.run, count=desk.count, tell=desk.told.append),
        memory=WatchMemory(desk.record, how="h"),
        cache=desk.cache,
        stop=desk.stop,
    )
    assert [run.tally.coded for run in desk.told] == [2]
    desk.read = read
    desk.watch(nothing)
    assert [run.tally.coded for run in desk.told] == [2, 1]
    assert desk.batches == [("a", "b", "c"), ("c",)]


def test_what_a_record_lost_is_read_again(desk):
    desk.put("a.txt")
    desk.held = 5
    desk.watch()
    desk.put("b.txt", "Kings met.")
    desk.held = 4
    desk.watch(nothing)
    assert desk.batches == [("a.txt",), ("a.txt", "b.txt")]


def test_what_is_lost_while_watching_is_read_again(desk):
    desk.put("a.txt")
    desk.held = 5

    def lose() -> None:
        desk.held = 4
        desk.put("b.txt", "Kings met.")

    desk.watch(lose, nothing, nothing)
    assert desk.batches == [("a.txt",), ("b.txt",), ("a.txt",)]
