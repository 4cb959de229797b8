"""`onrecord score`: what was given against gold."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
import msgspec

from onrecord.cli.options import debug_option, example, output_option
from onrecord.cli.output import open_output
from onrecord.errors import UsageError
from onrecord.show.visible import visible

if TYPE_CHECKING:
    from onrecord.cli.score_inputs import Inputs
    from onrecord.score import Scores

FELL_SHORT = 4
LAYERS = (
    "events",
    "statements",
    "times",
    "places",
    "quantities",
    "sentences",
    "relations",
    "copies",
)


@click.command(
    "score",
    epilog=example(
        "onrecord score gold/ predicted.jsonl",
        "onrecord score gold/ rec --layer events --floor typed=50 --floor unreal=40",
    ),
)
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument(
    "predicted", type=click.Path(exists=True, allow_dash=True, path_type=Path)
)
@click.option(
    "--layer",
    "layers",
    type=click.Choice(LAYERS),
    multiple=True,
    help="What to score; may be repeated.  [default: what GOLD and PREDICTED have]",
)
@click.option(
    "--texts",
    type=click.Path(exists=True, path_type=Path),
    help="The texts of GOLD's reports: a folder of ID.txt, or a file of reports.",
)
@click.option(
    "--floor",
    "floors",
    metavar="NAME=VALUE",
    multiple=True,
    help="Leave with 4 if a figure is below; may be repeated. For `unreal`: above.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "markdown")),
    default="text",
    show_default=True,
)
@click.option(
    "--show",
    metavar="N",
    type=click.IntRange(min=0),
    default=0,
    help="Name N events that were missed.",
)
@output_option
@debug_option
def command(
    gold: Path,
    predicted: Path,
    layers: tuple[str, ...],
    texts: Path | None,
    floors: tuple[str, ...],
    form: str,
    show: int,
    output: Path | None,
) -> int:
    """Score PREDICTED against GOLD: precision, recall, F1, with counts.

    GOLD is a file or folder: reports annotated by hand as JSON, JSON lines in the
    shape of `extract`, `relate` or `copies`, Prodigy's JSON lines, or Label Studio's
    JSON. PREDICTED are lines of those commands (- for standard input), or a record.
    """
    from onrecord.cli.score_inputs import read_inputs
    from onrecord.score import find_fallen, name_figures, parse_floors, score

    wanted = parse_floors(floors)
    inputs = read_inputs(gold, predicted, texts=texts)
    chosen, remarks = _choose_layers(layers, inputs)
    scores = score(inputs.gold, inputs.given, layers=chosen)
    fallen = find_fallen(name_figures(scores), wanted)
    with open_output(output) as stream:
        _write(scores, (*inputs.remarks, *remarks), fallen, inputs, form, show, stream)
        stream.flush()
    for line in fallen:
        click.echo(line, err=True)
    return FELL_SHORT if fallen else 0


def _choose_layers(
    layers: tuple[str, ...], inputs: "Inputs"
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what to score, and a remark on what was not asked for and is not given."""
    from onrecord.score import layers_of

    has, given = layers_of(inputs.gold), layers_of(inputs.given)
    missing = [layer for layer in layers if layer not in has]
    if missing:
        raise UsageError(
            f"--layer {missing[0]}: gold has none; it has {', '.join(has) or 'nothing'}"
        )
    if layers:
        return layers, ()
    both = tuple(layer for layer in has if layer in given)
    if not both:
        raise UsageError(
            f"nothing to score: gold has {', '.join(has) or 'nothing'}, and given is"
            f" {', '.join(given) or 'nothing'}"
        )
    remarks = (
        f"Gold has {layer}, and no line of them was given: not scored."
        for layer in has
        if layer not in given
    )
    return both, tuple(remarks)


def _write(
    scores: "Scores",
    remarks: tuple[str, ...],
    fallen: tuple[str, ...],
    inputs: "Inputs",
    form: str,
    show: int,
    stream: TextIO,
) -> None:
    from onrecord.score import find_missed
    from onrecord.score.telling import tell_missed, tell_remarks

    remarks = (*tell_remarks(scores), *remarks)
    missed = find_missed(inputs.gold, inputs.given)[:show] if show else ()
    told = [tell_missed(one) for one in missed]
    if form == "json":
        whole = {**msgspec.to_builtins(scores), "remarks": remarks, "fallen": fallen}
        json.dump({**whole, "missed": told}, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
        return
    for line in _lines(scores, remarks, told, form):
        stream.write(visible(line) + "\n")


def _lines(
    scores: "Scores", remarks: tuple[str, ...], missed: list[str], form: str
) -> Iterator[str]:
    from onrecord.score.telling import make_tables, write_markdown, write_text

    is_text = form == "text"
    write = write_text if is_text else write_markdown
    yield from write(make_tables(scores))
    yield from (remark if is_text else f"- {remark}" for remark in remarks)
    if missed:
        yield ""
        yield from (line if is_text else f"- {line}" for line in missed)
