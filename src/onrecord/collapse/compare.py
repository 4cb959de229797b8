"""Is a report a copy of another, and how do they differ."""

from collections.abc import Mapping

import msgspec

from onrecord.collapse.align import Alignment, Match, align, words_of
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


def compare(original: Prepared, copy: Prepared, words: StoryWords) -> Comparison:
    """Return what `copy` is to `original`."""
    alignment = align(original, copy)
    covered, kept = alignment.covered, alignment.kept
    similarity = round(max(covered, alignment.verbatim), 4)
    relation: Relation | None = None
    link: LinkKind | None = None
    if is_copy(alignment):
        near = alignment.verbatim >= NEAR
        relation = Relation.NEAR if near else Relation.REWRITTEN
        link = _conflict(original, copy, alignment, words)
    elif kept >= WHOLE:
        link = LinkKind.CONTAINS
    elif covered >= PART and kept >= PART:
        link = LinkKind.UPDATE
    # Only what is no copy of this original can be told by several together.
    part = relation is None and len(alignment.matches) > 0
    return Comparison(
        relation=None if link else relation,
        link=link,
        similarity=similarity,
        kept=kept,
        merit=covered + alignment.anchored + KEPT_COUNTS * kept,
        conflict=relation is not None and link is not None,
        weight=copy.weight,
        words=len(copy.cut.words),
        told=tuple(_told(copy, match) for match in alignment.matches) if part else (),
        anchors=_shared_anchors(original, copy) if part else {},
        anchor_weight=sum(copy.anchors.values()),
        doubts=_doubts(original, copy, alignment, words) if relation else 0,
        lead=tuple((at, copy.sentences[at].weight) for at in copy.lead),
    )


def is_copy(alignment: Alignment) -> bool:
    """Tell whether a report tells nothing but what the other does."""
    covered, anchored = alignment.covered, alignment.anchored
    if anchored < covered - LAG:
        # Without anchors the words alone must do.
        return not anchored and alignment.verbatim >= CLOSE
    if covered >= WELL_COVERED:
        return True
    if alignment.kept >= ALL_KEPT and anchored >= WELL_COVERED and covered >= HALF:
        return True  # what stands around the original names nothing of its own
    return (
        covered + anchored - alignment.news >= COVERED_AND_ANCHORED
        and covered >= LEAST_COVERED
        and alignment.lead >= LEAD_COVERED
    )


def blocks_of(original: Prepared, copy: Prepared, match: Match) -> tuple[Block, ...]:
    """Return where the words of a sentence of the copy depart."""
    theirs = words_of(original, match.original)
    return find_blocks(theirs, copy.sentences[match.copy].words)


def _told(copy: Prepared, match: Match) -> tuple[int, float, float]:
    sentence = copy.sentences[match.copy]
    return (
        match.copy,
        match.covered * sentence.weight,
        match.verbatim * len(sentence.words),
    )


def _shared_anchors(original: Prepared, copy: Prepared) -> dict[int, float]:
    return {t: w for t, w in copy.anchors.items() if t in original.where}


def _doubts(
    original: Prepared, copy: Prepared, alignment: Alignment, words: StoryWords
) -> int:
    found = 0
    for match in alignment.matches:
        mine = copy.sentences[match.copy]
        if mine.forms not in original.same:
            denied = denials_of(words_of(original, match.original), words)
            found += denied != denials_of(mine.words, words)
    return found


def _conflict(
    original: Prepared, copy: Prepared, alignment: Alignment, words: StoryWords
) -> LinkKind | None:
    """Return how a report contradicts or updates what it otherwise repeats."""
    found: set[LinkKind] = set()
    for match in alignment.matches:
        if copy.sentences[match.copy].forms in original.same:
            continue
        if match.covered < SAME and match.verbatim < VERBATIM:
            continue
        blocks = blocks_of(original, copy, match)
        if any(map(_other_number, blocks)):
            found.add(LinkKind.UPDATE)
        if alignment.verbatim >= CLOSE and match.verbatim >= VERBATIM:
            if any(_other_name(block, original, copy, words) for block in blocks):
                found.add(LinkKind.UPDATE)
            if any(Change.OPPOSITE in changes_of(block, words) for block in blocks):
                found.add(LinkKind.CONTRADICTION)
        if any(map(_turned, blocks)) and _denies(original, copy, match, words):
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
    block: Block, original: Prepared, copy: Prepared, words: StoryWords
) -> bool:
    """Tell whether a name stands for another that is nowhere else in the report."""
    if not names_differ(*block):
        return False
    theirs = {w.lexeme.concept for w in original.cut.words}
    mine = {w.lexeme.concept for w in copy.cut.words}
    return all(
        _is_name(word, words) and word.lexeme.concept not in others
        for side, others in zip(block, (mine, theirs), strict=True)
        for word in side
        if word.name
    )


def _is_name(word: Word, words: StoryWords) -> bool:
    lexeme = word.lexeme
    return not lexeme.common and lexeme.folded not in words.synonyms


def _denies(
    original: Prepared, copy: Prepared, match: Match, words: StoryWords
) -> bool:
    """Tell whether one of two sentences that else tell the same denies it."""
    theirs = words_of(original, match.original)
    mine = copy.sentences[match.copy].words
    if min(len(theirs), len(mine)) < AS_LONG * max(len(theirs), len(mine)):
        return False
    denied, denies = denials_of(theirs, words), denials_of(mine, words)
    if denied == denies or negations_of(theirs) == negations_of(mine):
        return False
    if match.verbatim >= VERBATIM:
        return True
    one = len(match.original) == 1
    return one and match.covered >= SAME and bool(denied) != bool(denies)
