"""Carry an attribution on: quotations over sentences, statements after a colon.

A quoted sentence without a cue of its own outside the quotation belongs to the cue
that shares its quotation, else to the last one that quoted, else to the one that closes
the quotation. A line such as "The minister said:" without content opens a block: the
quotations that follow, or, where none follow, the paragraphs of a statement.
"""

from collections.abc import Mapping, Sequence

from onrecord.lexicon.cues import Cues
from onrecord.model.annotation import Form, Sentence
from onrecord.model.span import Span
from onrecord.understand.attributions_clause import announces
from onrecord.understand.attributions_content import find_form
from onrecord.understand.attributions_cues import Draft
from onrecord.understand.quotations import Quotations, clip, is_quoted

MAX_AHEAD = 4  # sentences of a quotation before the one that names its speaker


def carry_on(
    sentences: Sequence[Sentence],
    drafts: Sequence[Draft],
    quotations: Quotations,
    cues: Cues,
) -> dict[int, tuple[Span, ...]]:
    """Return what each draft (by its index) says in sentences after or before it."""
    outer = _outer(drafts, quotations)
    owners = _owners(drafts, outer, quotations)
    added: dict[int, list[Span]] = {}
    current: int | None = None
    block = range(0)
    for number, sentence in enumerate(sentences):
        opened = _introduces(sentences, number, drafts, outer)
        if opened is not None:
            current = opened
            block = _block(sentences, number, drafts, outer, quotations, cues)
            continue
        if number in outer and number not in block:
            current = _quoting(drafts, outer[number], quotations)
            continue
        if number in block and current is not None:
            added.setdefault(current, []).append(sentence.span)
            continue
        if not is_quoted(sentence, quotations):
            current = None
            continue
        current = _owner(sentences, number, drafts, outer, owners, quotations, current)
        if current is not None:
            span = _quoted_part(sentence, quotations)
            added.setdefault(current, []).append(span)
    return {index: tuple(spans) for index, spans in added.items()}


def _outer(drafts: Sequence[Draft], quotations: Quotations) -> Mapping[int, list[int]]:
    """Return the drafts whose cue stands outside quotation marks, by sentence."""
    found: dict[int, list[int]] = {}
    for index, draft in enumerate(drafts):
        if not any(q.covers(draft.cue.span) for q in quotations.near(draft.cue.span)):
            found.setdefault(draft.sentence, []).append(index)
    return found


def _owners(
    drafts: Sequence[Draft], outer: Mapping[int, list[int]], quotations: Quotations
) -> Mapping[Span, int]:
    """Return the first draft outside each quotation that has words of it."""
    found: dict[Span, int] = {}
    for indices in outer.values():
        for index in indices:
            for content in drafts[index].content:
                for quotation in quotations.near(content):
                    found.setdefault(quotation, index)
    return found


def _introduces(
    sentences: Sequence[Sentence],
    number: int,
    drafts: Sequence[Draft],
    outer: Mapping[int, list[int]],
) -> int | None:
    """Return the draft that announces what follows its sentence: "He said:"."""
    there = outer.get(number, ())
    if not there or not announces(sentences[number]):
        return None
    return next((i for i in there if not drafts[i].content), there[-1])


def _block(
    sentences: Sequence[Sentence],
    number: int,
    drafts: Sequence[Draft],
    outer: Mapping[int, list[int]],
    quotations: Quotations,
    cues: Cues,
) -> range:
    """Return the sentences of an unquoted statement that a line introduces.

    One that begins in the same paragraph ends with it. One in paragraphs of its own
    that speaks in the first person goes on to the next such line, else to its
    paragraph's end.
    """
    first = number + 1
    if first >= len(sentences) or quotations.near(sentences[first].span):
        return range(0)
    last = first
    while last < len(sentences) and (
        sentences[last].paragraph == sentences[first].paragraph
    ):
        last += 1
    if sentences[first].paragraph == sentences[number].paragraph:
        return range(first, last)
    end = first
    while end < len(sentences) and _introduces(sentences, end, drafts, outer) is None:
        end += 1
    whole = range(first, end)
    if any(_is_first_person(sentences[i], cues) for i in whole):
        return whole
    return range(first, min(last, end))


def _is_first_person(sentence: Sentence, cues: Cues) -> bool:
    return any(
        t.upos == "PRON" and t.text.lower() in cues.first_person
        for t in sentence.tokens
    )


def _quoting(
    drafts: Sequence[Draft], there: Sequence[int], quotations: Quotations
) -> int | None:
    """Return the last draft of a sentence that quotes."""
    quoting = [i for i in there if _quotes(drafts[i], quotations)]
    return quoting[-1] if quoting else None


def _quotes(draft: Draft, quotations: Quotations) -> bool:
    return bool(draft.content) and (
        find_form(draft.content, quotations) is not Form.INDIRECT
    )


def _owner(
    sentences: Sequence[Sentence],
    number: int,
    drafts: Sequence[Draft],
    outer: Mapping[int, list[int]],
    owners: Mapping[Span, int],
    quotations: Quotations,
    current: int | None,
) -> int | None:
    for quotation in quotations.near(sentences[number].span):
        if quotation in owners:
            return owners[quotation]
    if current is not None:
        return current
    return _next_owner(sentences, number, drafts, outer, quotations)


def _next_owner(
    sentences: Sequence[Sentence],
    number: int,
    drafts: Sequence[Draft],
    outer: Mapping[int, list[int]],
    quotations: Quotations,
) -> int | None:
    """Return the draft of the next sentence when it closes this quotation."""
    for later in range(number + 1, min(number + MAX_AHEAD, len(sentences))):
        if sentences[later].paragraph != sentences[number].paragraph:
            return None
        if later in outer:
            first = outer[later][0]
            return first if _quotes(drafts[first], quotations) else None
        if not is_quoted(sentences[later], quotations):
            return None
    return None


def _quoted_part(sentence: Sentence, quotations: Quotations) -> Span:
    inner = (clip(q, sentence.span) for q in quotations.near(sentence.span))
    return next((c for c in inner if c is not None), sentence.span)
