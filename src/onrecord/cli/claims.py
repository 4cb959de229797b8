"""`onrecord claims`: what is claimed and what is denied, side by side."""

from pathlib import Path
from typing import Any

import click

from onrecord.cli.filters import filter_options, read_filters
from onrecord.cli.options import (
    as_of_option,
    debug_option,
    example,
    fit_rows,
    record_argument,
)


@click.command(
    "claims",
    epilog=example(
        "onrecord claims rec --country Russia",
        "onrecord claims rec --by Lavrov --since 2022-01-24 --format jsonl",
    ),
)
@record_argument
@filter_options
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "jsonl")),
    default="text",
    show_default=True,
    help="jsonl has one line a claim.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    callback=fit_rows,
    default=50,
    show_default=True,
    help="At most so many claims.",
)
@as_of_option
@debug_option
def command(
    record: Path, form: str, limit: int, as_of: str | None, **filters: Any
) -> None:
    """Show what somebody denies in RECORD, beside those who claim it.

    Each happening that is denied is shown once: who claims it and who denies it, when,
    with both sentences. The filters are those of the denial, --since and --until the
    days of its report.
    """
    chosen = read_filters(**filters)
    from onrecord.cli.paper import paper_width, print_paper, print_texts
    from onrecord.show.views.claims import claims

    found = claims(record, chosen, limit=limit, as_of=as_of)
    if form == "text":
        from onrecord.show.views.claims_text import claims_lines

        print_paper(claims_lines(found, width=paper_width()), None)
        return
    from msgspec import to_builtins

    from onrecord.show.visible import json_line

    print_texts((json_line(to_builtins(claim)) for claim in found.claims), None)
