"""Which reports share keys, without comparing every report with every other.

Of the reports that share a key only those near in time are looked at: the `WINDOW`
before and the `WINDOW` after. What is found depends on the set of reports alone.
"""

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any

import numpy as np

from onrecord.collapse.fingerprint import BAND, PAIR, QUOTATION, Fingerprint

WINDOW = 12  # reports looked at on either side
SCORES = {PAIR: 1, QUOTATION: 3, BAND: 3}
POINTS = np.array([SCORES.get(kind, 0) for kind in range(4)])
KEYS_A_PART = 1_000_000
NODE_BITS, SCORE_BITS = 28, 7  # of a pair in one number
ENOUGH = 3  # of a score
ENOUGH_OF_FEW = 3  # or one in so many of the keys of the report with fewer
REBUILD = 20_000  # reports added before the sorted arrays are made anew
UNDATED = 2**31 - 1
MOST_WORDS = 2**14 - 1

Ints = np.ndarray[Any, np.dtype[Any]]


class Index:
    """Reports by key. A report is a number, given when it is added."""

    def __init__(self) -> None:
        self.doc_ids: list[str] = []
        self.days = array("l")
        self.ranks = array("q")
        self.live = bytearray()
        self._all_keys = array("Q")
        self._offsets = array("q", [0])
        self._keys: Ints = np.empty(0, np.uint64)
        self._nodes: Ints = np.empty(0, np.int32)
        self._sorted = 0
        self._late: dict[int, list[tuple[int, str, int]]] = {}

    def __len__(self) -> int:
        return len(self.doc_ids)

    def add(self, prints: Sequence[Fingerprint]) -> range:
        """Add reports and return their numbers."""
        first = len(self)
        for one in prints:
            self.doc_ids.append(one.doc_id)
            self.days.append(one.date.toordinal() if one.date else UNDATED)
            self.ranks.append(rank_of(one)[0])
            self.live.append(1)
            self._all_keys.extend(one.keys)
            self._offsets.append(len(self._all_keys))
        if len(prints) > first or len(self) - self._sorted > REBUILD:
            self._sort()
        else:
            for node in range(first, len(self)):
                place = (*self.age(node), node)
                for key in self.keys_of(node):
                    insort(self._late.setdefault(key, []), place)
        return range(first, len(self))

    def remove(self, node: int) -> None:
        """Take a report out: another with the same words stands for both."""
        self.live[node] = 0

    def keys_of(self, node: int) -> Sequence[int]:
        """Return the keys of a report."""
        return self._all_keys[self._offsets[node] : self._offsets[node + 1]]

    def rank(self, node: int) -> tuple[int, str]:
        """Return what is compared to choose an original: the least is it."""
        return (self.ranks[node], self.doc_ids[node])

    def age(self, node: int) -> tuple[int, str]:
        """Return a report's place in time."""
        return (self.days[node], self.doc_ids[node])

    def around(self, key: int, node: int) -> tuple[list[int], list[int]]:
        """Return the live reports with `key` before and after `node`, nearest first."""
        age = self.age(node)
        before, after = self._sorted_around(key, age, node)
        late = self._late.get(key)
        if late:
            at = bisect_left(late, age)
            before += self._some((late[i][2] for i in range(at - 1, -1, -1)), node)
            after += self._some((late[i][2] for i in range(at, len(late))), node)
            before.sort(key=self.age, reverse=True)
            after.sort(key=self.age)
        return before[:WINDOW], after[:WINDOW]

    def candidates(self, node: int) -> dict[int, int]:
        """Return the reports that rank before `node`, with the score of shared keys."""
        scores: dict[int, int] = {}
        rank, keys = self.rank(node), self.keys_of(node)
        for key in keys:
            for group in self.around(key, node):
                for other in group:
                    scores[other] = scores.get(other, 0) + SCORES[key & 3]
        return {
            other: score
            for other, score in scores.items()
            if self.rank(other) < rank and self.suffices(score, node, other)
        }

    def suffices(self, score: int, one: int, other: int) -> bool:
        """Tell whether two reports share enough to be compared."""
        few = min(len(self.keys_of(one)), len(self.keys_of(other)))
        return score >= ENOUGH or score * ENOUGH_OF_FEW >= few

    def all_candidates(self) -> Iterator[tuple[int, dict[int, int]]]:
        """Yield what `candidates` gives for every live report that has any, by rank."""
        self._sort()
        ids = np.array(self.doc_ids)
        order = np.lexsort((ids, np.frombuffer(self.ranks, np.int64)))
        rank = np.empty(len(self), np.int64)
        rank[order] = np.arange(len(self))
        parts = 1 + len(self._keys) // KEYS_A_PART
        found = [self._pairs(part, parts, rank) for part in range(parts)]
        pairs = np.concatenate(found)
        del found
        pairs.sort()
        later = pairs >> (NODE_BITS + SCORE_BITS)
        starts = np.flatnonzero(np.diff(later, prepend=-1)).tolist()
        del later
        for start, end in pairwise([*starts, len(pairs)]):
            some = pairs[start:end]
            others = order[some >> SCORE_BITS & (1 << NODE_BITS) - 1].tolist()
            scores = (some & (1 << SCORE_BITS) - 1).tolist()
            yield (
                int(order[some[0] >> (NODE_BITS + SCORE_BITS)]),
                dict(zip(others, scores, strict=True)),
            )

    def _pairs(self, part: int, parts: int, rank: Ints) -> Ints:
        """Return pairs that share enough, the later and the earlier by rank, and score.

        A part is the pairs whose first has a number of that part: so that all of them
        need not be in memory at once.
        """
        keys, nodes = self._keys, self._nodes
        first = np.flatnonzero(nodes % parts == part)
        pairs: list[Ints] = []
        for steps in range(1, WINDOW + 1):
            first = first[first < len(keys) - steps]
            # Who has no neighbour at some steps has none further off.
            first = first[keys[first + steps] == keys[first]]
            points = POINTS[(keys[first] & np.uint64(3)).astype(np.int64)]
            one, other = nodes[first].astype(np.int64), nodes[first + steps]
            pairs.append((one << NODE_BITS | other) << 2 | points)
        found = np.sort(np.concatenate(pairs))
        starts = np.flatnonzero(np.diff(found >> 2, prepend=-1))
        if not len(starts):
            return starts
        score = np.add.reduceat(found & 3, starts)
        one = found[starts] >> (NODE_BITS + 2)
        other = found[starts] >> 2 & (1 << NODE_BITS) - 1
        sizes = np.diff(np.frombuffer(self._offsets, np.int64))
        few = np.minimum(sizes[one], sizes[other])
        enough = (score >= ENOUGH) | (score * ENOUGH_OF_FEW >= few)
        one, other, score = rank[one[enough]], rank[other[enough]], score[enough]
        later, earlier = np.maximum(one, other), np.minimum(one, other)
        packed: Ints = (later << NODE_BITS | earlier) << SCORE_BITS | score
        return packed

    def touched(self, node: int) -> Iterator[int]:
        """Yield those that may have other candidates because `node` came or went."""
        rank = self.rank(node)
        for key in self.keys_of(node):
            before, after = self.around(key, node)
            yield from (n for n in (*before, *after) if self.rank(n) > rank)
            # Two that stood WINDOW apart do no longer, or do again.
            for steps, earlier in enumerate(before):
                later = WINDOW - 1 - steps
                if later < len(after):
                    yield max(earlier, after[later], key=self.rank)

    def followers(self, node: int) -> set[int]:
        """Return the reports that look at `node` to find their story."""
        rank = self.rank(node)
        return {
            other
            for key in self.keys_of(node)
            for group in self.around(key, node)
            for other in group
            if self.rank(other) > rank
        }

    def _sorted_around(
        self, key: int, age: tuple[int, str], node: int
    ) -> tuple[list[int], list[int]]:
        wanted = np.array((key, key + 1), np.uint64)
        low, high = map(int, np.searchsorted(self._keys, wanted))
        nodes = self._nodes
        places = range(low, high)
        at = low + bisect_left(places, age, key=lambda i: self.age(int(nodes[i])))
        return (
            self._some((int(nodes[i]) for i in range(at - 1, low - 1, -1)), node),
            self._some((int(nodes[i]) for i in range(at, high)), node),
        )

    def _some(self, nodes: Iterable[int], but: int) -> list[int]:
        live = (n for n in nodes if self.live[n] and n != but)
        return list(islice(live, WINDOW))

    def _sort(self) -> None:
        """Sort all reports by key and, under a key, by their place in time."""
        count = len(self)
        ids = np.array(self.doc_ids)
        order = np.lexsort((ids, np.frombuffer(self.days, np.int64)))
        place = np.empty(count, np.int32)
        place[order] = np.arange(count, dtype=np.int32)
        live = np.frombuffer(self.live, np.uint8)
        offsets = np.frombuffer(self._offsets, np.int64)
        nodes = np.repeat(np.arange(count, dtype=np.int32), np.diff(offsets))
        keys = np.frombuffer(self._all_keys, np.uint64)
        if not live.all():
            kept = live[nodes] == 1
            nodes, keys = nodes[kept], keys[kept]
        by_key = np.lexsort((place[nodes], keys))
        self._keys, self._nodes = keys[by_key], nodes[by_key]
        self._sorted = count
        self._late = {}


def rank_of(one: Fingerprint) -> tuple[int, str]:
    """Return what is compared to choose an original: the least is it.

    Words of a person come before those of a synonym machine, then the older, then what
    has an agency's credit line, then the fuller and the plainer: twice as many words
    weigh as much as a quarter more plain ones.
    """
    day = one.date.toordinal() if one.date else UNDATED
    words = min(one.words, MOST_WORDS)
    merit = (words**16).bit_length() + one.plain
    rank = int(one.spun) << 60 | day << 28 | one.credit << 26
    return rank | (511 - merit) << 14 | words, one.doc_id
