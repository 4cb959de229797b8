"""Krippendorff's alpha for codes (nominal data), any number of people, gaps allowed.

After Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): values that are
paired within units make a matrix of coincidences; alpha is one less the disagreement
in it over the disagreement of pairs by chance.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec


class Reliability(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement on some units.

    `units` were judged by two people or more, `values` are the judgements of them.
    `alpha` is None where all say one and the same: nothing was there to tell apart.
    `observed` and `expected` are sums of disagreement over values.
    """

    units: int
    values: int
    alpha: float | None
    observed: float
    expected: float


def nominal_alpha(units: Iterable[Sequence[str]]) -> Reliability:
    """Return the agreement on units, each given as what people said of it."""
    paired = [Counter(values) for values in units if len(values) > 1]
    totals: Counter[str] = Counter()
    observed = 0.0
    for counts in paired:
        m = counts.total()
        totals.update(counts)
        observed += sum(n * (m - n) for n in counts.values()) / (m - 1)
    n = totals.total()
    unlike = sum(count * (n - count) for count in totals.values())
    expected = unlike / (n - 1) if n > 1 else 0.0
    return Reliability(
        units=len(paired),
        values=n,
        alpha=1 - observed / expected if expected else None,
        observed=observed,
        expected=expected,
    )


def joint_alpha(parts: Iterable[Reliability]) -> Reliability:
    """Return the agreement on several kinds of cell together.

    Chance is reckoned within each kind: a type and a country are never confused.
    """
    some = list(parts)
    observed = sum(part.observed for part in some)
    expected = sum(part.expected for part in some)
    return Reliability(
        units=sum(part.units for part in some),
        values=sum(part.values for part in some),
        alpha=1 - observed / expected if expected else None,
        observed=observed,
        expected=expected,
    )
