"""Progress on standard error: a bar on a terminal, else a plain line now and then."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click

SECONDS_BETWEEN_LINES = 5.0


class Progress(Protocol):
    """Is told how many reports are done."""

    def __call__(self, done: int) -> None:
        """Show that `done` reports are done."""
        ...


class PlainProgress:
    """A line every few seconds: reports done, rate, elapsed."""

    def __init__(self) -> None:
        self._begun = self._said = time.monotonic()

    def __call__(self, done: int) -> None:
        """Print a line when the last one is old enough."""
        now = time.monotonic()
        if now - self._said < SECONDS_BETWEEN_LINES:
            return
        self._said = now
        elapsed = now - self._begun
        click.echo(
            f"{done:,} reports, {done / elapsed:,.0f} a second, {elapsed:,.0f} s",
            err=True,
        )


def be_quiet(done: int) -> None:
    """Show nothing."""


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Progress]:
    """Return what to call with the number of reports done."""
    if quiet:
        yield be_quiet
        return
    if not sys.stderr.isatty():
        yield PlainProgress()
        return
    with _bar() as progress:
        yield progress


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich import progress
    from rich.console import Console

    with progress.Progress(
        progress.SpinnerColumn(),
        progress.TextColumn("{task.completed:,} reports"),
        progress.BarColumn(bar_width=24),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("reports", total=None, rate="")
        begun = time.monotonic()

        def show(done: int) -> None:
            elapsed = max(time.monotonic() - begun, 0.001)
            bar.update(task, completed=done, rate=f"{done / elapsed:,.0f}/s")

        yield show
