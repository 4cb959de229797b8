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

KEY_SPAN = 1 << 63
UNSORTED = -1

Ints = np.ndarray[Any, np.dtype[Any]]
Group = tuple[int, list[int], list[int]]  # a key, who has it before and after


class Index:
    """Reports by key. A report is a number, given when it is added."""

    def __init__(self) -> None:
        self.doc_ids: list[str] = []
        self.days = array("l")
        self.ranks = array("q")
        self.live = bytearray()
        self._all_keys = array("Q")
        self._offsets = array("q", [0])
        self._by_age: Ints = np.empty(0, np.int32)
        self._keys: Ints = np.empty(0, np.uint64)
        self._ages: Ints = np.empty(0, np.int32)
        self._sorted = 0
        self._sizes = array("l")
        self._near: dict[int, list[Group]] = {}
        self._earlier: dict[int, dict[int, int]] = {}
        self._late: dict[int, list[tuple[int, str, int]]] = {}

    def __len__(self) -> int:
        return len(self.doc_ids)

    def add(self, prints: Sequence[Fingerprint]) -> range:
        """Add reports and return their numbers."""
        first = len(self)
        self._forget()
        for one in prints:
            self.doc_ids.append(one.doc_id)
            self.days.append(one.date.toordinal() if one.date else UNDATED)
            self.ranks.append(rank_of(one)[0])
            self.live.append(1)
            self._sizes.append(len(one.keys))
            self._all_keys.extend(one.keys)
            self._offsets.append(len(self._all_keys))
        if len(prints) > first or len(self) - self._sorted > REBUILD:
            self._sorted = UNSORTED  # not before it is needed: the caller may make room
        elif self._sorted != UNSORTED:
            for node in range(first, len(self)):
                place = (*self.age(node), node)
                for key in self.keys_of(node):
                    insort(self._late.setdefault(key, []), place)
        return range(first, len(self))

    def remove(self, node: int) -> None:
        """Take a report out: another with the same words stands for both."""
        self.live[node] = 0
        self._forget()

    def keys_of(self, node: int) -> Sequence[int]:
        """Return the keys of a report."""
        return self._all_keys[self._offsets[node] : self._offsets[node + 1]]

    def rank(self, node: int) -> tuple[int, str]:
        """Return what is compared to choose an original: the least is it."""
        return (self.ranks[node], self.doc_ids[node])

    def age(self, node: int) -> tuple[int, str]:
        """Return a report's place in time."""
        return (self.days[node], self.doc_ids[node])

    def around(self, node: int) -> list[Group]:
        """Return for each key of a report who has it before and after, nearest first.

        Only live reports are among them.
        """
        near = self._near.get(node)
        if near is None:
            near = self._near[node] = self._look_around(node)
        return near

    def _look_around(self, node: int) -> list[Group]:
        if self._sorted == UNSORTED:
            self._sort()
        keys = self.keys_of(node)
        wanted = np.array(keys, np.uint64)
        low = np.searchsorted(self._keys, wanted).tolist()
        high = np.searchsorted(self._keys, wanted, side="right").tolist()
        age = self.age(node)
        place = bisect_left(self._by_age, age, key=lambda n: self.age(int(n)))
        found = []
        for key, first, last in zip(keys, low, high, strict=True):
            at = first + int(np.searchsorted(self._ages[first:last], place))
            before = self._some(range(at - 1, first - 1, -1), node)
            after = self._some(range(at, last), node)
            late = self._late.get(key)
            if late:
                at = bisect_left(late, age)
                before += self._live((late[i][2] for i in range(at - 1, -1, -1)), node)
                after += self._live((late[i][2] for i in range(at, len(late))), node)
                before.sort(key=self.age, reverse=True)
                after.sort(key=self.age)
            found.append((key, before[:WINDOW], after[:WINDOW]))
        return found

    def _some(self, places: range, but: int) -> list[int]:
        """Return the first live reports at places among the sorted ones."""
        few = places[: WINDOW + 1]
        if not few:
            return []
        step = slice(few.start, few.stop if few.stop >= 0 else None, few.step)
        nodes = self._by_age[self._ages[step]].tolist()
        live = [n for n in nodes if self.live[n] and n != but]
        if len(live) >= WINDOW or len(few) == len(places):
            return live
        return self._live((int(self._by_age[self._ages[at]]) for at in places), but)

    def _live(self, nodes: Iterable[int], but: int) -> list[int]:
        live = (n for n in nodes if self.live[n] and n != but)
        return list(islice(live, WINDOW))

    def candidates(self, node: int) -> dict[int, int]:
        """Return the reports that rank before `node`, with the score of shared keys."""
        found = self._earlier.get(node)
        if found is None:
            found = self._earlier[node] = self._look_before(node)
        return found

    def _look_before(self, node: int) -> dict[int, int]:
        scores: dict[int, int] = {}
        for key, *groups in self.around(node):
            points = SCORES[key & 3]
            for group in groups:
                for other in group:
                    scores[other] = scores.get(other, 0) + points
        rank, sizes = self.rank(node), self._sizes
        own = sizes[node]
        # Two reports that share enough are compared.
        return {
            other: score
            for other, score in scores.items()
            if (
                score >= ENOUGH
                or score * ENOUGH_OF_FEW >= own
                or score * ENOUGH_OF_FEW >= sizes[other]
            )
            and self.rank(other) < rank
        }

    def all_candidates(self) -> Iterator[tuple[int, dict[int, int]]]:
        """Yield what `candidates` gives for every live report that has any, by rank."""
        self._sort()
        ids = np.array(self.doc_ids)
        order = np.lexsort((ids, np.frombuffer(self.ranks, np.int64)))
        rank = np.empty(len(self), np.int64)
        rank[order] = np.arange(len(self))
        parts = 1 + len(self._keys) // KEYS_A_PART
        nodes = self._by_age[self._ages]
        part_of = (nodes % parts).astype(np.uint16)
        pairs = np.concatenate(
            [
                self._pairs(np.flatnonzero(part_of == part), nodes, rank)
                for part in range(parts)
            ]
        )
        del nodes, part_of
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

    def _pairs(self, first: Ints, nodes: Ints, rank: Ints) -> Ints:
        """Return pairs that share enough, the later and the earlier by rank, and score.

        `first` are the places of some reports, those of `nodes` that come first in a
        pair: so that all pairs need not be in memory at once.
        """
        keys = self._keys
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
        sizes = np.frombuffer(self._sizes, np.int64)
        few = np.minimum(sizes[one], sizes[other])
        enough = (score >= ENOUGH) | (score * ENOUGH_OF_FEW >= few)
        one, other, score = rank[one[enough]], rank[other[enough]], score[enough]
        later, earlier = np.maximum(one, other), np.minimum(one, other)
        packed: Ints = (later << NODE_BITS | earlier) << SCORE_BITS | score
        return packed

    def touched(self, node: int) -> Iterator[int]:
        """Yield those that may have other candidates because `node` came or went."""
        rank = self.rank(node)
        for _, before, after in self.around(node):
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
            for _, *groups in self.around(node)
            for group in groups
            for other in group
            if self.rank(other) > rank
        }

    def _forget(self) -> None:
        """Drop what was found around reports: it is other now."""
        self._near = {}
        self._earlier = {}

    def _sort(self) -> None:
        """Sort all reports by key and, under a key, by their place in time.

        Part by part: to sort takes several times the room of what is sorted.
        """
        count = len(self)
        ids = np.array(self.doc_ids)
        by_age = np.lexsort((ids, np.frombuffer(self.days, np.int64))).astype(np.int32)
        del ids
        places = np.empty(count, np.int32)
        places[by_age] = np.arange(count, dtype=np.int32)
        live = np.frombuffer(self.live, np.uint8)
        offsets = np.frombuffer(self._offsets, np.int64)
        ages = np.repeat(places, np.diff(offsets))
        keys = np.frombuffer(self._all_keys, np.uint64)
        if not live.all():
            kept = np.repeat(live == 1, np.diff(offsets))
            ages, keys = ages[kept], keys[kept]
        self._keys, self._ages = np.empty_like(keys), np.empty_like(ages)
        parts = 1 + len(keys) // KEYS_A_PART
        sample = np.sort(keys[:: len(keys) // (100 * parts) + 1])
        bounds = sample[:: len(sample) // parts + 1].tolist()
        begun = 0
        for low, high in pairwise([0, *bounds[1:], KEY_SPAN]):
            some = np.flatnonzero((keys >= np.uint64(low)) & (keys < np.uint64(high)))
            some = some[np.argsort(ages[some], kind="stable")]
            some = some[np.argsort(keys[some], kind="stable")]
            end = begun + len(some)
            self._keys[begun:end], self._ages[begun:end] = keys[some], ages[some]
            begun = end
        self._by_age = by_age
        self._sorted = count
        self._late = {}
        self._forget()


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
