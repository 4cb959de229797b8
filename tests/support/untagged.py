"""Sentences as they are before a reader has seen them: words without tags."""

from onrecord.model.annotation import Sentence, Token
from onrecord.model.span import Span
from onrecord.understand.sentences import split_sentences


def build_untagged(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of `text`, every word tagged X."""
    return tuple(
        Sentence(
            span=cut.span,
            paragraph=cut.paragraph,
            tokens=tuple(_token(span, text) for span in cut.tokens),
        )
        for cut in split_sentences(text)
    )


def _token(span: Span, text: str) -> Token:
    form = span.of(text)
    return Token(span.start, span.end, form, "X", "X", form.lower(), 0, "dep", "O")
