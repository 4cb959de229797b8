"""95% intervals of the event figures, by drawing reports with replacement.

Reports differ more than their events do, so reports are what is drawn (a cluster
bootstrap, percentile method; Efron and Tibshirani, 1993, chapters 8 and 13).
"""

import random
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from bench.quality.cells import match_types

DRAWS = 1000
FIGURES = ("found", "typed", "dyad", "kappa", "unreal", "by", "said")
F1 = ("found", "typed", "dyad", "said")


def intervals(
    scorer: ModuleType, gold: Mapping[str, Any], predicted: Mapping[str, Any]
) -> dict[str, tuple[float, float, float]]:
    """Return each figure with its lower and upper bound."""
    reports = [_count(scorer, {d: gold[d]}, {d: predicted[d]}) for d in sorted(gold)]
    rng = random.Random(0)
    drawn = [
        _figures(scorer, rng.choices(reports, k=len(reports))) for _ in range(DRAWS)
    ]
    whole = _figures(scorer, reports)
    found = {}
    for name in FIGURES:
        values = sorted(figures[name] for figures in drawn)
        found[name] = (
            whole[name],
            values[round(0.025 * (DRAWS - 1))],
            values[round(0.975 * (DRAWS - 1))],
        )
    return found


def _count(
    scorer: ModuleType, gold: dict[str, Any], predicted: dict[str, Any]
) -> dict[str, Any]:
    """Return the counts of one report."""
    scored, _ = scorer.score(gold, predicted)
    ((_, events, _),) = gold.values()
    ((ours, _),) = predicted.values()
    unreal, by = scored["unreal"], scored["by"]
    return {
        **{k: (scored[k]["tp"], scored[k]["pred"], scored[k]["gold"]) for k in F1},
        "facts": [
            (events[i]["fact"], ours[j]["fact"])
            for i, j in match_types(scorer, events, ours)
        ],
        "unreal": (round(unreal["share"] * unreal["n"] / 100), unreal["n"]),
        "by": (round(by["accuracy"] * by["n"] / 100), by["n"]),
    }


def _figures(scorer: ModuleType, reports: Sequence[dict[str, Any]]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name in F1:
        right, given, wanted = (sum(r[name][at] for r in reports) for at in range(3))
        figures[name] = 200 * right / max(1, given + wanted)
    for name in ("unreal", "by"):
        part, whole = (sum(r[name][at] for r in reports) for at in range(2))
        figures[name] = 100 * part / max(1, whole)
    figures["kappa"] = scorer.kappa([pair for r in reports for pair in r["facts"]])
    return figures
