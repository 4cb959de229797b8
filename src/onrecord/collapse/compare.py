"""Is a report a copy of another, and how do they differ."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec
import numpy as np

from onrecord.collapse.align import Alignments, Matches, align
from onrecord.collapse.drift import (
    Block,
    changes_of,
    denials_of,
    find_blocks,
    names_differ,
    negations_of,
    numbers_of,
)
from onrecord.collapse.knowledge import StoryWords
from onrecord.collapse.prepare import Prepared
from onrecord.collapse.ragged import Ints
from onrecord.collapse.words import Word
from onrecord.model.story import Change, LinkKind, Relation

# Shares, tuned on the tuning half of bench.rewriting; see docs/explain/stories.md.
COVERED_AND_ANCHORED = 1.27  # of a copy's sentences and anchors together, less its news
LEAST_COVERED = 0.38  # of a copy, and of its original where the copy is no excerpt
LAG = (
    0.15  # by which anchors may be less covered than sentences: templates differ there
)
WELL_COVERED = 0.8  # of a copy; then its beginning need not be, or there are no anchors
ALL_KEPT, HALF = 0.85, 0.45  # of an original in a longer copy, and of that copy
LEAD_COVERED = 0.35  # of the beginning of a copy
NEAR = 0.88  # of the words of a near copy that are its original's
CLOSE = 0.85  # of the words of a report; its names and opposites can be compared
TOGETHER = 0.72  # of a report that several originals tell
PART = 0.3  # of a report from which it is linked
KEPT_COUNTS = (
    0.2  # of what is kept, beside what is covered: what holds more is no source
)
WHOLE = 0.7  # of an original that a report contains
SAME = 0.75  # share of a sentence from which a change in it is one of what is told
FEW_WORDS = 3  # a longer difference need not set its ends against each other
AS_LONG = 0.6  # the shorter of two sentences that are held for one, of the longer
VERBATIM = 0.8  # share of a sentence's words: only little was changed in it


class Comparison(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a report is to an earlier one.

    `relation` for a copy, else `link` where it depends on it, else neither. What
    follows serves to tell what several originals tell together, and is empty for a
    copy: the `weight` of the
    whole report, its `words`, and, by sentence, the weight that is told and the words
    that stand there as they are; `lead` has the first sentences and their weight;
    `anchors` are those it shares with the other, `anchor_weight` that of all it has.
    `merit` tells which of several originals it is likelier a copy of; `doubts` are
    sentences of which only one side denies, to choose between originals
    that are as similar.
    """

    relation: Relation | None
    link: LinkKind | None
    similarity: float
    merit: float
    kept: float
    conflict: bool
    weight: float
    words: int
    told: tuple[tuple[int, float, float], ...] = ()
    lead: tuple[tuple[int, float], ...] = ()
    anchors: Mapping[int, float] = {}
    anchor_weight: float = 0.0
    doubts: int = 0


class _Changed(msgspec.Struct, frozen=True, gc=False):
    """A sentence of a copy that has not the words it was made of."""

    theirs: Sequence[Word]
    mine: Sequence[Word]
    one: bool  # of one sentence
    covered: float
    verbatim: float


class _Parts:
    """What pairs tell in part, one after the other."""

    def __init__(
        self, prepared: Prepared, alignments: Alignments, copies: Ints
    ) -> None:
        matches, sentences = alignments.matches, prepared.sentences
        first = sentences.offsets[copies]
        self._first = first.tolist()
        self._last = sentences.offsets[copies + 1].tolist()
        self._lead = sentences.lead.tolist()
        self._weights = sentences.weights.tolist()
        self._offsets = matches.offsets.tolist()
        at = matches.copies
        sizes = sentences.begins[at + 1] - sentences.begins[at]
        before = np.repeat(first, np.diff(matches.offsets))
        told = (at - before, matches.covered * sentences.weights[at])
        columns = (*told, matches.verbatim * sizes)
        self._told = list(zip(*(c.tolist() for c in columns), strict=True))
        self._anchor_offsets = alignments.anchors.offsets.tolist()
        self._anchor_weights = alignments.anchors.weights.tolist()
        self._shared = alignments.anchors.shared.tolist()

    def told(self, pair: int) -> tuple[tuple[int, float, float], ...]:
        """Return sentences of the copy with the weight and the words that are told."""
        return tuple(self._told[self._offsets[pair] : self._offsets[pair + 1]])

    def anchors(self, pair: int) -> dict[int, float]:
        """Return the anchors of the copy, by number, that the original has."""
        some = slice(self._anchor_offsets[pair], self._anchor_offsets[pair + 1])
        weights, shared = self._anchor_weights[some], self._shared[some]
        return {n: w for n, w in enumerate(weights) if shared[n]}

    def lead(self, pair: int) -> tuple[tuple[int, float], ...]:
        """Return the first sentences of the copy with their weight."""
        first = self._first[pair]
        return tuple(
            (at - first, self._weights[at])
            for at in range(first, self._last[pair])
            if self._lead[at]
        )


