"""Score what was given against gold: the table of contents of this package."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

import msgspec

from onrecord.score.cells import CellFigures, cell_figures
from onrecord.score.copies import CopyFigures, copy_figures
from onrecord.score.counting import Counts, total
from onrecord.score.events import (
    EventFigures,
    count_events,
    event_figures,
    missed_events,
)
from onrecord.score.intervals import Interval, find_intervals
from onrecord.score.marked import MARKED, MarkedFigures, count_marked, marked_figures
from onrecord.score.relations import (
    RelationFigures,
    count_relations,
    relation_figures,
)
from onrecord.score.shapes import Act, Report
from onrecord.score.statements import (
    StatementFigures,
    count_statements,
    statement_figures,
)

LAYERS = ("events", "statements", *MARKED, "relations", "copies")
UNCOMPARED = "uncompared."
COUNTS: Mapping[str, Callable[[Report, Report], Counts]] = {
    "events": count_events,
    "statements": count_statements,
    **{layer: partial(count_marked, layer=layer) for layer in MARKED},
    "relations": count_relations,
}


class Missed(msgspec.Struct, frozen=True):
    """A gold event that nothing given stands for, with its report's id and text."""

    report: str
    event: Act
    text: str | None


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What stood beside each other, and what did not.

    `silent` are gold reports without any line given: all of theirs counts as missed.
    `unknown` are reports given that gold does not have: left out. `outside` counts
    what was given where gold was not asked. `uncompared` counts, for each cell, the
    pairs in which a side lacks it.
    """

    reports: int
    partial: int
    silent: tuple[str, ...]
    unknown: tuple[str, ...]
    doubtful: Mapping[str, tuple[int, int]]  # layer: how many, and of them matched
    outside: Mapping[str, int]
    uncompared: Mapping[str, int]


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """All figures; a layer that gold lacks, or was not asked for, is None."""

    coverage: Coverage
    events: EventFigures | None = None
    cells: Mapping[str, CellFigures] = {}
    statements: StatementFigures | None = None
    marked: Mapping[str, MarkedFigures] = {}
    relations: RelationFigures | None = None
    copies: CopyFigures | None = None
    intervals: Mapping[str, Interval] = {}


def layers_of(gold: Iterable[Report]) -> tuple[str, ...]:
    """Return the layers that gold has, in their order."""
    found = {layer for report in gold for layer in _layers(report)}
    return tuple(layer for layer in LAYERS if layer in found)


def _layers(report: Report) -> Iterable[str]:
    if report.events is not None:
        yield "events"
    if report.statements is not None:
        yield "statements"
    yield from report.marked
    if report.relation is not None:
        yield "relations"
    if report.copy is not None:
        yield "copies"


def score(
    gold: Sequence[Report], given: Sequence[Report], *, layers: Collection[str]
) -> Scores:
    """Return the figures of some layers. Reports meet by their keys."""
    pairs, unknown = meet(gold, given)
    counts = []
    for wanted, ours in pairs:
        own = set(_layers(wanted)) & set(layers)
        counts.append(
            total(COUNTS[layer](wanted, ours) for layer in COUNTS if layer in own)
        )
    whole = total(counts)
    has = set(layers_of(gold)) & set(layers)
    return Scores(
        coverage=_coverage(pairs, unknown, whole),
        events=event_figures(whole) if "events" in has else None,
        cells=cell_figures(whole),
        statements=statement_figures(whole) if "statements" in has else None,
        marked={name: marked_figures(whole, name) for name in MARKED if name in has},
        relations=relation_figures(whole) if "relations" in has else None,
        copies=_copies(pairs) if "copies" in has else None,
        intervals=find_intervals(counts) if has & {"events", "statements"} else {},
    )


Met = tuple[Report, Report]
ABSENT = ""


def meet(
    gold: Sequence[Report], given: Sequence[Report]
) -> tuple[list[Met], list[str]]:
    """Return each gold report, by key, with what was given for it, and keys left over.

    What was not given at all is a report without keys but "".
    """
    by_key = {key: report for report in reversed(given) for key in report.keys}
    pairs, met = [], set()
    for wanted in sorted(gold, key=lambda report: report.key):
        ours = next((by_key[key] for key in wanted.keys if key in by_key), None)
        if ours is not None:
            met.add(ours.key)
        pairs.append((wanted, ours or Report(keys=(ABSENT,))))
    return pairs, sorted({report.key for report in given} - met)


def _coverage(
    pairs: Sequence[Met], unknown: Sequence[str], whole: Mapping[str, float]
) -> Coverage:
    both = ("events", "statements")
    return Coverage(
        reports=len(pairs),
        partial=sum(gold.judged is not None for gold, _ in pairs),
        silent=tuple(gold.key for gold, given in pairs if given.key == ABSENT),
        unknown=tuple(unknown),
        doubtful={
            layer: (
                int(whole[f"{layer}.doubtful"]),
                int(whole.get(f"{layer}.doubtful_matched", 0)),
            )
            for layer in both
            if whole.get(f"{layer}.doubtful")
        },
        outside={
            layer: int(whole[f"{layer}.outside"])
            for layer in both
            if whole.get(f"{layer}.outside")
        },
        uncompared={
            name.removeprefix(UNCOMPARED): int(number)
            for name, number in sorted(whole.items())
            if name.startswith(UNCOMPARED) and number
        },
    )


def _copies(pairs: Sequence[Met]) -> CopyFigures:
    gold = {g.key: g.copy for g, _ in pairs if g.copy is not None}
    given = {g.key: p.copy for g, p in pairs if g.copy is not None and p.copy}
    return copy_figures(gold, given)


def find_missed(gold: Sequence[Report], given: Sequence[Report]) -> tuple[Missed, ...]:
    """Return the gold events that were missed, report by report."""
    pairs, _ = meet(gold, given)
    return tuple(
        Missed(wanted.key, event, wanted.text)
        for wanted, ours in pairs
        for event in missed_events(wanted, ours)
    )
