"""Which tellings come near one: those that share most keys with it, as numbers."""

from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np
import pyarrow as pa

from onrecord.collapse import happenings, is_denied
from onrecord.collapse.same import conflict
from onrecord.engine.shelf import Facts, Numbers
from onrecord.model.happening import Status

NOT_SO = list(Status).index(Status.NOT_SO)


def near_ones(
    pairs: pa.RecordBatchReader, chosen: Numbers, facts: Facts, *, window: int
) -> Iterator[tuple[int, Numbers]]:
    """Yield each of `chosen`, and the tellings of other reports that come near it.

    Those come likeliest first; what rules itself out, and what would come behind the
    last that is compared, is left out. `pairs` are the keys and numbers of what is
    chosen and of what is next to it, in their order.
    """
    table = pairs.read_all()
    keys = table.column("key").to_numpy()
    numbers: Numbers = table.column("nr").to_numpy()
    begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    ends = np.concatenate([begins[1:], [len(keys)]])
    mine = np.flatnonzero(np.isin(numbers, chosen))
    run = np.searchsorted(begins, mine, side="right") - 1
    low = np.maximum(begins[run], mine - window)
    high = np.minimum(ends[run], mine + window + 1)
    order = np.argsort(numbers[mine], kind="stable")
    cuts = np.searchsorted(numbers[mine][order], chosen)
    for at, first, last in zip(
        chosen.tolist(), cuts, np.append(cuts[1:], len(order)), strict=True
    ):
        own = order[first:last]
        spans = zip(low[own].tolist(), high[own].tolist(), strict=True)
        found = [numbers[a:b] for a, b in spans]
        shared = np.concatenate(found) if found else np.zeros(0, np.int32)
        yield at, _likeliest(at, shared, facts)


def _likeliest(at: int, shared: Numbers, facts: Facts) -> Numbers:
    """Return the numbers that come most often, as far as they are compared."""
    others, counts = np.unique(shared, return_counts=True)
    alike = (others < at) & (facts.statuses[others] == facts.statuses[at])
    if facts.statuses[at] == NOT_SO:
        alike |= facts.statuses[others] != NOT_SO
    alike &= facts.reports[others] != facts.reports[at]
    others, counts = others[alike], counts[alike]
    ordered: Numbers = others[np.lexsort((facts.by_id[others], -counts))]
    told = facts.told(at)
    follows = _first(ordered, lambda one: not conflict(told, facts.told(one)))
    if told.status is not Status.NOT_SO:
        return np.asarray(ordered[follows])
    denies = _first(ordered, lambda one: is_denied(told, facts.told(one)))
    return np.asarray(ordered[sorted({*follows, *denies})])


def _first(ordered: Numbers, fits: Callable[[int], bool]) -> list[int]:
    """Return where the first stand that fit, as many as are compared."""
    found = (place for place, one in enumerate(ordered.tolist()) if fits(one))
    return list(islice(found, happenings.COMPARED))
