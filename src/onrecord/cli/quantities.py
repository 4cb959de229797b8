"""`onrecord quantities`: the quantities of a record."""

from pathlib import Path
from typing import Any

import click

from onrecord.cli.filters import filter_options, read_filters
from onrecord.cli.look import print_records
from onrecord.cli.options import (
    as_of_option,
    debug_option,
    example,
    format_option,
    limit_option,
    record_argument,
)


@click.command(
    "quantities",
    epilog=example(
        "onrecord quantities rec --type MOBILIZE",
    ),
)
@record_argument
@filter_options
@format_option()
@limit_option
@as_of_option
@debug_option
def command(
    record: Path,
    form: str | None,
    limit: int | None,
    as_of: str | None,
    **filters: Any,
) -> None:
    """Show the numbers of the reports, or of the events that fit the filters.

    Several values of one filter are alternatives; different filters must all hold.
    """
    chosen = read_filters(**filters)
    from onrecord.show.find import find_quantities

    print_records(
        "quantity",
        find_quantities(record, chosen, as_of=as_of),
        form=form,
        limit=limit,
    )
