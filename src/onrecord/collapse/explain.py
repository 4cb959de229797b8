"""Why a report is held for a copy, for people to check."""

from onrecord.collapse.align import Match, align
from onrecord.collapse.compare import blocks_of
from onrecord.collapse.drift import drift_of, span_of
from onrecord.collapse.fingerprint import SHORTEST_QUOTATION
from onrecord.collapse.knowledge import StoryWords
from onrecord.collapse.prepare import Prepared
from onrecord.model.span import Span
from onrecord.model.story import Aligned, Drift, Explanation


def explain(original: Prepared, copy: Prepared, words: StoryWords) -> Explanation:
    """Return what `copy` has of `original`, and where its words depart."""
    alignment = align(original, copy)
    return Explanation(
        covered=round(alignment.covered, 4),
        kept=round(alignment.kept, 4),
        verbatim=round(alignment.verbatim, 4),
        anchored=round(alignment.anchored, 4),
        names=_names(original, copy),
        numbers=_numbers(original, copy),
        quotations=_quotations(original, copy),
        sentences=tuple(
            _aligned(original, copy, match, words) for match in alignment.matches
        ),
        added=_added(copy, {match.copy for match in alignment.matches}),
    )


def drift_between(explanation: Explanation) -> tuple[Drift, ...]:
    """Return all drift of an explanation in the order of the copy."""
    added = (
        (span.start, Drift(original=None, copy=span)) for span in explanation.added
    )
    changed = ((s.copy.start, d) for s in explanation.sentences for d in s.drift)
    return tuple(d for _, d in sorted((*added, *changed), key=lambda pair: pair[0]))


def _aligned(
    original: Prepared, copy: Prepared, match: Match, words: StoryWords
) -> Aligned:
    blocks = blocks_of(original, copy, match)
    return Aligned(
        copy=_whole(copy, match.copy),
        original=tuple(_whole(original, at) for at in match.original),
        similarity=round(max(match.covered, match.verbatim), 4),
        drift=tuple(drift_of(blocks, words)),
    )


def _added(copy: Prepared, matched: set[int]) -> tuple[Span, ...]:
    return tuple(
        _whole(copy, at)
        for at, sentence in enumerate(copy.sentences)
        if sentence.words and at not in matched
    )


def _whole(prepared: Prepared, at: int) -> Span:
    span = span_of(prepared.sentences[at].words)
    assert span is not None  # a matched sentence has words
    return span


def _names(original: Prepared, copy: Prepared) -> tuple[str, ...]:
    theirs = {w.lexeme.folded for w in original.cut.words if w.name}
    mine = (w.lexeme for w in copy.cut.words if w.name)
    return tuple(dict.fromkeys(x.folded for x in mine if x.folded in theirs))


def _numbers(original: Prepared, copy: Prepared) -> tuple[str, ...]:
    theirs = {w.value for w in original.cut.words}
    mine = (w.value for w in copy.cut.words if w.value)
    return tuple(dict.fromkeys(v for v in mine if v in theirs))


def _quotations(original: Prepared, copy: Prepared) -> tuple[Span, ...]:
    """Return the copy's quotations of which the original has every word in order."""
    theirs = " ".join(w.lexeme.folded for w in original.cut.words)
    found = []
    for first, last in copy.cut.quotations:
        words = copy.cut.words[first:last]
        quoted = " ".join(w.lexeme.folded for w in words)
        if len(words) >= SHORTEST_QUOTATION and f" {quoted} " in f" {theirs} ":
            found.append(Span(words[0].start, words[-1].end))
    return tuple(found)
