"""Find what is said: the clause, the noun phrase or the quotation of a cue."""

from collections.abc import Sequence

from onrecord.lexicon.cues import Cues
from onrecord.model.annotation import Form, Nominal, Sentence
from onrecord.model.span import Span
from onrecord.model.tree import dependents
from onrecord.understand.attributions_clause import CLAUSES, find_clause
from onrecord.understand.attributions_cues import Found
from onrecord.understand.quotations import Quotations, clip


def find_content(
    sentence: Sentence,
    cue: Found,
    speaker: Nominal,
    others: Sequence[Found],
    quotations: Quotations,
    cues: Cues,
) -> tuple[Span, ...]:
    """Return the words of the sentence that a cue reports, in text order.

    `others` are the sentence's other cues: a quotation belongs to the nearest.
    """
    clause = find_clause(sentence, cue, speaker, others, cues)
    quoted = tuple(
        inner
        for q in quotations.near(sentence.span)
        if (inner := clip(q, sentence.span))
        and not inner.overlaps(cue.span)
        and not inner.overlaps(speaker.span)
        and (_overlaps(inner, clause) or _is_nearest(inner, cue, others))
    )
    if not clause:
        return quoted
    outside = tuple(q for q in quoted if not _overlaps(q, clause))
    inside = tuple(q for c in clause for q in quoted if q.covers(c))
    if inside:
        return tuple(sorted({*inside, *outside}))
    if outside and len(outside) == len(quoted) and cue.entry and cue.entry.noun_content:
        return outside if not _holds_clause(sentence, cue) else clause
    return tuple(sorted({*clause, *outside}))


def find_form(content: Sequence[Span], quotations: Quotations) -> Form:
    """Return whether all, some or none of the content is quoted."""
    if all(any(q.covers(c) for q in quotations.near(c)) for c in content):
        return Form.DIRECT
    if any(quotations.near(c) for c in content):
        return Form.MIXED
    return Form.INDIRECT


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def _is_nearest(quoted: Span, cue: Found, others: Sequence[Found]) -> bool:
    """Tell whether no other cue outside a quotation stands nearer to it."""
    own = _distance(quoted, cue.span)
    return all(
        _distance(quoted, other.span) >= own
        for other in others
        if not quoted.overlaps(other.span)
    )


def _distance(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _holds_clause(sentence: Sentence, cue: Found) -> bool:
    return bool(dependents(sentence, cue.token, *CLAUSES))
