"""`onrecord verify`: whether a record is whole."""

from pathlib import Path

import click

from onrecord.cli.options import debug_option, example, record_argument
from onrecord.show.visible import one_line

FELL_SHORT = 4


@click.command("verify", epilog=example("onrecord verify rec"))
@record_argument
@debug_option
def command(record: Path) -> int:
    """Check RECORD: files, cited words, and sums.

    Every cited span must still cover the words it claims, every account must sum, and
    every table must be whole. Leaves with 4 when something is wrong.
    """
    from onrecord.store.verify import verify

    count = 0
    for finding in verify(record):
        count += 1
        line = f"{finding.where}: {finding.problem}; {finding.advice}"
        click.echo(one_line(line))
    if count:
        click.echo(f"{count:,} findings", err=True)
        return FELL_SHORT
    click.echo(f"{record}: whole", err=True)
    return 0
