"""Read parties, names and words as they are compared."""

import unicodedata
from collections.abc import Iterable

from onrecord.model.span import Span
from onrecord.score.shapes import Who

UNKNOWN = frozenset(("", "UNK"))


def make_who(country: str | None, *names: str | None) -> Who:
    """Return a party; UNK is no country."""
    code = (country or "").upper()
    kept = dict.fromkeys(name.lower() for name in names if name)
    return Who(None if code in UNKNOWN else code, tuple(kept))


def make_place(*names: str | None) -> Who:
    """Return a place, which is compared by its names without accents."""
    return Who(None, tuple(dict.fromkeys(plain(name) for name in names if name)))


def plain(name: str) -> str:
    """Return a name in small letters without accents."""
    split = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in split if not unicodedata.combining(c)).strip()


def find_words(text: str, words: str, within: Span | None = None) -> Span | None:
    """Return the first place of words in a text, or in a part of it."""
    start, end = (within.start, within.end) if within else (0, len(text))
    at = text.find(words, start, end) if words else -1
    return Span(at, at + len(words)) if at >= 0 else None


def first_of(spans: Iterable[Span | None]) -> Span | None:
    """Return the first span that is there."""
    return next((span for span in spans if span is not None), None)
