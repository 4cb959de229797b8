"""`onrecord stories`: the stories of a record, or one with its copies."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.filters import filter_options, read_filters
from onrecord.cli.options import (
    as_of_option,
    debug_option,
    example,
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
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.show.views.stories import StoryView
    from onrecord.store.filters import Filters

FORMATS = ("table", "jsonl", "csv", "tsv")
MOST = 2**31 - 1  # all, where a file or pipe is written


@click.command(
    "stories",
    epilog=example(
        "onrecord stories rec --country Russia --since 2022-01-24",
        "onrecord stories rec sto-0e3c52d0",
    ),
)
@record_argument
@click.argument("story_id", required=False)
@filter_options
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="table on a terminal, else jsonl; one story is text or jsonl.",
)
@limit_option
@as_of_option
@debug_option
def command(
    record: Path,
    story_id: str | None,
    form: str | None,
    limit: int | None,
    as_of: str | None,
    **filters: Any,
) -> None:
    """Show the stories of RECORD, or with STORY_ID one story and its copies.

    A story is an original report with its copies, exact, near and rewritten; it is
    shown if one of its events fits. --since and --until are days of report. With
    STORY_ID, or the beginning of one, each copy stands with the words that depart.
    """
    chosen = read_filters(**filters)
    if story_id is None:
        _print_stories(record, chosen, default_format(form), limit, as_of)
        return
    if form in SEPARATORS:
        raise UsageError("one story is shown as text or jsonl; leave out --format")
    from onrecord.show.views.stories import REPORTS, story

    view = story(record, story_id, limit=limit or REPORTS, as_of=as_of)
    _print_story(view, form)


def _print_story(view: "StoryView", form: str | None) -> None:
    from onrecord.cli.paper import paper_width, print_paper, print_texts
    from onrecord.show.views.stories_text import story_lines

    if form == "jsonl":
        from msgspec import to_builtins

        from onrecord.show.visible import json_line

        print_texts([json_line(to_builtins(view))], None)
        return
    print_paper(story_lines(view, width=paper_width()), None)


def _print_stories(
    record: Path, chosen: "Filters", form: str, limit: int | None, as_of: str | None
) -> None:
    from msgspec import to_builtins

    from onrecord.cli.render import print_table
    from onrecord.show.views.stories import ROWS, stories
    from onrecord.show.views.stories_shape import StoryRow
    from onrecord.show.views.stories_text import COLUMNS, count_line, story_cells

    most = limit or (ROWS if form == "table" else MOST)
    found = stories(record, chosen, limit=most, as_of=as_of)
    lines = map(to_builtins, found.stories)
    if form == "jsonl":
        with open_output(None) as stream:
            write_lines(lines, stream)
        return
    if form in SEPARATORS:
        names = StoryRow.__struct_fields__
        cells = ([_cell(line[name]) for name in names] for line in lines)
        with open_output(None) as stream:
            write_sheet(names, cells, stream, separator=SEPARATORS[form])
        return
    if not found.stories:
        click.echo("nothing found", err=True)
        return
    print_table(COLUMNS, [story_cells(row) for row in found.stories])
    click.echo(count_line(found), err=True)
    if found.count > len(found.stories) and limit is None:
        click.echo(f"the first {most:,} are shown; more with --limit", err=True)


def _cell(value: object) -> object:
    return "|".join(value) if isinstance(value, list | tuple) else value
