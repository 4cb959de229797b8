"""`onrecord runs`: the runs that made a record, with the account of each."""

from pathlib import Path

import click

from onrecord.cli.look import print_records
from onrecord.cli.options import (
    as_of_option,
    debug_option,
    example,
    format_option,
    limit_option,
    record_argument,
)


@click.command("runs", epilog=example("onrecord runs rec"))
@record_argument
@format_option()
@limit_option
@as_of_option
@debug_option
def command(
    record: Path, form: str | None, limit: int | None, as_of: str | None
) -> None:
    """Show the runs that made RECORD, with the account of each."""
    from onrecord.show.find import find_runs

    found = find_runs(record, as_of=as_of)
    print_records("run", found, form=form, limit=limit)
