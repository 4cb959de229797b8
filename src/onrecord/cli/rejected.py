"""`onrecord rejected`: the reports that could not be taken, with place and reason."""

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


@click.command("rejected", epilog=example("onrecord rejected rec"))
@record_argument
@format_option()
@limit_option
@as_of_option
@debug_option
def command(
    record: Path, form: str | None, limit: int | None, as_of: str | None
) -> None:
    """Show the reports that could not be taken, with place and reason."""
    from onrecord.show.find import find_rejected

    print_records(
        "rejected", find_rejected(record, as_of=as_of), form=form, limit=limit
    )
