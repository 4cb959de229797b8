"""Count whether reports were put into the right stories.

pairs      precision, recall and F1 of pairs of reports in one story
relation   original, exact, near or rewritten: right, of the reports given
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

import msgspec

from onrecord.score.counting import (
    Counts,
    Overlap,
    Share,
    count_overlap,
    count_share,
    overlap_of,
    share_of,
)
from onrecord.score.shapes import Copied


class CopyFigures(msgspec.Struct, frozen=True):
    """How well stories agree."""

    pairs: Overlap
    relation: Share | None


def copy_figures(
    gold: Mapping[str, Copied], given: Mapping[str, Copied]
) -> CopyFigures:
    """Return the figures over all reports of gold; one not given stands alone."""
    counts: Counts = {}
    stories = {key: _story(key, given) for key in gold}
    count_overlap(
        counts,
        "pairs",
        right=_pairs((copied.story, stories[key]) for key, copied in gold.items()),
        given=_pairs(stories.values()),
        gold=_pairs(copied.story for copied in gold.values()),
    )
    for key, copied in gold.items():
        if key in given and copied.relation is not None:
            count_share(counts, "relation", copied.relation == given[key].relation)
    return CopyFigures(overlap_of(counts, "pairs"), share_of(counts, "relation"))


def _story(key: str, given: Mapping[str, Copied]) -> tuple[str, str]:
    return ("story", given[key].story) if key in given else ("alone", key)


def _pairs(groups: Iterable[Hashable]) -> int:
    sizes = Counter(groups).values()
    return sum(size * (size - 1) // 2 for size in sizes)
