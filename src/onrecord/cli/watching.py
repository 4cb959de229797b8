"""`onrecord run --watch`: go on until told to end."""

import functools
import os
import select
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from onrecord.cli.coding import (
    ActorsFile,
    find_versions,
    make_worker,
    read_actors,
)
from onrecord.cli.fetching import count_reports, open_cache
from onrecord.cli.knowledge import open_kit
from onrecord.cli.plugging import Parts, versions_with
from onrecord.cli.progress import show_progress
from onrecord.errors import InputError, UsageError
from onrecord.objects import is_object_address
from onrecord.show.account import account_line
from onrecord.show.visible import one_line

if TYPE_CHECKING:
    from onrecord.engine.limits import Limits as ReportLimits
    from onrecord.engine.watch import Items, Trouble, Watched
    from onrecord.engine.worker import Worker
    from onrecord.model.run import Run, Versions
    from onrecord.read.fetch_policy import FetchPolicy
    from onrecord.read.limits import Limits

DONE, INTERRUPTED = 0, 130
SECONDS_BETWEEN_LOOKS = 2.0
SECONDS_BETWEEN_QUESTIONS = 900.0


class Stop:
    """Set by the first signal to end; `interrupted` when that was Ctrl-C.

    A pipe, because a handler of signals must not take the lock of a `threading.Event`
    that the code it interrupts may hold.
    """

    def __init__(self) -> None:
        self.interrupted = False
        self._is_set = False
        self._read, self._write = os.pipe()

    def set(self) -> None:
        """Ask for an end."""
        self._is_set = True
        os.write(self._write, b".")

    def is_set(self) -> bool:
        """Tell whether an end is asked for."""
        return self._is_set

    def wait(self, timeout: float) -> None:
        """Wait for so many seconds, or until an end is asked for."""
        select.select([self._read], [], [], timeout)

    def close(self) -> None:
        """Let go of the pipe."""
        os.close(self._read)
        os.close(self._write)


def watch_inputs(
    record: Path,
    inputs: Sequence[str],
    *,
    every: float | None,
    workers: int | None,
    engine: str,
    ray_address: str | None,
    report_limits: "ReportLimits",
    limits: Sequence[str],
    policy: "FetchPolicy",
    actors_file: Path | None,
    parts: Parts,
    quiet: bool,
) -> int:
    """Bring what comes into a record until a signal ends it; return the exit code."""
    from onrecord.engine.run import Coder, run_reports
    from onrecord.engine.watch import Work, watch
    from onrecord.engine.watch_memory import WatchMemory
    from onrecord.read import read_reports
    from onrecord.read.limits import parse_limits

    parsed, cache = parse_limits(limits), open_cache(record)
    watched = _make_watched(record, inputs, every)
    kit = open_kit(actors_file)
    coder = Coder(
        versions=versions_with(find_versions(kit), parts),
        ontology=kit.ontology,
        make_worker=functools.partial(keep_worker, read_actors(actors_file), parts),
    )

    def run(items: "Items", names: tuple[str, ...]) -> "Run":
        with show_progress(quiet=quiet) as progress:
            return run_reports(
                record,
                items,
                inputs=names,
                coder=coder,
                workers=workers,
                engine=engine,
                ray_address=ray_address,
                limits=report_limits,
                progress=progress,
            )

    def read(names: Sequence[str | Path]) -> "Items":
        return read_reports(names, limits=parsed, policy=policy, cache=cache)

    memory = WatchMemory(record, how=_how(coder.versions, parsed))
    work = Work(
        read=read,
        run=run,
        count=functools.partial(count_reports, record),
        tell=_tell,
    )
    with _stopping() as stop:
        if not quiet:
            click.echo(f"watching {', '.join(inputs)}; Ctrl-C ends it", err=True)
        watch(watched, work, memory=memory, cache=cache, stop=stop)
    return INTERRUPTED if stop.interrupted else DONE


@functools.cache
def keep_worker(actors: ActorsFile | None, parts: Parts) -> "Worker":
    """Return the worker of this process, made at the first call, for all batches."""
    return make_worker(actors, parts)


def _make_watched(
    record: Path, inputs: Sequence[str], every: float | None
) -> "Watched":
    """Return what is watched; raise `UsageError` or `InputError` for what cannot be."""
    from onrecord.engine.watch import Watched
    from onrecord.read.fetch_policy import check_address, is_address

    addresses = tuple(one for one in inputs if is_address(one))
    paths = tuple(Path(one) for one in inputs if not is_address(one))
    for address in addresses:
        check_address(address)
    for one in inputs:
        if is_object_address(one):
            raise UsageError(
                f"{one}: object storage cannot be watched; give the same run again from"
                " a timer: what the record holds is not done again"
            )
    for path in paths:
        if str(path) == "-":
            raise UsageError("- cannot be watched; name folders, files or addresses")
        if not path.exists():
            raise InputError(f"{path}: does not exist; make the folder first")
        if record.resolve().is_relative_to(path.resolve()):
            raise UsageError(
                f"{record}: lies in {path}, which would make the record's own files"
                " reports; put it elsewhere"
            )
    return Watched(
        paths=paths,
        addresses=addresses,
        look_every=min(every or SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS),
        ask_every=every or SECONDS_BETWEEN_QUESTIONS,
    )


def _how(versions: "Versions", limits: "Limits") -> str:
    """Return a hash of what decides what is read in a file."""
    from onrecord.model.ids import content_id
    from onrecord.read.fetch import how_read
    from onrecord.read.fetch_policy import FetchPolicy

    return content_id("how", str(versions), how_read(limits, FetchPolicy()))


def _tell(outcome: "Run | Trouble") -> None:
    """Print the account of a batch, or on standard error why it has to wait."""
    if isinstance(outcome, Exception):
        click.echo(f"onrecord: {one_line(str(outcome))}; trying again", err=True)
    else:
        click.echo(account_line(outcome.tally))


@contextmanager
def _stopping() -> Iterator[Stop]:
    """Return what the first signal to end sets; the second ends at once."""
    stop = Stop()

    def handle(number: int, _: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.interrupted = number == signal.SIGINT
        stop.set()
        # Not by print: it may be what was interrupted.
        with suppress(OSError):
            os.write(2, b"onrecord: ending after this batch; once more ends it now\n")

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        stop.close()
