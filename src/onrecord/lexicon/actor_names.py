"""Cut names into parts that compare whatever their accents, hyphens and stops."""

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

import msgspec

SHORT = 4  # letters; up to here capitals inside a word tell it from a common word
BARRIER = "\0"
_PART = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_TRANSPARENT = frozenset("-‐‑–'’ʼ‘`.&/+")


class Case(IntEnum):
    """What a form asks of the capitals in the text."""

    ANY = 0
    CAPITAL = 1
    EXACT = 2


class NamePart(msgspec.Struct, frozen=True, gc=False):
    """A run of letters and digits.

    `key` is in lower case without accents. `token` is the word it stands in; `begins`
    and `ends` tell whether it is the first and the last part of that word.
    """

    key: str
    text: str
    case: Case
    token: int = 0
    begins: bool = True
    ends: bool = True


def as_parts(form: str) -> tuple[NamePart, ...]:
    """Cut a form of the lexicon.

    >>> [p.key for p in as_parts("Côte d'Ivoire")], [p.key for p in as_parts("U.S.")]
    (['cote', 'd', 'ivoire'], ['u', 's'])
    """
    return tuple([_part(text) for text in _PART.findall(form)])


@lru_cache(maxsize=4096)
def _part(text: str) -> NamePart:
    """Return one part of a form; thousands of forms share theirs ("al", "Party")."""
    return NamePart(_key(text), text, _case(text))


def as_written(words: Sequence[str]) -> list[NamePart]:
    """Cut the words of a sentence; marks that no name runs over stay as barriers."""
    parts: list[NamePart] = []
    for token, word in enumerate(words):
        if word.isascii() and word.isalnum():
            parts.append(NamePart(word.lower(), word, Case.ANY, token))
            continue
        found = _PART.findall(word)
        last = len(found) - 1
        parts += [
            NamePart(_key(text), text, Case.ANY, token, at == 0, at == last)
            for at, text in enumerate(found)
        ]
        if not found and not _TRANSPARENT.issuperset(word):
            parts.append(NamePart(BARRIER, word, Case.ANY, token))
    return parts


def is_cased(written: Sequence[NamePart], form: Sequence[NamePart]) -> bool:
    """Tell whether words that spell a form have the capitals it asks for."""
    return all(_is_cased(w.text, f) for w, f in zip(written, form, strict=True))


def _is_cased(text: str, part: NamePart) -> bool:
    if part.case is Case.ANY:
        return True
    if part.case is Case.CAPITAL:
        return text[0].isupper()
    return text == part.text or text.isupper()


def _case(text: str) -> Case:
    if not text[0].isupper() and text.lower() == text:
        return Case.ANY
    inner = text[1:] != text[1:].lower()
    if inner and len(text) <= SHORT:
        return Case.EXACT
    return Case.CAPITAL if text[0].isupper() else Case.ANY


def _key(text: str) -> str:
    key = text.lower()
    if key.isascii():
        return key
    parts = unicodedata.normalize("NFKD", key.translate(_LETTERS))
    return "".join(c for c in parts if not unicodedata.combining(c))
