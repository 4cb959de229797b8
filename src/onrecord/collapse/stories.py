"""Reports into stories, whatever their order and however many at a time.

Reports are taken in the order in which they may be originals (`rank_of`). A
report joins the story whose original it copies. Copies show the way, and are compared
too where the original holds more or less than they do, but the original must tell what
they tell: no chain of small steps leads from one story into another (`choose_place`).
What a report becomes rests on those that rank before it, so a new report can only
change those that rank after it and share its keys, and from there what hangs on these.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import islice

from onrecord.collapse.choose import COMPARED, Near, Placed, choose_place
from onrecord.collapse.compare import Comparison
from onrecord.collapse.fingerprint import Fingerprint
from onrecord.collapse.index import Index, rank_of
from onrecord.model.story import Relation

A_STRETCH = 4_000  # reports whose comparisons are made together
GUESSED = 2  # one in so many of its keys makes a report a likely copy
NO_GUESS: Mapping[int, int] = {}
MEMBERS = 3  # copies in the story of an original that are compared too
NOT_YET = Comparison(
    relation=None,
    link=None,
    similarity=0.0,
    merit=0.0,
    kept=0.0,
    conflict=False,
    weight=1.0,
    words=0,
)

Pair = tuple[str, str]  # by doc_id: the original, the copy
Expect = Callable[[Iterable[str]], None]
CompareAll = Callable[[Sequence[Pair]], Mapping[Pair, Comparison]]


class Stories:
    """All reports so far and their stories; reports with the same words count once."""

    def __init__(self, compare: CompareAll, expect: Expect | None = None) -> None:
        """Make an empty set; `expect` is told which reports may be compared next.

        `compare` makes many comparisons at once, perhaps in several processes; what it
        makes in vain changes nothing.
        """
        self._compare_all = compare
        self._expect = expect
        self._made: dict[Pair, Comparison] = {}
        self._missing: dict[Pair, None] = {}
        self._index = Index()
        self._by_words: dict[str, int] = {}
        self._placed: list[Placed | None] = []
        self._nodes: dict[str, int] = {}
        self._exact_ids: list[str] = []

    def compare_with(self, compare: CompareAll) -> None:
        """Compare in another way from now on."""
        self._compare_all = compare

    def load(self, prints: Iterable[tuple[Fingerprint, Placed]]) -> None:
        """Take over reports whose places are known; before any is added."""
        known = list(prints)
        for node, (_, placed) in zip(
            self._enter([one for one, _ in known]), known, strict=True
        ):
            self._placed[node] = placed

    def add(self, prints: Iterable[Fingerprint]) -> tuple[Placed, ...]:
        """Add reports; return every place that is new or other now.

        A report whose words another stands for has no place of its own.
        """
        new, old = self._choose(prints)
        if len(new) > len(self._index):
            for node in old:
                self._index.remove(node)
            self._enter(new)
            del new  # a million fingerprints take their room
            return self._place_all()
        touched: set[int] = set()
        for node in old:
            touched.update(self._index.touched(node))
            self._index.remove(node)
        for one in new:
            (node,) = self._enter([one])
            touched.add(node)
            touched.update(self._index.touched(node))
        return self._place(touched)

    def place_of(self, exact_id: str) -> Placed:
        """Return the place of the report that stands for all with the same words."""
        placed = self._placed[self._by_words[exact_id]]
        assert placed is not None  # every report that was added has a place
        return placed

    def exact_id_of(self, doc_id: str) -> str:
        """Return the `exact_id` of a report that stands, or stood, for its words."""
        return self._exact_ids[self._nodes[doc_id]]

    def _choose(
        self, prints: Iterable[Fingerprint]
    ) -> tuple[list[Fingerprint], list[int]]:
        """Return the reports that stand for their words now, and those that did."""
        best: dict[str, Fingerprint] = {}
        for one in prints:
            if one.exact_id not in best or rank_of(one) < rank_of(best[one.exact_id]):
                best[one.exact_id] = one
        new, old = [], []
        for exact_id, one in best.items():
            node = self._by_words.get(exact_id)
            if node is not None:
                if self._index.rank(node) <= rank_of(one):
                    continue
                old.append(node)
            new.append(one)
        return new, old

    def _enter(self, prints: Sequence[Fingerprint]) -> range:
        nodes = self._index.add(prints)
        for node, one in zip(nodes, prints, strict=True):
            self._by_words[one.exact_id] = node
            self._nodes[one.doc_id] = node
            self._placed.append(None)
            self._exact_ids.append(one.exact_id)
        return nodes

    def _place_all(self) -> tuple[Placed, ...]:
        """Place every report anew."""
        index, before = self._index, list(self._placed)
        ids = index.doc_ids
        self._placed[:] = [
            Placed(doc_id, doc_id, Relation.ORIGINAL, 1.0) for doc_id in ids
        ]
        candidates = index.all_candidates()
        while stretch := dict(islice(candidates, A_STRETCH)):
            if self._expect is not None:
                wanted = {n for node in stretch for n in (node, *stretch[node])}
                self._expect(sorted(ids[n] for n in wanted))
            self._settle(stretch, stretch.__getitem__, _followers_in(stretch))
        return tuple(
            now
            for node, (was, now) in enumerate(zip(before, self._placed, strict=True))
            if index.live[node] and now is not None and now != was
        )

    def _place(self, nodes: Iterable[int]) -> tuple[Placed, ...]:
        """Place reports, and those that hang on a place that changed."""
        waiting = {n for n in nodes if self._index.live[n]}
        if self._expect is not None:
            self._expect(sorted(self._wanted(waiting)))
        changed = self._settle(waiting, self._index.candidates, self._index.followers)
        return tuple(changed[node] for node in sorted(changed))

    def _settle(
        self,
        nodes: Iterable[int],
        candidates_of: Callable[[int], Mapping[int, int]],
        followers_of: Callable[[int], Collection[int]],
    ) -> dict[int, Placed]:
        """Place reports and what hangs on them; return the places that are other now.

        Where a comparison is missing the report is placed without it at first. Those
        that are missing are made together, and reports placed again, till none is.
        """
        before: dict[int, Placed | None] = {}
        waiting = sorted(nodes, key=self._index.rank)
        pairs = self._likely_pairs((node, candidates_of(node)) for node in waiting)
        while waiting:
            self._made.update(self._compare_all(list(pairs)))
            waiting, pairs = self._settle_once(
                waiting, candidates_of, followers_of, before
            )
        self._made = {}
        now = {node: self._placed[node] for node in before}
        return {
            node: place
            for node, place in now.items()
            if place is not None and place != before[node]
        }

    def _settle_once(
        self,
        nodes: Iterable[int],
        candidates_of: Callable[[int], Mapping[int, int]],
        followers_of: Callable[[int], Collection[int]],
        before: dict[int, Placed | None],
    ) -> tuple[list[int], list[Pair]]:
        """Return what misses comparisons, and these; note places `before`."""
        index = self._index
        waiting = set(nodes)
        queue = [(index.rank(n), n) for n in waiting]
        heapify(queue)
        again: list[int] = []
        missing: dict[Pair, None] = {}
        while queue:
            _, node = heappop(queue)
            waiting.discard(node)
            was = self._placed[node]
            now = self._choose_place(node, candidates_of(node))
            if self._missing:
                again.append(node)
                missing.update(self._missing)
                self._missing = {}
            if now == was:
                continue
            before.setdefault(node, was)
            self._placed[node] = now
            if was is not None and was.original == now.original:
                continue
            for follower in followers_of(node):
                if follower not in waiting:
                    waiting.add(follower)
                    heappush(queue, (index.rank(follower), follower))
        return again, list(missing)

    def _compare(self, original: str, copy: str) -> Comparison:
        made = self._made.get((original, copy))
        if made is None:
            self._missing[original, copy] = None
            return NOT_YET
        return made

    def _likely_pairs(
        self, candidates: Iterable[tuple[int, Mapping[int, int]]]
    ) -> list[Pair]:
        """Return what will be compared, if those that share most keys are copies."""
        pairs: dict[Pair, None] = {}
        guessed: dict[int, int] = {}
        for node, others in candidates:
            if not others:
                continue
            doc_id = self._index.doc_ids[node]
            near = self._stories_near(others, guessed)
            if near and max(others.values()) * GUESSED >= len(
                self._index.keys_of(node)
            ):
                guessed[node] = self._nodes[near[0].original]
            for story in near[:COMPARED]:
                pairs[story.original, doc_id] = None
                if len(near) > 1:
                    pairs.update(((other, doc_id), None) for other in story.members)
        return list(pairs)

    def _wanted(self, nodes: Iterable[int]) -> set[str]:
        """Return the reports that placing `nodes` compares, but for a few."""
        wanted: set[int] = set()
        for node in nodes:
            candidates = self._index.candidates(node)
            if candidates:
                wanted.add(node)
            for other in candidates:
                placed = self._placed[other]
                wanted.add(other)
                if placed is not None:
                    wanted.add(self._nodes[placed.original])
        return {self._index.doc_ids[node] for node in wanted}

    def _choose_place(self, node: int, candidates: Mapping[int, int]) -> Placed:
        near = self._stories_near(candidates)
        doc_id = self._index.doc_ids[node]
        return choose_place(doc_id, near, self._compare, self._rank)

    def _rank(self, doc_id: str) -> tuple[int, str]:
        return self._index.rank(self._nodes[doc_id])

    def _stories_near(
        self, candidates: Mapping[int, int], guessed: Mapping[int, int] = NO_GUESS
    ) -> list[Near]:
        """Return the originals to compare a report with, the likeliest first.

        With each come copies of it that share as many keys with the report, and how
        many reports of its story share some.
        """
        index = self._index
        groups: dict[int, list[tuple[int, tuple[int, str], int]]] = {}
        for other, score in candidates.items():
            placed = self._placed[other]
            if placed is None:
                continue
            story = guessed.get(other, self._nodes[placed.original])
            group = groups.setdefault(story, [])
            group.append((-score, index.rank(other), other))
        order = sorted((*min(g)[:1], index.rank(n), n) for n, g in groups.items())
        near = []
        for _, _, original in order:
            least = -candidates.get(original, 0)
            members = [
                index.doc_ids[other]
                for score, _, other in sorted(groups[original])
                if score <= least and other != original
            ]
            size = len(groups[original])
            near.append(Near(index.doc_ids[original], tuple(members[:MEMBERS]), size))
        return near


def _followers_in(
    stretch: Mapping[int, Mapping[int, int]],
) -> Callable[[int], Collection[int]]:
    """Return what gives, of some reports with candidates, those that look at one."""
    followers: dict[int, set[int]] = {}
    for node, others in stretch.items():
        for other in others.keys() & stretch.keys():
            followers.setdefault(other, set()).add(node)
    return lambda node: followers.get(node, ())
