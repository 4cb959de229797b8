"""`onrecord review`: corrections by people."""

import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.filters import filter_options, read_filters
from onrecord.cli.options import (
    as_of_option,
    debug_option,
    example,
    fit_rows,
    format_option,
    output_option,
    record_argument,
)
from onrecord.cli.output import (
    SEPARATORS,
    default_format,
    open_output,
    write_lines,
    write_sheet,
)
from onrecord.cli.refused import SOME_REJECTED
from onrecord.errors import UsageError
from onrecord.show.visible import one_line

if TYPE_CHECKING:
    from onrecord.model.judgement import Judgement, Unread
    from onrecord.show.review import Decided
    from onrecord.show.review_agreement import Agreement

TOOLS = ("json", "prodigy", "label-studio")
USUAL = 50
COLUMNS = ("made", "author", "verdict", "cell", "value", "state", "event", "why")
TELLS = 20  # judgements below which agreement says little


@click.group(
    "review",
    epilog=example(
        "onrecord review rec export --sample uncertain -o tasks.jsonl",
        "onrecord review rec import tasks.jsonl --author ana",
        "onrecord review rec list",
        "onrecord review rec agreement",
    ),
)
@record_argument
@debug_option
def command(record: Path) -> None:
    """Let people judge events of RECORD, and apply what they decide.

    Corrections are kept apart from what was coded, bound to the words and the meaning
    of the event they were made on. Every run applies them anew, whatever coded the
    reports; no run takes one back.
    """


def _record() -> Path:
    parent = click.get_current_context().parent
    if parent is None:
        raise TypeError("a part of `review` has a command before it")
    record: Path = parent.params["record"]
    return record


@command.command(
    "export",
    epilog=example(
        "onrecord review rec export --size 50 -o tasks.jsonl",
        "onrecord review rec export --format label-studio --country Russia -o t.json",
        "onrecord review rec export --as gold -o gold.jsonl",
    ),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(TOOLS),
    default="json",
    show_default=True,
    help="For which tool; json are lines to fill in.",
)
@click.option(
    "--sample",
    type=click.Choice(("uncertain", "random")),
    default="uncertain",
    show_default=True,
    help="The least sure events, or any.",
)
@click.option("--seed", type=click.IntRange(0), default=0, help="Of the random draw.")
@click.option(
    "--size",
    type=click.IntRange(1),
    callback=fit_rows,
    default=USUAL,
    show_default=True,
    help="At most so many events.",
)
@click.option("--judged", is_flag=True, help="Also events that somebody judged.")
@click.option(
    "--as",
    "kind",
    type=click.Choice(("tasks", "gold")),
    default="tasks",
    show_default=True,
    help="gold: the events that were judged, as `score` takes them.",
)
@click.option(
    "--label-config",
    "config",
    is_flag=True,
    help="Write Label Studio's labelling interface for these tasks, and nothing else.",
)
@filter_options
@output_option
@as_of_option
@debug_option
def export(
    form: str,
    sample: str,
    seed: int,
    size: int,
    judged: bool,
    kind: str,
    config: bool,
    output: Path | None,
    as_of: str | None,
    **filters: Any,
) -> None:
    """Write events for people to judge."""
    record = _record()
    chosen = read_filters(**filters)
    from onrecord.show.exchange import label_studio, lines, prodigy
    from onrecord.show.review import Sample, choose_shown
    from onrecord.show.review_gold import gold_lines

    if config:
        with open_output(output) as stream:
            stream.write(label_studio.label_config())
        return
    if kind == "gold":
        with open_output(output) as stream:
            count = write_lines(gold_lines(record), stream)
        click.echo(f"{count:,} judged events", err=True)
        return
    shown = choose_shown(
        record,
        chosen,
        sample=Sample(sample),
        seed=seed,
        size=size,
        judged=judged,
        as_of=as_of,
    )
    write = {
        "json": lines.write,
        "prodigy": prodigy.write,
        "label-studio": label_studio.write,
    }[form]
    with open_output(output) as stream:
        count = write(shown, stream)
    click.echo(f"{count:,} events to judge", err=True)


@command.command(
    "import", epilog=example("onrecord review rec import tasks.jsonl --author ana")
)
@click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@click.option("--author", metavar="NAME", help="Who judged, where FILE does not say.")
@debug_option
def import_(file: Path, author: str | None) -> int:
    """Take what people decided from FILE, and apply it.

    FILE comes from `review export`, filled in; from `review list --format jsonl`; from
    `prodigy db-out`; or from Label Studio, as JSON. Wrong lines are refused and named,
    the others taken; then this leaves with 3. A decision that is known is not taken
    again. For a person who comes back to an event, the last word counts. What is taken
    and fits no event, as words that are not in its report, is named too.
    """
    record = _record()
    from onrecord.engine.review_take import take_judgements
    from onrecord.engine.summaries import keep_summaries
    from onrecord.ontology import load_ontology
    from onrecord.show.exchange.tell import read_any

    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    found = list(read_any(raw, str(file)))
    taken = take_judgements(
        record,
        _signed(found, author),
        ontology=load_ontology(),
        now=dt.datetime.now(dt.UTC),
        author=author,
    )
    unapplied: list[str] = []
    if taken.added:
        keep_summaries(record)
        unapplied = list(_unapplied(record, {c.correction_id for c in taken.added}))
    for refused in taken.refused:
        line = f"{file}:{refused.position}: refused: {refused.reason}"
        click.echo(one_line(line), err=True)
    for line in unapplied:
        click.echo(one_line(line), err=True)
    click.echo(
        f"{len(taken.added):,} new corrections · {taken.known:,} known"
        f" · {taken.ignored:,} judgements that decide nothing"
        f" · {len(taken.refused):,} refused"
    )
    return SOME_REJECTED if taken.refused else 0


