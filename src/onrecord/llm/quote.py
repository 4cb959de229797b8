"""Find quoted words in a text: exactly, whatever white space and quotation marks."""

import unicodedata

import msgspec

from onrecord.model.span import Span

_MARKS = str.maketrans(
    {**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛‹›`´", "'")}
)


class View(msgspec.Struct, frozen=True):
    """A part of a text with its white space and quotation marks made alike.

    `starts` and `ends` are the code points of the whole text that each character here
    stands for.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def make_view(text: str, span: Span) -> View:
    """Return the view of a part of `text`."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at in range(span.start, span.end):
        if text[at].isspace():
            if characters and characters[-1] == " ":
                ends[-1] = at + 1
                continue
            characters.append(" ")
        else:
            characters.append(text[at].translate(_MARKS))
        starts.append(at)
        ends.append(at + 1)
    return View("".join(characters), tuple(starts), tuple(ends))


def find_words(view: View, words: str) -> tuple[Span, ...]:
    """Return each place where `words` stand as whole words, in text order."""
    needle = " ".join(words.translate(_MARKS).split())
    found: list[Span] = []
    at = view.text.find(needle) if needle else -1
    while at >= 0:
        end = at + len(needle)
        if not _cuts_word(view.text, at) and not _cuts_word(view.text, end):
            found.append(Span(view.starts[at], view.ends[end - 1]))
        at = view.text.find(needle, at + 1)
    return tuple(found)


def nearest(spans: tuple[Span, ...], to: Span) -> Span | None:
    """Return the span with the fewest code points between it and `to`."""
    return min(
        spans,
        key=lambda s: (max(s.start - to.end, to.start - s.end, 0), s.start),
        default=None,
    )


def _cuts_word(text: str, at: int) -> bool:
    """Tell whether a word goes on across position `at`."""
    return 0 < at < len(text) and _in_word(text[at - 1]) and _in_word(text[at])


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
