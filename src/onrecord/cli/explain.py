"""`onrecord explain`: why an event stands in the record."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from onrecord.cli.options import (
    as_of_option,
    debug_option,
    example,
    record_argument,
)

COPIES_SHOWN = 20


@click.command(
    "explain",
    epilog=example(
        "onrecord explain rec EVENT_ID",
        "onrecord events rec --factuality denied --limit 1 --format jsonl",
    ),
)
@record_argument
@click.argument("event_id")
@as_of_option
@debug_option
def command(record: Path, event_id: str, as_of: str | None) -> None:
    """Show an event's sentence with the words of every cell marked.

    EVENT_ID may be the beginning of an id, as the table of events shows it. Below the
    sentence stand each cell's value, its words and the rule or basis that read them,
    what made the result, and the reports that repeat it.
    """
    from onrecord.cli.render import (
        print_cells,
        print_marked,
        print_pairs,
        stdout_console,
    )
    from onrecord.show.explanation import explain_event
    from onrecord.show.find import find_copies, find_event, find_report, find_run_of

    event = find_event(record, event_id, as_of=as_of)
    report = find_report(record, event["doc_id"], as_of=as_of)
    copies = find_copies(record, event["doc_id"], as_of=as_of)
    run = find_run_of(record, event["doc_id"], as_of=as_of)
    explanation = explain_event(event)
    console = stdout_console()
    print_pairs(_report_lines(report), console)
    console.print()
    print_marked(explanation.segments, console)
    console.print()
    print_cells(explanation.cells, console)
    console.print()
    print_pairs(_closing_lines(event, run, copies), console)


def _report_lines(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield who published the report, when and how that is known, and where it lies."""
    day = f"{report['date'] or 'no date'} (date: {report['date_basis']})"
    yield "report", f"{_outlet(report)}, {day}"
    if report["title"]:
        yield "title", report["title"]
    if report["url"]:
        yield "url", report["url"]
    place = ", ".join(p for p in (report["file"], report["position"]) if p)
    yield (
        "source",
        f"{report['source_id']} in {place}" if place else report["source_id"],
    )


def _closing_lines(
    event: Mapping[str, Any],
    run: Mapping[str, Any] | None,
    copies: list[dict[str, Any]],
) -> Iterator[tuple[str, str]]:
    yield "event", event["event_id"]
    yield "confidence", f"{event['confidence']:.2f}"
    if run:
        versions = (
            f"onrecord {run['program']}, lexicon {run['lexicon']}, model {run['model']}"
        )
        yield "made by", f"{versions}, in run {run['number']}"
    if not copies:
        yield "repeated", "by no other report"
        return
    many = "report" if len(copies) == 1 else "reports"
    yield "repeated", f"by {len(copies):,} other {many} of the story:"
    for copy in copies[:COPIES_SHOWN]:
        day = copy["date"] or "no date"
        yield "", f"{day} {_outlet(copy)} ({copy['relation']})"
    if len(copies) > COPIES_SHOWN:
        yield "", f"and {len(copies) - COPIES_SHOWN:,} more"


def _outlet(report: Mapping[str, Any]) -> str:
    return str(report["outlet"] or "outlet not known")
