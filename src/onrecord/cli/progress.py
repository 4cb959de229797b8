"""Progress on standard error: a bar on a terminal, else a plain line now and then."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.engine.steps import Progress, Report

SECONDS_BETWEEN_LINES = 5.0
SHORTEST = 0.001  # seconds; no rate is divided by less


class PlainProgress:
    """A line every few seconds: step, reports done, rate, elapsed."""

    def __init__(self) -> None:
        self._begun = self._said = self._last = time.monotonic()
        self._step: str | None = None

    def __call__(self, progress: "Progress") -> None:
        """Print a line when the last one is old enough."""
        now = time.monotonic()
        if progress.step != self._step:
            self._step, self._begun = progress.step, self._last
        self._last = now
        if now - self._said < SECONDS_BETWEEN_LINES:
            return
        self._said = now
        elapsed = max(now - self._begun, SHORTEST)
        click.echo(
            f"{progress.step}: {_counted(progress)} reports,"
            f" {progress.done / elapsed:,.0f} a second, {elapsed:,.0f} s",
            err=True,
        )


@contextmanager
def show_progress(*, quiet: bool) -> "Iterator[Report | None]":
    """Return what to call with the progress of a run; None when nothing is shown."""
    if quiet:
        yield None
    elif not sys.stderr.isatty():
        yield PlainProgress()
    else:
        with _bar() as progress:
            yield progress


@contextmanager
def _bar() -> "Iterator[Report]":
    from rich import progress as bars
    from rich.console import Console

    with bars.Progress(
        bars.TextColumn("{task.description}"),
        bars.BarColumn(bar_width=32),
        bars.TextColumn("{task.fields[counted]} reports"),
        bars.TextColumn("{task.fields[rate]}", style="dim"),
        bars.TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        tasks: dict[str, tuple[bars.TaskID, float]] = {}
        last = time.monotonic()

        def show(progress: "Progress") -> None:
            nonlocal last
            now = time.monotonic()
            if progress.step not in tasks:
                # A step may say for the first time that it is done.
                task = bar.add_task(progress.step, total=None, counted="", rate="")
                bar.tasks[-1].start_time = last
                tasks[progress.step] = task, last
            task, begun = tasks[progress.step]
            last = now
            elapsed = max(now - begun, SHORTEST)
            bar.update(
                task,
                total=progress.total,
                completed=progress.done,
                counted=_counted(progress),
                rate=f"{progress.done / elapsed:,.0f}/s",
            )

        yield show


def _counted(progress: "Progress") -> str:
    of = "" if progress.total is None else f" of {progress.total:,}"
    return f"{progress.done:,}{of}"
