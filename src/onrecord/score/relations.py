"""Count whether relations of two given spans are right.

root   accuracy and macro F1 over 15 classes: CONCEDE and RETREAT count as YIELD
quad   the same over the four quad classes
"""

from collections.abc import Mapping

import msgspec

from onrecord.score.counting import Counts, add
from onrecord.score.shapes import Report

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
NOTHING = "-"


class ClassFigures(msgspec.Struct, frozen=True):
    """Accuracy and macro F1 in per cent, and the F1 of each class of gold."""

    accuracy: float
    macro_f1: float
    n: int
    by_class: Mapping[str, float]


class RelationFigures(msgspec.Struct, frozen=True):
    """How well relations agree; None where gold lacks the classes."""

    root: ClassFigures | None
    quad: ClassFigures | None


def count_relations(gold: Report, given: Report) -> Counts:
    """Return the counts of one sentence."""
    counts: Counts = {}
    wanted, ours = gold.relation, given.relation
    if wanted is None:
        return counts
    if wanted.event_type is not None:
        kind = ours.event_type if ours and ours.event_type else NOTHING
        add(counts, f"root.{_root(wanted.event_type)}>{_root(kind)}")
    if wanted.quad:
        quad = ours.quad if ours and ours.quad else NOTHING
        add(counts, f"quad.{wanted.quad}>{quad}")
    return counts


def relation_figures(counts: Mapping[str, float]) -> RelationFigures:
    """Return the figures of summed counts."""
    return RelationFigures(_classes(counts, "root."), _classes(counts, "quad."))


def _root(event_type: str) -> str:
    return YIELD.get(event_type, event_type)


def _classes(counts: Mapping[str, float], prefix: str) -> ClassFigures | None:
    pairs = {
        tuple(name.removeprefix(prefix).split(">")): number
        for name, number in counts.items()
        if name.startswith(prefix)
    }
    n = sum(pairs.values())
    if not n:
        return None
    by_class = {}
    for kind in sorted({gold for gold, _ in pairs}):
        right = pairs.get((kind, kind), 0.0)
        sides = sum(k * ((g == kind) + (p == kind)) for (g, p), k in pairs.items())
        by_class[kind] = 200 * right / sides
    right = sum(k for (gold, given), k in pairs.items() if gold == given)
    macro = sum(by_class.values()) / len(by_class)
    return ClassFigures(100 * right / n, macro, int(n), by_class)
