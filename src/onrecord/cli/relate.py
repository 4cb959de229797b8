"""`onrecord relate`: pairs of spans in, one relation a line out."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from onrecord.cli.options import debug_option, example, output_option
from onrecord.cli.output import open_output, write_lines
from onrecord.cli.refused import SOME_REJECTED, say_rejected

if TYPE_CHECKING:
    from onrecord.model.relation import Pair, Relation


class Counts(msgspec.Struct):
    """What went by while the lines streamed out."""

    pairs: int = 0
    rejected: int = 0


@click.command(
    "relate",
    epilog=example("onrecord relate pairs.jsonl", "onrecord relate - < pairs.jsonl"),
)
@click.argument("pairs", metavar="PAIRS.jsonl")
@output_option
@click.option("--strict", is_flag=True, help="Leave with 3 if a pair was rejected.")
@debug_option
def command(pairs: str, output: Path | None, strict: bool) -> int:
    """Say what one span of a sentence does to another.

    Each line of PAIRS.jsonl (- for standard input) is an object with id, text, actor
    and recipient; the last two are [start, end] in characters of the text, or null.
    Each line out has one of the 16 event types, its quad class, the scores of all
    types, the factuality, and the word that calls up the act.
    """
    counts = Counts()
    lines = (_line(pair, found) for pair, found in _relate(pairs, counts))
    with open_output(output) as stream:
        write_lines(lines, stream)
        stream.flush()
    if counts.rejected:
        related = counts.pairs - counts.rejected
        click.echo(
            f"{counts.pairs:,} read = {related:,} related +"
            f" {counts.rejected:,} rejected",
            err=True,
        )
    return SOME_REJECTED if strict and counts.rejected else 0


def _relate(name: str, counts: Counts) -> Iterator[tuple["Pair", "Relation"]]:
    """Yield the relations in order; say on standard error which pairs were refused."""
    from onrecord.cli.knowledge import open_kit, open_reader
    from onrecord.lexicon.relations import load_relations
    from onrecord.model.document import Rejected
    from onrecord.pipeline import relate
    from onrecord.read.pairs import read_pairs
    from onrecord.understand.parse import SentenceCache

    pairs = read_pairs(name)
    kit, relations = open_kit(), load_relations()
    reader, cache = open_reader(), SentenceCache()
    for pair in pairs:
        counts.pairs += 1
        if isinstance(pair, Rejected):
            counts.rejected += 1
            say_rejected(pair)
            continue
        yield (
            pair,
            relate(pair, kit=kit, relations=relations, reader=reader, cache=cache),
        )


def _line(pair: "Pair", relation: "Relation") -> dict[str, Any]:
    return {
        "id": relation.id,
        "event_type": str(relation.event_type),
        "quad": relation.quad,
        "scores": {str(t): score for t, score in relation.scores.items()},
        "factuality": str(relation.factuality),
        "trigger": {
            "start": relation.trigger.start,
            "end": relation.trigger.end,
            "text": relation.trigger.of(pair.text),
        },
    }
