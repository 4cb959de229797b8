"""Choose one of several options by the weights of their features.

A log-linear model: an option's score is the sum of the weights of its features, its
chance the softmax of the scores. The weights are tables (`data/choices`) that
`python -m training.choices` fits; a feature the table lacks weighs nothing.
"""

import math
from collections.abc import Iterable, Sequence

from onrecord.lexicon.choices import Weights

Features = tuple[str, ...]


def choose(
    options: Sequence[Features], weights: Weights, groups: Sequence[int] | None = None
) -> tuple[int, float]:
    """Return the best option's index and its chance; the first of equals.

    Options of one group (all different by default) add their chances: the best option
    is the likeliest of the likeliest group, and the chance is the group's.
    """
    scores = [score(features, weights) for features in options]
    highest = max(scores)
    chances = [math.exp(s - highest) for s in scores]
    owners = range(len(options)) if groups is None else groups
    sums: dict[int, float] = {}  # in the order of the options
    for owner, chance in zip(owners, chances, strict=True):
        sums[owner] = sums.get(owner, 0.0) + chance
    group = max(sums, key=lambda g: sums[g])
    inside = [at for at, owner in enumerate(owners) if owner == group]
    best = max(inside, key=lambda at: (chances[at], -at))
    return best, sums[group] / sum(chances)


def score(features: Iterable[str], weights: Weights) -> float:
    """Return the sum of the weights of an option's features."""
    return sum(weights.get(feature, 0.0) for feature in features)


def bucket(number: int, *edges: int) -> str:
    """Return the name of the range that a number falls in: "2", "3-5", "6+"."""
    for low, high in zip(edges, [*edges[1:], None], strict=True):
        if high is None:
            return f"{low}+" if number >= low else f"<{edges[0]}"
        if low <= number < high:
            return str(low) if high == low + 1 else f"{low}-{high - 1}"
    raise AssertionError("no edges")
