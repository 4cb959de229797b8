"""`onrecord copies`: which reports are copies of which; no record is needed."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.fetching import web_options
from onrecord.cli.options import (
    debug_option,
    example,
    input_limits_option,
    inputs_argument,
    output_option,
)
from onrecord.cli.output import LINE_WRITERS, open_output
from onrecord.cli.refused import SOME_REJECTED, say_rejected

if TYPE_CHECKING:
    from onrecord.model.document import Document
    from onrecord.read.fetch_policy import FetchPolicy


@click.command(
    "copies",
    epilog=example(
        "onrecord copies reports.jsonl",
        "onrecord copies folder/ | jq 'select(.relation == \"rewritten\")'",
    ),
)
@inputs_argument
@output_option
@click.option("--strict", is_flag=True, help="Leave with 3 if a report was rejected.")
@input_limits_option
@web_options
@debug_option
def command(
    inputs: tuple[str, ...],
    output: Path | None,
    strict: bool,
    limits: tuple[str, ...],
    policy: "FetchPolicy",
) -> int:
    """Tell which reports are copies of which, one JSON line a report.

    INPUT is a file, a folder, the http(s) address of a feed or page, an address on
    object storage, or - for standard input. Nothing is stored. A line has the report's
    story, what it copies, where its words depart, and why it is held for a copy.
    """
    from onrecord.model.document import Rejected
    from onrecord.read import read_reports
    from onrecord.read.limits import parse_limits

    documents: list[Document] = []
    rejected = 0
    for report in read_reports(inputs, limits=parse_limits(limits), policy=policy):
        if isinstance(report, Rejected):
            rejected += 1
            say_rejected(report)
        else:
            documents.append(report)
    with open_output(output) as stream:
        LINE_WRITERS["jsonl"](_lines(documents), stream)
        stream.flush()
    return SOME_REJECTED if strict and rejected else 0


def _lines(documents: "list[Document]") -> Iterator[dict[str, Any]]:
    from onrecord.collapse import collapse, copy_lines, load_story_words

    collapsed, comparer = collapse(documents, load_story_words())
    yield from copy_lines(documents, collapsed, comparer)
