"""`onrecord statements`: the statements of a record."""

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
    "statements",
    epilog=example(
        "onrecord statements rec --by Lavrov --since 2022-01-21",
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
    """Show who said what, in order of time.

    Several values of one filter are alternatives; different filters must all hold.
    """
    chosen = read_filters(acts=True, **filters)
    from onrecord.show.find import find_statements

    print_records(
        "statement",
        find_statements(record, chosen, as_of=as_of),
        form=form,
        limit=limit,
    )
