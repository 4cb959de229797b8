"""`onrecord brief`: what is new in a record."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.filters import FILTERS, read_filters
from onrecord.cli.options import (
    Command,
    as_of_option,
    debug_option,
    example,
    fit_rows,
    output_option,
    record_argument,
)

if TYPE_CHECKING:
    from onrecord.show.views.brief import Brief

FORMATS = ("text", "markdown", "html", "json")


def _brief_filters(command: Command) -> Command:
    """Add the filters; the days are those of the reports."""
    days = (
        click.option(
            "--since", metavar="DATE", required=True, help="First day of report."
        ),
        click.option(
            "--until", metavar="DATE", help="Last day of report; else the record's."
        ),
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            metavar="N",
            help="At least as sure as N, 0 to 1.",
        ),
    )
    others = (
        click.option(name, metavar=metavar, multiple=True, help=text)
        for name, metavar, text in FILTERS
    )
    for decorate in reversed((*days, *others)):
        command = decorate(command)
    return command


@click.command(
    "brief",
    epilog=example(
        "onrecord brief rec --since 2022-01-28",
        "onrecord brief rec --since 2022-01-28 --format html -o brief.html",
    ),
)
@record_argument
@_brief_filters
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="html is one file that asks for nothing.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    callback=fit_rows,
    default=10,
    show_default=True,
    help="At most so many of each part.",
)
@output_option
@as_of_option
@debug_option
def command(
    record: Path,
    form: str,
    limit: int,
    output: Path | None,
    as_of: str | None,
    **filters: Any,
) -> None:
    """Show what is new in RECORD since a day, by the day it was reported.

    New happenings, demands, threats, denials with what they deny, numbers that
    changed, and what was told before and has happened: the weightiest first, each with
    its sentence, outlet, date, on whose word, and how many independent origins tell it.
    What lies ahead or is denied is kept apart from what happened.
    """
    chosen = read_filters(**filters)
    from onrecord.show.views.brief import brief

    made = brief(record, chosen, limit=limit, as_of=as_of)
    _print(made, form, output)


def _print(made: "Brief", form: str, output: Path | None) -> None:
    from onrecord.cli.paper import paper_width, print_paper, print_texts

    if form == "text":
        from onrecord.show.views.brief_text import brief_lines

        print_paper(brief_lines(made, width=paper_width()), output)
    elif form == "markdown":
        from onrecord.show.views.brief_markdown import brief_markdown

        print_texts(brief_markdown(made), output)
    elif form == "html":
        from onrecord.show.views.brief_html import brief_html

        print_texts(brief_html(made), output)
    else:
        from msgspec import to_builtins

        from onrecord.show.visible import json_line

        print_texts([json_line(to_builtins(made))], output)
