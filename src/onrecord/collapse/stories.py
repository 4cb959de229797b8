"""Reports into stories, whatever their order and however many at a time.

Reports are taken in the order in which they may be originals (`rank_of`). A
report joins the story whose original it copies; it is compared with originals alone,
never with copies, so no chain of small steps leads from one story into another. A copy
only shows the way: the original of its story is compared. What a report becomes rests
on those that rank before it, so a new report can only change those that rank after it
and share its keys, and from there what hangs on these.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import islice

import msgspec

from onrecord.collapse.compare import PART, Comparison
from onrecord.collapse.fingerprint import Fingerprint
from onrecord.collapse.index import Index, rank_of
from onrecord.collapse.together import tell_together
from onrecord.model.story import LinkKind, Relation

STEP = 0.002  # of merit; of originals no further apart the older is copied
COMPARED = 5  # originals that a report is compared with at most
COMPARED_TOGETHER = 12  # and where several may tell it together
A_STRETCH = 10_000  # reports whose comparisons are made ahead
GUESSED = 2  # one in so many of its keys makes a report a likely copy
NO_GUESS: Mapping[int, int] = {}
TOLD_TOO = 0.8  # by an original, of what a copy of it tells of a report
MEMBERS = 3  # copies in the story of an original that are compared too

Compare = Callable[[str, str], Comparison]  # by doc_id: the original, the copy
Expect = Callable[[Iterable[str]], None]
Ahead = Callable[[Sequence[tuple[str, str]]], Mapping[tuple[str, str], Comparison]]


class Placed(msgspec.Struct, frozen=True, gc=False):
    """The place of a report that stands for all with the same words.

    `original` is the report it copies, itself for an original; `links` are other
    originals it depends on.
    """

    doc_id: str
    original: str
    relation: Relation
    similarity: float
    links: tuple[tuple[str, LinkKind, float], ...] = ()


class Stories:
    """All reports so far and their stories; reports with the same words count once."""

    def __init__(
        self,
        compare: Compare,
        expect: Expect | None = None,
        ahead: Ahead | None = None,
    ) -> None:
        """Make an empty set; `expect` is told which reports may be compared next.

        `ahead` makes many comparisons at once, in several processes; what it makes in
        vain changes nothing.
        """
        self._compare_now = compare
        self._expect = expect
        self._ahead = ahead
        self._made: Mapping[tuple[str, str], Comparison] = {}
        self._index = Index()
        self._by_words: dict[str, int] = {}
        self._placed: list[Placed | None] = []
        self._nodes: dict[str, int] = {}
        self._exact_ids: list[str] = []

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
        while stretch := list(islice(candidates, A_STRETCH)):
            if self._expect is not None:
                wanted = {n for node, others in stretch for n in (node, *others)}
                self._expect(sorted(ids[n] for n in wanted))
            if self._ahead is not None:
                self._made = self._ahead(self._likely_pairs(stretch))
            for node, others in stretch:
                self._placed[node] = self._place_one(node, others)
        self._made = {}
        return tuple(
            now
            for node, (was, now) in enumerate(zip(before, self._placed, strict=True))
            if index.live[node] and now is not None and now != was
        )

    def _likely_pairs(
        self, candidates: Iterable[tuple[int, Mapping[int, int]]]
    ) -> list[tuple[str, str]]:
        """Return what will be compared, if those that share most keys are copies."""
        pairs: dict[tuple[str, str], None] = {}
        guessed: dict[int, int] = {}
        for node, others in candidates:
            doc_id = self._index.doc_ids[node]
            near = self._stories_near(others, guessed)
            if max(others.values()) * GUESSED >= len(self._index.keys_of(node)):
                guessed[node] = self._nodes[near[0][0]]
            for original, members, _ in near[:COMPARED]:
                pairs[original, doc_id] = None
                if len(near) > 1:
                    pairs.update(((member, doc_id), None) for member in members)
        return list(pairs)

    def _compare(self, original: str, copy: str) -> Comparison:
        made = self._made.get((original, copy))
        return self._compare_now(original, copy) if made is None else made

    def _place(self, nodes: Iterable[int]) -> tuple[Placed, ...]:
        """Place reports, and those that hang on a place that changed."""
        index = self._index
        waiting = {n for n in nodes if index.live[n]}
        if self._expect is not None:
            self._expect(sorted(self._wanted(waiting)))
        queue = [(index.rank(n), n) for n in waiting]
        heapify(queue)
        changed: dict[int, Placed] = {}
        while queue:
            _, node = heappop(queue)
            waiting.discard(node)
            before = self._placed[node]
            now = self._place_one(node, index.candidates(node))
            if now == before:
                continue
            self._placed[node] = changed[node] = now
            if before is not None and before.original == now.original:
                continue
            for follower in index.followers(node) - waiting:
                waiting.add(follower)
                heappush(queue, (index.rank(follower), follower))
        return tuple(changed[node] for node in sorted(changed))

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

    def _place_one(self, node: int, candidates: Mapping[int, int]) -> Placed:
        doc_id = self._index.doc_ids[node]
        near = self._stories_near(candidates)
        # Of originals as like, the one that others copied is likelier.
        prior = {original: (-size, self._rank(original)) for original, _, size in near}
        compared: dict[str, Comparison] = {}
        alike: dict[str, Comparison] = {}
        for original, members, _ in near[:COMPARED]:
            compared[original] = self._compare(original, doc_id)
            if len(near) > 1 or not compared[original].relation:
                self._look_at_members(doc_id, original, members, compared, alike)
            alike.setdefault(original, compared[original])
        copies = {o: c for o, c in alike.items() if c.relation}
        together = not copies and any(map(_is_part, compared.values()))
        if together:
            for original, members, _ in near[COMPARED:COMPARED_TOGETHER]:
                compared[original] = self._compare(original, doc_id)
                self._look_at_members(doc_id, original, members, compared, alike)
                alike.setdefault(original, compared[original])
        relation: Relation | None = None
        best = min(
            copies,
            key=lambda o: (*_unlikeness(copies[o]), prior[o]),
            default=None,
        )
        if best is not None:
            told = compared[best]
            relation, similarity = told.relation or Relation.REWRITTEN, told.similarity
        elif together:
            best, relation, similarity = tell_together(alike, prior)
        links = tuple(
            (o, _kind_of_link(c, partly=together and best is not None), c.similarity)
            for o, c in sorted(compared.items())
            if o != best and (c.relation or c.link)
        )
        if best is None or relation is None:
            return Placed(doc_id, doc_id, Relation.ORIGINAL, 1.0, links)
        return Placed(doc_id, best, relation, similarity, links)

    def _look_at_members(
        self,
        doc_id: str,
        original: str,
        members: Sequence[str],
        compared: dict[str, Comparison],
        alike: dict[str, Comparison],
    ) -> None:
        """Compare a report with the copies in a story that are likest it.

        A copy of one of them is a copy of the original: it may be an excerpt, or hold
        more than they do.
        """
        first = compared[original]
        if first.conflict:
            return
        for member in members:
            other = self._compare(member, doc_id)
            if other.conflict:
                if not first.relation:
                    compared[original] = alike[original] = other
                    return
                continue
            by_way = other.relation and not first.relation
            if by_way and first.similarity < TOLD_TOO * other.similarity:
                continue  # the member was pasted together, and this is the other part
            best = alike.get(original, first)
            if (other.relation is not None, other.merit) > (
                best.relation is not None,
                best.merit,
            ):
                alike[original] = other

    def _rank(self, doc_id: str) -> tuple[int, str]:
        return self._index.rank(self._nodes[doc_id])

    def _stories_near(
        self, candidates: Mapping[int, int], guessed: Mapping[int, int] = NO_GUESS
    ) -> list[tuple[str, tuple[str, ...], int]]:
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
            near.append((index.doc_ids[original], tuple(members[:MEMBERS]), size))
        return near


def _unlikeness(comparison: Comparison) -> tuple[int, int]:
    return -round(comparison.merit / STEP), comparison.doubts


def _is_part(comparison: Comparison) -> bool:
    """Tell whether an original tells enough of a report to be one of several."""
    told = sum(weight for _, weight, _ in comparison.told)
    return not comparison.conflict and told >= PART * comparison.weight


def _kind_of_link(comparison: Comparison, *, partly: bool) -> LinkKind:
    if comparison.link is None or (partly and not comparison.conflict):
        return LinkKind.PARTLY
    return comparison.link
