"""Is a report a copy of another, and how do they differ."""

import msgspec

from onrecord.collapse.align import Alignment, Match, align, words_of
from onrecord.collapse.drift import (
    Block,
    changes_of,
    find_blocks,
    names_differ,
    negations_of,
    numbers_of,
)
from onrecord.collapse.knowledge import StoryWords
from onrecord.collapse.prepare import Prepared
from onrecord.model.story import Change, LinkKind, Relation

COPIED = 0.62  # share of a copy that its original tells; see docs/explain/stories.md
NEAR = 0.85  # share of the words of a near copy that are its original's
PART = 0.3  # share of a report from which it is linked
WHOLE = 0.7  # share of an original that a report contains
SAME = 0.75  # share of a sentence from which a change in it is one of what is told
VERBATIM = 0.8  # share of a sentence's words: only little was changed in it


class Comparison(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a report is to an earlier one.

    `relation` for a copy, else `link` where it depends on it, else neither. What
    follows serves to tell what several originals tell together: the `weight` of the
    whole report, its `words`, and, by sentence, the weight that is told and the words
    that stand there as they are.
    """

    relation: Relation | None
    link: LinkKind | None
    similarity: float
    conflict: bool
    weight: float
    words: int
    told: tuple[tuple[int, float, float], ...] = ()


def compare(original: Prepared, copy: Prepared, words: StoryWords) -> Comparison:
    """Return what `copy` is to `original`."""
    alignment = align(original, copy)
    covered, kept = alignment.covered, alignment.kept
    similarity = round(max(covered, alignment.verbatim), 4)
    relation: Relation | None = None
    link: LinkKind | None = None
    if covered >= COPIED or alignment.verbatim >= NEAR:
        near = alignment.verbatim >= NEAR
        relation = Relation.NEAR if near else Relation.REWRITTEN
        link = _conflict(original, copy, alignment, words)
    elif kept >= WHOLE:
        link = LinkKind.CONTAINS
    elif covered >= PART and kept >= PART and alignment.verbatim >= PART:
        link = LinkKind.UPDATE
    return Comparison(
        relation=None if link else relation,
        link=link,
        similarity=similarity,
        conflict=relation is not None and link is not None,
        weight=copy.weight,
        words=len(copy.cut.words),
        told=tuple(_told(copy, match) for match in alignment.matches),
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


def _conflict(
    original: Prepared, copy: Prepared, alignment: Alignment, words: StoryWords
) -> LinkKind | None:
    """Return how a report contradicts or updates what it otherwise repeats."""
    found: set[LinkKind] = set()
    for match in alignment.matches:
        if match.covered < SAME and match.verbatim < VERBATIM:
            continue
        found |= _conflicts(original, copy, match, words)
    if LinkKind.CONTRADICTION in found:
        return LinkKind.CONTRADICTION
    return LinkKind.UPDATE if found else None


def _conflicts(
    original: Prepared, copy: Prepared, match: Match, words: StoryWords
) -> set[LinkKind]:
    found: set[LinkKind] = set()
    blocks = blocks_of(original, copy, match)
    close = match.verbatim >= VERBATIM
    for block in blocks:
        theirs, mine = numbers_of(block[0]), numbers_of(block[1])
        if theirs and mine and not theirs & mine:
            found.add(LinkKind.UPDATE)
        if not close:
            continue
        if names_differ(*block):
            found.add(LinkKind.UPDATE)
        if Change.OPPOSITE in changes_of(block, words.meaning):
            found.add(LinkKind.CONTRADICTION)
    if close or len(match.original) == 1:
        denied = negations_of(words_of(original, match.original))
        denies = negations_of(copy.sentences[match.copy].words)
        if denied != denies if close else bool(denied) != bool(denies):
            found.add(LinkKind.CONTRADICTION)
    return found
