"""Find what stands between quotation marks, across sentences and paragraphs."""

import bisect
import re
from collections.abc import Iterator

import msgspec

from onrecord.model.annotation import Sentence
from onrecord.model.span import Span

MAX_QUOTATION = 4_000  # code points; a longer one is taken as a mark never closed
_PARAGRAPH = re.compile(r"[^\r\n]+")
_PAIRS = {"“": "”", "«": "»", "„": "“"}
_STRAIGHT = '"'


class Quotations(msgspec.Struct, frozen=True):
    """The quotations of a report in text order, marks left out; none overlap."""

    spans: tuple[Span, ...]

    def near(self, span: Span) -> tuple[Span, ...]:
        """Return the quotations that share a code point with `span`."""
        first = bisect.bisect_right(self.spans, span.start, key=lambda s: s.end)
        last = bisect.bisect_left(self.spans, span.end, key=lambda s: s.start)
        return self.spans[first:last]


def find_quotations(text: str, *, start: int = 0) -> Quotations:
    """Return the ranges between paired quotation marks, marks left out.

    A paragraph that opens a quotation without closing it is quoted to its end; so
    is a following one that begins with a mark, as newspapers write long quotations.
    Single quotation marks are left alone: they are apostrophes more often.
    """
    return Quotations(
        tuple(
            span
            for paragraph in _PARAGRAPH.finditer(text, start)
            for span in _in_paragraph(text, paragraph.start(), paragraph.end())
        )
    )


def clip(quotation: Span, within: Span) -> Span | None:
    """Return the part of a quotation that lies `within`."""
    start = max(quotation.start, within.start)
    end = min(quotation.end, within.end)
    return Span(start, end) if start < end else None


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    opened: int | None = None
    closer = ""
    for at in range(start, end):
        mark = text[at]
        if opened is None:
            if mark in _PAIRS:
                opened, closer = at + 1, _PAIRS[mark]
            elif mark == _STRAIGHT and _opens(text, at, start):
                opened, closer = at + 1, _STRAIGHT
        elif mark == closer:
            yield from _span(opened, at)
            opened = None
    if opened is not None:
        yield from _span(opened, end)


def _opens(text: str, at: int, start: int) -> bool:
    """Tell whether a straight mark opens: nothing or white space stands before it."""
    return at == start or not text[at - 1].isalnum()


def _span(start: int, end: int) -> Iterator[Span]:
    if start < end and end - start <= MAX_QUOTATION:
        yield Span(start, end)


def is_quoted(sentence: Sentence, quotations: Quotations) -> bool:
    """Tell whether a sentence lies inside one quotation, its marks aside."""
    words = [t for t in sentence.tokens if t.upos != "PUNCT"]
    if not words:
        return False
    inner = Span(words[0].start, words[-1].end)
    return any(q.covers(inner) for q in quotations.near(inner))
