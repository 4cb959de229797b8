"""Count whether relations of two given spans are right.

root   accuracy and macro F1 over 15 classes: CONCEDE and RETREAT count as YIELD
quad   the same over the four quad classes

The sets of sentences with given spans have quad classes by event type that differ from
PLOVER's in SANCTION; against them a given relation counts by its type.
"""

from collections.abc import Mapping

import msgspec

from onrecord.score.counting import Counts, add
from onrecord.score.shapes import Related, Report

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
NOTHING = "-"
QUADS_OF_SETS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "CONCEDE", "RETREAT", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}


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
        quad = _quad(ours, of_set=wanted.is_set) if ours else None
        add(counts, f"quad.{wanted.quad}>{quad or NOTHING}")
    return counts


def relation_figures(counts: Mapping[str, float]) -> RelationFigures:
    """Return the figures of summed counts."""
    return RelationFigures(_classes(counts, "root."), _classes(counts, "quad."))


def _quad(given: Related, *, of_set: bool) -> int | None:
    if of_set and given.event_type is not None:
        return QUADS_OF_SETS.get(given.event_type)
    return given.quad


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