def compare(
    prepared: Prepared, pairs: Sequence[tuple[int, int]], words: StoryWords
) -> list[Comparison]:
    """Return what the second of each pair, a copy perhaps, is to the first.

    Pairs are places among the prepared reports; what is said of one does not depend on
    the others.
    """
    originals, copies = np.array(pairs, np.int64).reshape(-1, 2).T
    alignments = align(prepared, originals, copies)
    sizes = np.diff(prepared.scan.offsets)[copies].tolist()
    weights = prepared.weights[copies].tolist()
    anchor_weights = alignments.anchor_weights.tolist()
    merits = alignments.covered + alignments.anchored + KEPT_COUNTS * alignments.kept
    similar = np.maximum(alignments.covered, alignments.verbatim).tolist()
    shares = zip(
        are_copies(alignments).tolist(),
        similar,
        merits.tolist(),
        alignments.covered.tolist(),
        alignments.kept.tolist(),
        alignments.verbatim.tolist(),
        strict=True,
    )
    parts = _Parts(prepared, alignments, copies)
    found = []
    for at, (is_copy, similarity, merit, covered, kept, verbatim) in enumerate(shares):
        relation: Relation | None = None
        link: LinkKind | None = None
        doubts = 0
        if is_copy:
            relation = Relation.NEAR if verbatim >= NEAR else Relation.REWRITTEN
            changed = _changed_in(prepared, alignments.matches, at)
            concepts = partial(_concepts, prepared, pairs[at])
            link = _conflict(changed, concepts, verbatim, words)
            doubts = _doubts(changed, words)
        elif kept >= WHOLE:
            link = LinkKind.CONTAINS
        elif covered >= PART and kept >= PART:
            link = LinkKind.UPDATE
        # Only what is no copy of this original can be told by several together.
        part = relation is None and covered > 0
        found.append(
            Comparison(
                relation=None if link else relation,
                link=link,
                similarity=round(similarity, 4),
                kept=kept,
                merit=merit,
                conflict=relation is not None and link is not None,
                weight=weights[at],
                words=sizes[at],
                told=parts.told(at) if part else (),
                anchors=parts.anchors(at) if part else {},
                anchor_weight=anchor_weights[at],
                doubts=doubts,
                lead=parts.lead(at) if part else (),
            )
        )
    return found


def are_copies(alignments: Alignments) -> Ints:
    """Tell which reports tell nothing but what the other does."""
    covered, anchored = alignments.covered, alignments.anchored
    # Without anchors the words alone must do.
    by_words = (anchored == 0) & (alignments.verbatim >= CLOSE)
    # What stands around the original names nothing of its own.
    whole = (
        (alignments.kept >= ALL_KEPT) & (anchored >= WELL_COVERED) & (covered >= HALF)
    )
    some = (
        (covered + anchored - alignments.news >= COVERED_AND_ANCHORED)
        & (covered >= LEAST_COVERED)
        & (alignments.lead >= LEAD_COVERED)
    )
    copies: Ints = np.where(
        anchored < covered - LAG, by_words, (covered >= WELL_COVERED) | whole | some
    )
    return copies


