"""`onrecord verify`: whether a record is whole."""

import time
from itertools import chain
from pathlib import Path

import click

from onrecord.cli.options import (
    debug_option,
    example,
    named_by_address,
    record_argument,
)
from onrecord.show.visible import one_line

FELL_SHORT = 4
SECONDS_BETWEEN_LINES = 5.0


@click.command(
    "verify", epilog=example("onrecord verify rec", "onrecord verify rec --quick")
)
@record_argument
@click.option("--quick", is_flag=True, help="Leave out the words that rows cite.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@debug_option
def command(record: Path, quick: bool, quiet: bool) -> int:
    """Check RECORD: files, columns, references, sums, and cited words.

    Every cited span must still cover the words it claims, every row must point at rows
    that are there, every account must sum, and every table must be whole; so must the
    records of other coders within it, and the lexicon and model that are installed
    here. Leaves with 4 when something is wrong.
    """
    from onrecord.cli.installed import find_installed
    from onrecord.store.head import read_head
    from onrecord.store.remote_verify import verify_remote
    from onrecord.store.verify import verify
    from onrecord.store.verify.made_with import what_made

    count = 0
    installed = find_installed()
    tell = None if quiet else _Progress()
    here = verify(record, quick=quick, installed=installed, tell=tell)
    for finding in chain(verify_remote(record), here):
        count += 1
        line = f"{finding.where}: {finding.problem}; {finding.advice}"
        click.echo(one_line(line))
    if count:
        click.echo(f"{count:,} findings", err=True)
        return FELL_SHORT
    for line in what_made(record, read_head(record), installed):
        click.echo(one_line(line), err=True)
    cited = " (cited words left out)" if quick else ""
    click.echo(named_by_address(f"{record}: whole{cited}"), err=True)
    return 0


class _Progress:
    """A line every few seconds on standard error: what is looked at, how far."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Print a line when the last one is old enough."""
        now = time.monotonic()
        if now - self._said >= SECONDS_BETWEEN_LINES:
            self._said = now
            click.echo(f"{what}: {done:,} of {total:,}", err=True)
