"""`onrecord positions`: on each issue who demands, offers and answers what."""

from pathlib import Path
from typing import Any

import click

from onrecord.cli.filters import filter_options, read_filters
from onrecord.cli.options import (
    as_of_option,
    debug_option,
    example,
    format_option,
    limit_option,
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

ISSUES = 20  # what a text shows unless told


@click.command(
    "positions",
    epilog=example(
        "onrecord positions rec",
        "onrecord positions rec --country Russia --since 2022-01-21 --limit 5",
    ),
)
@record_argument
@filter_options
@format_option("table", "json", "jsonl", "csv", "tsv")
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
    """Show the state of a negotiation, issue by issue, in order of time.

    Who demands, offers, rejects, accepts, concedes or threatens what, toward whom, on
    whose word, and which demand an answer answers. Issues are found by the words that
    moves share. --limit counts issues.
    """
    chosen = read_filters(**filters)
    import msgspec

    from onrecord.show.views.positions import positions
    from onrecord.show.views.positions_text import (
        COLUMNS,
        positions_lines,
        positions_records,
        positions_rows,
    )

    form = default_format(form)
    most = limit or (ISSUES if form == "table" else None)
    found = positions(record, chosen, limit=most, as_of=as_of)
    with open_output(None) as stream:
        if form == "table":
            stream.writelines(f"{line}\n" for line in positions_lines(found))
        elif form == "json":
            stream.write(json_line(msgspec.to_builtins(found)) + "\n")
        elif form == "jsonl":
            write_lines(positions_records(found), stream)
        else:
            rows = positions_rows(found)
            write_sheet(COLUMNS, rows, stream, separator=SEPARATORS[form])
