"""The baseline: stories by MinHash over runs of five words, and nothing else."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from bench.rewriting.corpus import Report

PERMUTATIONS, BANDS, RUN = 128, 32, 5  # 32 bands of 4: candidates from about 0.42 on
THRESHOLD = 0.5
_WORD = re.compile(r"\w+")


def find_stories(
    reports: Sequence[Report], *, threshold: float = THRESHOLD
) -> dict[str, str]:
    """Return a story for each report id: those linked by similarity are one."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold, PERMUTATIONS, BANDS)
    hashes: list[Any] = []
    parents = list(range(len(reports)))
    for place, report in enumerate(reports):
        made = RMinHash(PERMUTATIONS, 1)
        made.update(sorted(shingles(report.text)))
        for other in index.query(made):
            if made.jaccard(hashes[other]) >= threshold:
                parents[_top(parents, place)] = _top(parents, other)
        index.insert(place, made)
        hashes.append(made)
    return {r.id: reports[_top(parents, i)].id for i, r in enumerate(reports)}


def shingles(text: str) -> set[str]:
    """Return the runs of five words; of a shorter text, the text."""
    words = _WORD.findall(text.lower())
    runs: Iterable[int] = range(max(1, len(words) - RUN + 1))
    return {" ".join(words[i : i + RUN]) for i in runs}


def _top(parents: list[int], place: int) -> int:
    while parents[place] != place:
        place = parents[place]
    return place
