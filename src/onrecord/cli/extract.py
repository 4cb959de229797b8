"""`onrecord extract`: reports in, lines out; no record is needed."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click
import msgspec

from onrecord.cli.fetching import web_options
from onrecord.cli.options import (
    actors_option,
    debug_option,
    example,
    input_limits_option,
    inputs_argument,
    output_option,
)
from onrecord.cli.output import LINE_WRITERS, SEPARATORS, open_output, write_sheet
from onrecord.cli.plugging import Parts, open_parser, open_rules, plugin_options
from onrecord.cli.refused import SOME_REJECTED, say_rejected
from onrecord.errors import UsageError
from onrecord.show.flat import flat_columns, flat_rows
from onrecord.show.layers import KINDS, LAYERS, Extraction, layer_lines

if TYPE_CHECKING:
    from onrecord.model.document import Document, Rejected
    from onrecord.read.fetch_policy import FetchPolicy

DEFAULT_LAYERS = ("events", "statements")
ONE_KIND = ("csv", "tsv", "plover")  # formats that hold one kind of line


class Counts(msgspec.Struct):
    """What went by while the lines streamed out."""

    reports: int = 0
    rejected: int = 0
    left_out: Counter[str] = msgspec.field(default_factory=Counter)


@click.command(
    "extract",
    epilog=example(
        "onrecord extract report.txt",
        "onrecord extract --layer events --format csv reports.jsonl",
        "echo 'date 2022-01-18 Russia warned Kyiv on Monday.' | onrecord extract -",
    ),
)
@inputs_argument
@click.option(
    "--layer",
    "layers",
    type=click.Choice((*LAYERS, "all")),
    multiple=True,
    help="What to write; may be repeated.  [default: events and statements]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("jsonl", "json", "csv", "tsv", "plover")),
    default="jsonl",
    show_default=True,
    help="csv, tsv and plover hold one layer.",
)
@output_option
@click.option("--strict", is_flag=True, help="Leave with 3 if a report was rejected.")
@input_limits_option
@web_options
@actors_option
@plugin_options
@debug_option
def command(
    inputs: tuple[str, ...],
    layers: tuple[str, ...],
    form: str,
    output: Path | None,
    strict: bool,
    limits: tuple[str, ...],
    policy: "FetchPolicy",
    actors_file: Path | None,
    parts: Parts,
) -> int:
    """Read reports and write what is in them as JSON lines.

    INPUT is a file, a folder, the http(s) address of a feed or page, or - for standard
    input. Nothing is stored.
    """
    from onrecord.read import read_reports
    from onrecord.read.limits import parse_limits

    chosen = _choose_layers(layers, form)
    counts = Counts()
    reports = read_reports(inputs, limits=parse_limits(limits), policy=policy)
    extractions = _extract(reports, actors_file, parts, counts)
    with open_output(output) as stream:
        if form in SEPARATORS:
            _write_sheet(extractions, chosen[0], form, stream)
        elif form == "plover":
            LINE_WRITERS["jsonl"](_plover_lines(extractions, counts), stream)
        else:
            lines = (line for e in extractions for line in layer_lines(e, chosen))
            LINE_WRITERS[form](lines, stream)
        stream.flush()
    _say_counts(counts)
    return SOME_REJECTED if strict and counts.rejected else 0


def _choose_layers(layers: tuple[str, ...], form: str) -> tuple[str, ...]:
    """Return the layers to write; raise `UsageError` when the format holds fewer."""
    if form not in ONE_KIND:
        return tuple(LAYERS) if "all" in layers else layers or DEFAULT_LAYERS
    chosen = tuple(dict.fromkeys(layers)) or ("events",)
    if len(chosen) > 1 or chosen == ("all",):
        raise UsageError(f"--format {form} holds one layer; name one with --layer")
    if form == "plover" and chosen != ("events",):
        raise UsageError("--format plover holds events; leave out --layer")
    return chosen


def _extract(
    reports: "Iterator[Document | Rejected]",
    actors_file: Path | None,
    parts: Parts,
    counts: Counts,
) -> Iterator[Extraction]:
    """Yield each report with its layers; say on standard error which were refused."""
    from onrecord.cli.knowledge import open_kit, open_reader
    from onrecord.engine.batch import code_one
    from onrecord.model.annotation import AnnotatedDocument
    from onrecord.model.document import Document, Rejected
    from onrecord.model.event import CodedDocument
    from onrecord.pipeline import code, understand
    from onrecord.understand.parse import SentenceCache

    kit, cache = open_kit(actors_file), SentenceCache()
    reader, rules = open_parser(parts, open_reader()), open_rules(parts)
    latest: list[AnnotatedDocument] = []

    def work(document: Document) -> CodedDocument:
        latest[:] = [understand(document, kit=kit, reader=reader, cache=cache)]
        return code(latest[0], kit=kit, rules=rules)

    for report in reports:
        counts.reports += 1
        found = (
            report if isinstance(report, Rejected) else code_one(report, worker=work)
        )
        if isinstance(found, Rejected):
            counts.rejected += 1
            say_rejected(found)
            continue
        yield Extraction(annotated=latest[0], coded=found, ontology=kit.ontology)


def _write_sheet(
    extractions: Iterator[Extraction], layer: str, form: str, stream: TextIO
) -> None:
    rows = (
        row
        for extraction in extractions
        for line in layer_lines(extraction, (layer,))
        for row in flat_rows(line)
    )
    header = flat_columns(KINDS[layer])
    write_sheet(header, rows, stream, separator=SEPARATORS[form])


def _plover_lines(
    extractions: Iterator[Extraction], counts: Counts
) -> Iterator[dict[str, Any]]:
    from onrecord import __version__
    from onrecord.show.export.plover import plover_record, report_fields

    for extraction in extractions:
        report = report_fields(extraction.coded.document)
        for event in layer_lines(extraction, ("events",)):
            record = plover_record(
                event,
                report,
                ontology=extraction.ontology,
                coder=f"onrecord {__version__}",
            )
            if isinstance(record, str):
                counts.left_out[record] += 1
            else:
                yield record


def _say_counts(counts: Counts) -> None:
    if counts.rejected:
        taken = counts.reports - counts.rejected
        click.echo(
            f"{counts.reports:,} read = {taken:,} coded + {counts.rejected:,} rejected",
            err=True,
        )
    if counts.left_out:
        reasons = "; ".join(f"{n:,} {why}" for why, n in counts.left_out.most_common())
        click.echo(
            f"{counts.left_out.total():,} events left out that PLOVER does not hold:"
            f" {reasons}",
            err=True,
        )
