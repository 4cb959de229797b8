"""`onrecord series`: counts over time of what fits the filters."""

from pathlib import Path
from typing import Any

import click

from onrecord.cli.filters import filter_options, read_filters
from onrecord.cli.options import (
    as_of_option,
    debug_option,
    example,
    format_option,
    record_argument,
)
from onrecord.cli.output import (
    SEPARATORS,
    default_format,
    open_output,
    write_lines,
    write_sheet,
)
from onrecord.show.visible import json_line


@click.command(
    "series",
    epilog=example(
        "onrecord series rec --actor RUS --recipient UKR --step week",
        "onrecord series rec --country Ukraine --clock report --format csv",
    ),
)
@record_argument
@filter_options
@click.option(
    "--step",
    type=click.Choice(("day", "week", "month")),
    default="day",
    show_default=True,
    help="How long a step of time is; a week begins on Monday.",
)
@click.option(
    "--what",
    type=click.Choice(("happenings", "events")),
    default="happenings",
    show_default=True,
    help="Count each happening once, or each event of each report.",
)
@click.option(
    "--clock",
    type=click.Choice(("event", "report")),
    default="event",
    show_default=True,
    help="Whose day counts: the event's own, or that of its first report.",
)
@format_option("table", "json", "jsonl", "csv", "tsv")
@as_of_option
@debug_option
def command(
    record: Path,
    step: str,
    what: str,
    clock: str,
    form: str | None,
    as_of: str | None,
    **filters: Any,
) -> None:
    """Show for each day, week or month how much happened, and where that changes.

    What is planned, feared, denied or did not happen has columns of its own. Steps
    without anything are there, with zeros.
    """
    chosen = read_filters(**filters)
    import msgspec

    from onrecord.show.views.series import series
    from onrecord.show.views.series_shape import Clock, Step, What
    from onrecord.show.views.series_text import (
        COLUMNS,
        series_lines,
        series_records,
        series_rows,
    )

    found = series(
        record,
        chosen,
        step=Step(step),
        what=What(what),
        clock=Clock(clock),
        as_of=as_of,
    )
    form = default_format(form)
    with open_output(None) as stream:
        if form == "table":
            stream.writelines(f"{line}\n" for line in series_lines(found))
        elif form == "json":
            stream.write(json_line(msgspec.to_builtins(found)) + "\n")
        elif form == "jsonl":
            write_lines(series_records(found), stream)
        else:
            rows = series_rows(found)
            write_sheet(COLUMNS, rows, stream, separator=SEPARATORS[form])
