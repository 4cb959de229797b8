"""Why a report is held for a copy, for people to check."""

from collections.abc import Sequence

import numpy as np

from onrecord.collapse.align import Matches, align
from onrecord.collapse.drift import drift_of, find_blocks, span_of
from onrecord.collapse.fingerprint import SHORTEST_QUOTATION
from onrecord.collapse.knowledge import StoryWords
from onrecord.collapse.prepare import Prepared
from onrecord.collapse.words import Cut, Word
from onrecord.model.span import Span
from onrecord.model.story import Aligned, Drift, Explanation


def explain(prepared: Prepared, words: StoryWords) -> Explanation:
    """Return what the second of two reports has of the first, and where it departs.

    Both are prepared with the places of their words.
    """
    alignments = align(prepared, np.zeros(1, np.int64), np.ones(1, np.int64))
    matches = alignments.matches
    original, copy = prepared.cuts
    last = len(prepared.sentences.forms)
    return Explanation(
        covered=round(float(alignments.covered[0]), 4),
        kept=round(float(alignments.kept[0]), 4),
        verbatim=round(float(alignments.verbatim[0]), 4),
        anchored=round(float(alignments.anchored[0]), 4),
        names=_names(original, copy),
        numbers=_numbers(original, copy),
        quotations=_quotations(original, copy),
        sentences=tuple(
            _aligned(prepared, matches, at, words) for at in range(len(matches.copies))
        ),
        added=tuple(
            _whole(prepared.words_of(at))
            for at in range(int(prepared.sentences.offsets[1]), last)
            if at not in matches.copies
        ),
    )


def drift_between(explanation: Explanation) -> tuple[Drift, ...]:
    """Return all drift of an explanation in the order of the copy."""
    added = (
        (span.start, Drift(original=None, copy=span)) for span in explanation.added
    )
    changed = ((s.copy.start, d) for s in explanation.sentences for d in s.drift)
    return tuple(d for _, d in sorted((*added, *changed), key=lambda pair: pair[0]))


def _aligned(
    prepared: Prepared, matches: Matches, at: int, words: StoryWords
) -> Aligned:
    found = (int(matches.first[at]), int(matches.second[at]))
    originals = [prepared.words_of(sentence) for sentence in found if sentence >= 0]
    copy = prepared.words_of(int(matches.copies[at]))
    blocks = find_blocks([w for words in originals for w in words], copy)
    return Aligned(
        copy=_whole(copy),
        original=tuple(map(_whole, originals)),
        similarity=round(float(max(matches.covered[at], matches.verbatim[at])), 4),
        drift=tuple(drift_of(blocks, words)),
    )


def _whole(words: Sequence[Word]) -> Span:
    span = span_of(words)
    assert span is not None  # a sentence has words
    return span


def _names(original: Cut, copy: Cut) -> tuple[str, ...]:
    theirs = {w.lexeme.folded for w in original.words if w.name}
    mine = (w.lexeme for w in copy.words if w.name)
    return tuple(dict.fromkeys(x.folded for x in mine if x.folded in theirs))


def _numbers(original: Cut, copy: Cut) -> tuple[str, ...]:
    theirs = {w.value for w in original.words}
    mine = (w.value for w in copy.words if w.value)
    return tuple(dict.fromkeys(v for v in mine if v in theirs))


def _quotations(original: Cut, copy: Cut) -> tuple[Span, ...]:
    """Return the copy's quotations of which the original has every word in order."""
    theirs = " ".join(w.lexeme.folded for w in original.words)
    found = []
    for first, last in copy.quotations:
        words = copy.words[first:last]
        quoted = " ".join(w.lexeme.folded for w in words)
        if len(words) >= SHORTEST_QUOTATION and f" {quoted} " in f" {theirs} ":
            found.append(Span(words[0].start, words[-1].end))
    return tuple(found)
