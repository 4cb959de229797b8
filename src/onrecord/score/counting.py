"""Counts that add up over reports, and the figures made of them.

A count has a name with dots, such as `typed.right`; a sum over reports is the count of
all of them, so an interval needs no second look at the texts.
"""

from collections.abc import Iterable, Mapping

import msgspec

Counts = dict[str, float]


class Overlap(msgspec.Struct, frozen=True):
    """Precision, recall and F1 in per cent, with what they were made of."""

    f: float
    p: float
    r: float
    right: int
    given: int
    gold: int


class Share(msgspec.Struct, frozen=True):
    """A share in per cent, of how many."""

    share: float
    n: int


def add(counts: Counts, name: str, number: float = 1) -> None:
    """Add to one count."""
    counts[name] = counts.get(name, 0) + number


def total(all_counts: Iterable[Mapping[str, float]]) -> Counts:
    """Return the sum of counts."""
    whole: Counts = {}
    for counts in all_counts:
        for name, number in counts.items():
            add(whole, name, number)
    return whole


def count_overlap(
    counts: Counts, name: str, *, right: int, given: int, gold: int
) -> None:
    """Add the counts that `overlap_of` reads."""
    add(counts, f"{name}.right", right)
    add(counts, f"{name}.given", given)
    add(counts, f"{name}.gold", gold)


def overlap_of(counts: Mapping[str, float], name: str) -> Overlap:
    """Return precision, recall and F1 of a name; 0 where nothing was given or due."""
    right, given, gold = (
        int(counts.get(f"{name}.{part}", 0)) for part in ("right", "given", "gold")
    )
    p = right / given if given else 0.0
    r = right / gold if gold else 0.0
    f = 2 * p * r / (p + r) if p + r else 0.0
    return Overlap(100 * f, 100 * p, 100 * r, right, given, gold)


def count_share(counts: Counts, name: str, part: float, *, of: int = 1) -> None:
    """Add the counts that `share_of` reads."""
    add(counts, f"{name}.part", part)
    add(counts, f"{name}.of", of)


def share_of(counts: Mapping[str, float], name: str) -> Share | None:
    """Return the share of a name, None where there was nothing to look at."""
    whole = int(counts.get(f"{name}.of", 0))
    if not whole:
        return None
    return Share(100 * counts.get(f"{name}.part", 0) / whole, whole)


def kappa_of(confusion: Mapping[tuple[str, str], float]) -> float | None:
    """Return Cohen's kappa of (gold, given) counts, None where there are none.

    1 where both sides only know one value and agree (Cohen, 1960).
    """
    n = sum(confusion.values())
    if not n:
        return None
    agreed = sum(k for (gold, given), k in confusion.items() if gold == given) / n
    left: Counts = {}
    right: Counts = {}
    for (gold, given), number in confusion.items():
        add(left, gold, number)
        add(right, given, number)
    chance = sum(left[k] * right.get(k, 0) for k in left) / n / n
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0
