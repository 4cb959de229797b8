"""Name every figure, and hold figures against floors."""

import math
from collections.abc import Iterator, Mapping, Sequence

from onrecord.errors import UsageError
from onrecord.score.cells import CellFigures
from onrecord.score.counting import Overlap, Share
from onrecord.score.events import EventFigures
from onrecord.score.relations import RelationFigures
from onrecord.score.scoring import Scores

CEILINGS = frozenset(("unreal",))  # the lower the better

Named = Iterator[tuple[str, float]]


def name_figures(scores: Scores) -> dict[str, float]:
    """Return every figure that was measured by its name.

    An F1 is `found`, with `found.p` and `found.r` beside it.
    """
    return dict(_all(scores))


def _all(scores: Scores) -> Named:
    if scores.events is not None:
        yield from _events(scores.events)
    for cell, figures in scores.cells.items():
        yield from _cell(cell, figures)
    if scores.statements is not None:
        yield from _overlap("said", scores.statements.said)
        for name in ("act", "form", "content"):
            yield from _share(name, getattr(scores.statements, name))
    for layer, marked in scores.marked.items():
        for name in ("strict", "relaxed", "value"):
            yield from _overlap(f"{layer}.{name}", getattr(marked, name))
        for name in ("near", "near_found"):
            yield from _share(f"{layer}.{name}", getattr(marked, name))
    if scores.relations is not None:
        yield from _relations(scores.relations)
    if scores.copies is not None:
        yield from _overlap("copies.pairs", scores.copies.pairs)
        yield from _share("copies.relation", scores.copies.relation)


def _events(figures: EventFigures) -> Named:
    for name in ("found", "typed", "dyad"):
        yield from _overlap(name, getattr(figures, name))
    for name in ("fact", "unreal", "by"):
        yield from _share(name, getattr(figures, name))
    if figures.kappa is not None:
        yield "kappa", figures.kappa
    for event_type, overlap in figures.by_type.items():
        yield from _overlap(f"typed.{event_type}", overlap)


def _cell(cell: str, figures: CellFigures) -> Named:
    yield cell, figures.all.share
    yield from _share(f"{cell}.given", figures.given)
    yield from _share(f"{cell}.absent", figures.absent)


def _relations(figures: RelationFigures) -> Named:
    for name in ("root", "quad"):
        classes = getattr(figures, name)
        if classes is not None:
            yield f"relations.{name}.accuracy", classes.accuracy
            yield f"relations.{name}.macro_f1", classes.macro_f1


def _overlap(name: str, overlap: Overlap | None) -> Named:
    if overlap is not None:
        yield name, overlap.f
        yield f"{name}.p", overlap.p
        yield f"{name}.r", overlap.r


def _share(name: str, share: Share | None) -> Named:
    if share is not None:
        yield name, share.share


def parse_floors(given: Sequence[str]) -> dict[str, float]:
    """Return floors of `NAME=VALUE`; raise `UsageError` at what is none."""
    floors = {}
    for text in given:
        name, equals, value = text.partition("=")
        try:
            floor = float(value)
        except ValueError:
            floor = math.nan
        # Nothing is below a floor that is no number: it would always hold.
        if not equals or not math.isfinite(floor):
            raise UsageError(f"--floor {text}: write NAME=VALUE, such as typed=70")
        floors[name.strip()] = floor
    return floors


def find_fallen(
    figures: Mapping[str, float], floors: Mapping[str, float]
) -> tuple[str, ...]:
    """Return a line for each figure below its floor, or `unreal` above its ceiling.

    Raises `UsageError` where a floor names a figure that was not measured.
    """
    unknown = sorted(set(floors) - set(figures))
    if unknown:
        names = ", ".join(figures) or "none"
        raise UsageError(
            f"--floor {', '.join(unknown)}: not measured here; measured are {names}"
        )
    fallen = []
    for name, floor in floors.items():
        value, over = figures[name], name in CEILINGS
        if value > floor if over else value < floor:
            word = "above its ceiling" if over else "below its floor"
            fallen.append(f"{name} is {value:.2f}, {word} of {floor:g}")
    return tuple(fallen)
