"""Group moves that are alike: agglomerative grouping by the mean of likenesses.

Nearest-neighbour chains (Murtagh 1983, "A survey of recent advances in hierarchical
clustering algorithms") find the same groups as merging the most alike pair again and
again, in time of the square of the moves.
"""

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
GONE = -1.0


def group(likeness: Floats, threshold: float) -> tuple[tuple[int, ...], ...]:
    """Return groups of places, each and all in order, that are alike on average.

    `likeness` is symmetric, 0 to 1. Two groups are one where the mean likeness of
    their members reaches `threshold`; of equals the first comes first.
    """
    sums = likeness.astype(np.float64, copy=True)
    sizes = np.ones(len(sums))
    members = [[at] for at in range(len(sums))]
    active = np.ones(len(sums), dtype=bool)
    done: list[list[int]] = []
    chain: list[int] = []
    while active.any():
        if not chain:
            chain = [int(np.argmax(active))]
        tip = chain[-1]
        means = np.where(active, sums[tip] / (sizes[tip] * sizes), GONE)
        means[tip] = GONE
        best = int(np.argmax(means))
        if len(chain) > 1 and means[chain[-2]] >= means[best]:
            best = chain[-2]
        if means[best] < threshold:
            # Merging others makes none of them more like the tip than the most alike.
            active[tip] = False
            done.append(members[tip])
            chain.pop()
        elif len(chain) > 1 and best == chain[-2]:
            _merge(sums, sizes, active, members, best, tip)
            del chain[-2:]
        else:
            chain.append(best)
    return tuple(sorted(tuple(sorted(group)) for group in done))


def _merge(
    sums: Floats,
    sizes: Floats,
    active: np.ndarray[Any, Any],
    members: list[list[int]],
    kept: int,
    gone: int,
) -> None:
    sums[kept] += sums[gone]
    sums[:, kept] += sums[:, gone]
    sizes[kept] += sizes[gone]
    active[gone] = False
    members[kept] += members[gone]
