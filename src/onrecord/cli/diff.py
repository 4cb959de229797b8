"""`onrecord diff`: what a newer program, lexicon or model reads differently."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.filters import filter_options, read_filters
from onrecord.cli.options import (
    debug_option,
    example,
    limit_option,
    output_option,
    record_argument,
)
from onrecord.cli.output import (
    SEPARATORS,
    open_output,
    write_lines,
    write_sheet,
)

if TYPE_CHECKING:
    from onrecord.show.views.cite_text import Line
    from onrecord.show.views.diff import Diff

SHOWN = 50  # differences of a text unless told
FORMATS = ("text", "jsonl", "csv", "tsv", "html")


@click.command(
    "diff",
    epilog=example(
        "onrecord diff rec 1 2",
        "onrecord diff rec 1 2 --type REJECT --limit 10",
    ),
)
@record_argument
@click.argument("run_a")
@click.argument("run_b")
@filter_options
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How it is written; html is one page.",
)
@limit_option
@output_option
@debug_option
def command(
    record: Path,
    run_a: str,
    run_b: str,
    form: str,
    limit: int | None,
    output: Path | None,
    **filters: Any,
) -> None:
    """Show what RUN_B reads differently from RUN_A, event by event.

    A run is a number or id that `onrecord runs` shows, or NAME:RUN for a run of another
    coder, whose record is RECORD/coders/NAME. Compared are the events and statements
    of reports that both have coded, as they were coded: by their words, then cell by
    cell, with the rule that read each, then and now. A text shows 50 unless told.
    """
    chosen = read_filters(acts=True, **filters)
    from onrecord.show.views.diff import diff

    found = diff(record, run_a, run_b, chosen)
    if form == "text":
        from onrecord.cli.paper import paper_width, print_paper

        print_paper(_paper(found, limit or SHOWN, paper_width()), output)
        return
    with open_output(output) as stream:
        if form == "jsonl":
            write_lines(_records(found, limit), stream)
        elif form == "html":
            stream.writelines(f"{line}\n" for line in _page(found, limit))
        else:
            from onrecord.show.views.diff_text import COLUMNS, difference_rows

            some = islice(found.differences(), limit)
            rows = (row for one in some for row in difference_rows(one))
            write_sheet(COLUMNS, rows, stream, separator=SEPARATORS[form])


def _paper(found: "Diff", limit: int, width: int) -> Iterator["Line"]:
    from onrecord.show.views.cite_text import Piece
    from onrecord.show.views.diff_text import (
        difference_lines,
        report_lines,
        summary_lines,
    )

    summary = found.summary
    yield from summary_lines(summary)
    yield ()
    for one in islice(found.differences(), limit):
        yield from difference_lines(one, width=width)
        yield ()
    yield from report_lines(islice(found.reports(), limit), summary)
    counts = [
        count.changed + count.added + count.removed
        for count in (summary.events, summary.statements)
    ]
    if sum(counts) > limit:
        more = f"the first {limit:,} of {sum(counts):,} are shown; more with --limit"
        yield (Piece(more, "quiet"),)


def _records(found: "Diff", limit: int | None) -> Iterator[dict[str, Any]]:
    from onrecord.show.views.diff_text import (
        difference_record,
        report_record,
        summary_record,
    )

    yield summary_record(found.summary)
    yield from map(report_record, found.reports())
    yield from map(difference_record, islice(found.differences(), limit))


def _page(found: "Diff", limit: int | None) -> Iterator[str]:
    from onrecord.show.views.diff_html import diff_html

    some = islice(found.differences(), limit)
    yield from diff_html(found.summary, found.reports(), some)
