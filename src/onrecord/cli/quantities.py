"""`onrecord quantities`: the quantities of a record."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from onrecord.store.filters import Filters

LINES = 20  # that a text shows unless told


@click.command(
    "quantities",
    epilog=example(
        "onrecord quantities rec --type MOBILIZE",
        "onrecord quantities rec --over-time --country Russia",
    ),
)
@record_argument
@filter_options
@click.option(
    "--over-time",
    is_flag=True,
    help="Values of one count side by side, with who says so and since when; --limit"
    " counts lines.",
)
@format_option()
@limit_option
@as_of_option
@debug_option
def command(
    record: Path,
    over_time: bool,
    form: str | None,
    limit: int | None,
    as_of: str | None,
    **filters: Any,
) -> None:
    """Show the numbers of the reports, or of the events that fit the filters.

    Several values of one filter are alternatives; different filters must all hold.
    """
    chosen = read_filters(**filters)
    if over_time:
        _print_lines(record, chosen, form=form, limit=limit, as_of=as_of)
        return
    from onrecord.show.find import find_quantities

    print_records(
        "quantity",
        find_quantities(record, chosen, as_of=as_of),
        form=form,
        limit=limit,
    )


def _print_lines(
    record: Path,
    filters: "Filters",
    *,
    form: str | None,
    limit: int | None,
    as_of: str | None,
) -> None:
    from onrecord.cli.output import (
        SEPARATORS,
        default_format,
        open_output,
        write_lines,
        write_sheet,
    )
    from onrecord.show.views.numbers import numbers
    from onrecord.show.views.numbers_text import (
        COLUMNS,
        numbers_lines,
        numbers_records,
        numbers_rows,
    )

    form = default_format(form)
    most = limit or (LINES if form == "table" else None)
    found = numbers(record, filters, limit=most, as_of=as_of)
    with open_output(None) as stream:
        if form == "table":
            stream.writelines(f"{line}\n" for line in numbers_lines(found))
        elif form == "jsonl":
            write_lines(numbers_records(found), stream)
        else:
            rows = numbers_rows(found)
            write_sheet(COLUMNS, rows, stream, separator=SEPARATORS[form])