def _changed_in(prepared: Prepared, matches: Matches, pair: int) -> list[_Changed]:
    found = []
    for at in range(*matches.offsets[pair : pair + 2].tolist()):
        if matches.same[at]:
            continue
        second = int(matches.second[at])
        theirs = prepared.words_of(int(matches.first[at]))
        found.append(
            _Changed(
                theirs=theirs if second < 0 else [*theirs, *prepared.words_of(second)],
                mine=prepared.words_of(int(matches.copies[at])),
                one=second < 0,
                covered=float(matches.covered[at]),
                verbatim=float(matches.verbatim[at]),
            )
        )
    return found


def _doubts(changed: Sequence[_Changed], words: StoryWords) -> int:
    return sum(
        denials_of(one.theirs, words) != denials_of(one.mine, words) for one in changed
    )


def _conflict(
    changed: Sequence[_Changed],
    concepts: Callable[[], tuple[set[int], set[int]]],
    verbatim: float,
    words: StoryWords,
) -> LinkKind | None:
    """Return how a report contradicts or updates what it otherwise repeats.

    `concepts` are all those of the original, and of the report.
    """
    found: set[LinkKind] = set()
    for one in changed:
        if one.covered < SAME and one.verbatim < VERBATIM:
            continue
        blocks = find_blocks(one.theirs, one.mine)
        if any(map(_other_number, blocks)):
            found.add(LinkKind.UPDATE)
        if verbatim >= CLOSE and one.verbatim >= VERBATIM:
            if any(_other_name(block, concepts, words) for block in blocks):
                found.add(LinkKind.UPDATE)
            if any(Change.OPPOSITE in changes_of(block, words) for block in blocks):
                found.add(LinkKind.CONTRADICTION)
        if any(map(_turned, blocks)) and _denies(one, words):
            found.add(LinkKind.CONTRADICTION)
    if LinkKind.CONTRADICTION in found:
        return LinkKind.CONTRADICTION
    return LinkKind.UPDATE if found else None


def _other_number(block: Block) -> bool:
    if max(map(len, block)) > FEW_WORDS:
        return False
    theirs, mine = numbers_of(block[0]), numbers_of(block[1])
    return bool(theirs and mine) and not theirs & mine


def _turned(block: Block) -> bool:
    few = max(map(len, block)) <= FEW_WORDS and not _misspelt(block)
    return few and negations_of(block[0]) != negations_of(block[1])


def _misspelt(block: Block) -> bool:
    """Tell whether both sides are one word of the same letters."""
    letters = [[sorted(word.lexeme.folded) for word in side] for side in block]
    return letters[0] == letters[1]


def _other_name(
    block: Block,
    concepts: Callable[[], tuple[set[int], set[int]]],
    words: StoryWords,
) -> bool:
    """Tell whether a name stands for another that is nowhere else in the report."""
    if not names_differ(*block):
        return False
    theirs, mine = concepts()
    return all(
        _is_name(word, words) and word.lexeme.concept not in others
        for side, others in zip(block, (mine, theirs), strict=True)
        for word in side
        if word.name
    )


def _concepts(prepared: Prepared, pair: tuple[int, int]) -> tuple[set[int], set[int]]:
    concepts, scan = prepared.lexemes.rows["concept"], prepared.scan
    original, copy = (
        set(concepts[scan.places[slice(*scan.offsets[n : n + 2])]].tolist())
        for n in pair
    )
    return original, copy


def _is_name(word: Word, words: StoryWords) -> bool:
    lexeme = word.lexeme
    return not lexeme.common and lexeme.folded not in words.synonyms


def _denies(changed: _Changed, words: StoryWords) -> bool:
    """Tell whether one of two sentences that else tell the same denies it."""
    theirs, mine = changed.theirs, changed.mine
    if min(len(theirs), len(mine)) < AS_LONG * max(len(theirs), len(mine)):
        return False
    denied, denies = denials_of(theirs, words), denials_of(mine, words)
    if denied == denies or negations_of(theirs) == negations_of(mine):
        return False
    if changed.verbatim >= VERBATIM:
        return True
    return changed.one and changed.covered >= SAME and bool(denied) != bool(denies)
