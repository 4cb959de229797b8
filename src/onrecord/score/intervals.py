"""95% intervals of the main figures, by drawing reports with replacement.

Reports differ more than their events do, so reports are what is drawn (a cluster
bootstrap, percentile method; Efron and Tibshirani, 1993, chapters 8 and 13). The seed
is fixed: the same reports give the same interval.
"""

import random
from collections.abc import Callable, Mapping, Sequence

from onrecord.score.counting import kappa_of, overlap_of, share_of
from onrecord.score.events import FACT, confusion_of

DRAWS = 1000
FEWEST = 5  # reports; fewer say nothing of how reports differ
LOW, HIGH = 0.025, 0.975

Interval = tuple[float, float]
Figure = Callable[[Mapping[str, float]], float | None]


def _f1(name: str) -> Figure:
    return lambda counts: overlap_of(counts, name).f


def _share(name: str) -> Figure:
    def share(counts: Mapping[str, float]) -> float | None:
        found = share_of(counts, name)
        return found.share if found else None

    return share


FIGURES: Mapping[str, Figure] = {
    **{name: _f1(name) for name in ("found", "typed", "dyad", "said")},
    **{name: _share(name) for name in ("unreal", "by")},
    "kappa": lambda counts: kappa_of(confusion_of(counts)),
}


def find_intervals(reports: Sequence[Mapping[str, float]]) -> dict[str, Interval]:
    """Return the lower and upper bound of each figure that these counts have."""
    if len(reports) < FEWEST:
        return {}
    names = sorted({name for counts in reports for name in counts if _is_read(name)})
    rows = [tuple(counts.get(name, 0) for name in names) for counts in reports]
    rng = random.Random(0)
    drawn: dict[str, list[float]] = {figure: [] for figure in FIGURES}
    for _ in range(DRAWS):
        sums = [
            sum(column) for column in zip(*rng.choices(rows, k=len(rows)), strict=True)
        ]
        counts = dict(zip(names, sums, strict=True))
        for figure, of in FIGURES.items():
            value = of(counts)
            if value is not None:
                drawn[figure].append(value)
    present = {name.split(".")[0] for name in names}
    return {
        figure: _bounds(values)
        for figure, values in drawn.items()
        if values and ("fact" if figure == "kappa" else figure) in present
    }


def _is_read(name: str) -> bool:
    return name.startswith(FACT) or name.split(".")[0] in FIGURES


def _bounds(values: list[float]) -> Interval:
    values = sorted(values)
    last = len(values) - 1
    return values[round(LOW * last)], values[round(HIGH * last)]
