"""A report on its way to a copy: paragraphs of sentences of pieces.

A piece remembers whether a rewriter put its words there, so that a copy knows where
it departs from its source.
"""

import datetime as dt
from collections.abc import Callable, Iterable

import msgspec

from onrecord.model.span import Span
from onrecord.understand.sentences import split_sentences


class Piece(msgspec.Struct, frozen=True):
    """Some words of a sentence; `changed` when they are not the source's own."""

    text: str
    changed: bool = False


Sentence = tuple[Piece, ...]
Paragraph = tuple[Sentence, ...]


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A report in pieces; `gap` stands between its paragraphs."""

    source_id: str
    date: dt.date
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    outlet: str | None = None
    gap: str = "\n\n"

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return all sentences in order."""
        return tuple(s for p in self.paragraphs for s in p)


def make_draft(
    source_id: str,
    text: str,
    *,
    date: dt.date,
    title: str | None = None,
    outlet: str | None = None,
) -> Draft:
    """Return `text` cut into paragraphs and sentences."""
    paragraphs: dict[int, list[Sentence]] = {}
    for cut in split_sentences(text):
        paragraphs.setdefault(cut.paragraph, []).append((Piece(cut.span.of(text)),))
    return Draft(
        source_id=source_id,
        date=date,
        paragraphs=tuple(tuple(p) for p in paragraphs.values()),
        title=title,
        outlet=outlet,
    )


def put(draft: Draft, paragraphs: Iterable[Iterable[Sentence]]) -> Draft:
    """Return `draft` with other paragraphs; empty ones are left out."""
    kept = tuple(tuple(s for s in p if s) for p in paragraphs)
    return msgspec.structs.replace(draft, paragraphs=tuple(p for p in kept if p))


def each_sentence(draft: Draft, change: Callable[[Sentence], Sentence]) -> Draft:
    """Return `draft` with every sentence changed."""
    return put(draft, ((change(s) for s in p) for p in draft.paragraphs))


def words_of(sentence: Sentence) -> str:
    """Return the text of a sentence."""
    return "".join(piece.text for piece in sentence)


def render(draft: Draft) -> tuple[str, tuple[Span, ...]]:
    """Return the text of a draft and the spans of its changed pieces."""
    parts: list[str] = []
    changed: list[Span] = []
    at = 0

    def add(text: str, *, is_changed: bool = False) -> None:
        nonlocal at
        if text and is_changed:
            changed.append(Span(at, at + len(text)))
        parts.append(text)
        at += len(text)

    for number, paragraph in enumerate(draft.paragraphs):
        add(draft.gap if number else "")
        for place, sentence in enumerate(paragraph):
            add(" " if place else "")
            for piece in sentence:
                add(piece.text, is_changed=piece.changed)
    return "".join(parts), tuple(changed)


def replace_in(
    sentence: Sentence, old: str, new: str, *, start: int | None = None
) -> Sentence:
    """Return `sentence` with words of an unchanged piece replaced.

    `start` is the code point in the sentence; without it the first place is taken. A
    sentence without them comes back as it is.
    """
    at = 0
    for i, piece in enumerate(sentence):
        place = piece.text.find(old) if start is None else start - at
        fits = not piece.changed and 0 <= place < len(piece.text)
        if fits and piece.text.startswith(old, place):
            cut = (
                Piece(piece.text[:place]),
                Piece(new, changed=True),
                Piece(piece.text[place + len(old) :]),
            )
            kept = tuple(p for p in cut if p.text)
            return sentence[:i] + kept + sentence[i + 1 :]
        at += len(piece.text)
    return sentence