def _unapplied(record: Path, added: set[str]) -> Iterable[str]:
    """Yield why corrections that were taken change nothing in the record as it is."""
    from onrecord.model.correction import State
    from onrecord.show.review import find_decisions
    from onrecord.store.query import connect

    for one in find_decisions(connect(record)):
        found = one.correction
        if found.correction_id in added and one.state is State.UNMATCHED:
            what = f"{found.verdict.value} {found.cell.value if found.cell else ''}"
            about = one.event_id or found.anchor.event_id
            yield f"{about}: kept, but not applied: {what.strip()}: {one.why}"


def _signed(
    found: "Iterable[Judgement | Unread]", author: str | None
) -> "Iterable[Judgement | Unread]":
    """Return judgements signed by `author`, unless several people signed them."""
    if author is None:
        return found
    import msgspec

    from onrecord.model.judgement import Judgement

    items = list(found)
    given = [i for i in items if isinstance(i, Judgement) and i.correction is None]
    names = sorted({one.author for one in given if one.author is not None})
    if len(names) > 1:
        raise UsageError(
            f"the file holds judgements of several people ({', '.join(names[:5])});"
            " leave out --author"
        )
    return [
        msgspec.structs.replace(item, author=author)
        if isinstance(item, Judgement) and item.correction is None
        else item
        for item in items
    ]


@command.command(
    "list",
    epilog=example(
        "onrecord review rec list",
        "onrecord review rec list --format jsonl -o corrections.jsonl",
    ),
)
@format_option()
@output_option
@as_of_option
@debug_option
def list_(form: str | None, output: Path | None, as_of: str | None) -> None:
    """List corrections, and what became of each on today's events.

    in_force: it is applied. agreed: the coder says so by now. unmatched: no event has
    its words, or several have. overruled: somebody decided otherwise later.
    """
    record = _record()
    from onrecord.show.exchange.lines import correction_line
    from onrecord.show.review import find_decisions
    from onrecord.store.query import connect

    decided = find_decisions(connect(record, as_of=as_of))
    form = default_format(form) if output is None else form or "jsonl"
    if form == "table":
        from onrecord.cli.render import print_table

        cells = [[one_line(c) for c in _cells(one)] for one in decided]
        print_table(COLUMNS, cells)
        return
    with open_output(output) as stream:
        if form == "jsonl":
            lines = (
                {
                    **correction_line(one.correction),
                    "state": one.state,
                    "event_id": one.event_id,
                    "why": one.why,
                }
                for one in decided
            )
            write_lines(lines, stream)
            return
        rows = (_cells(one) for one in decided)
        write_sheet(COLUMNS, rows, stream, separator=SEPARATORS[form])


def _cells(decided: "Decided") -> tuple[str, ...]:
    one = decided.correction
    return (
        one.made[:19],
        one.author,
        one.verdict.value,
        one.cell.value if one.cell else "",
        _short(one.value),
        decided.state.value if decided.state else "",
        decided.event_id or "",
        decided.why or "",
    )


def _short(kept: str | None) -> str:
    """Return a fixed value in few words; all of it is in JSON lines."""
    if kept is None:
        return ""
    import msgspec

    return _said(msgspec.json.decode(kept)) or "none"


def _said(value: Any) -> str:
    match value:
        case None:
            return ""
        case list():
            return "; ".join(_said(item) for item in value)
        case {"from": start, "to": end}:
            return f"{start} to {end}"
        case {"value": inner}:
            return _said(inner)
        case {"name": str(name)}:
            return name
        case {"words": {"text": text}}:
            return str(text)
        case float():
            return f"{value:g}"
        case _:
            return str(value)


@command.command("agreement", epilog=example("onrecord review rec agreement"))
@format_option("table", "json")
@debug_option
def agreement_(form: str | None) -> None:
    """Tell how far reviewers agree: Krippendorff's alpha, cell by cell and in all.

    1 is full agreement, 0 as much as chance gives. Events count that two people or
    more judged.
    """
    record = _record()
    import msgspec

    from onrecord.show.review_agreement import agreement
    from onrecord.show.visible import json_line

    found = agreement(record)
    if (form or default_format(None)) != "table":
        click.echo(json_line(msgspec.to_builtins(found)))
        return
    from onrecord.cli.render import print_table

    click.echo(
        f"{len(found.authors)} people, {found.events:,} events judged by several:"
        f" {one_line(', '.join(found.authors)) or 'none'}"
    )
    print_table(("cell", "events", "judgements", "alpha"), _alphas(found))
    if found.joint.units < TELLS:
        click.echo("few judgements: read these figures with care", err=True)


def _alphas(found: "Agreement") -> list[tuple[str, ...]]:
    parts = [(one.cell, one.reliability) for one in found.cells]
    return [
        (
            name,
            f"{part.units:,}",
            f"{part.values:,}",
            "all alike" if part.alpha is None and part.units else _alpha(part.alpha),
        )
        for name, part in [*parts, ("in all", found.joint)]
    ]


def _alpha(alpha: float | None) -> str:
    return "" if alpha is None else f"{alpha:.3f}"
