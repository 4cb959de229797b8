"""What comparing needs to know of a word, looked up once for each form."""

import hashlib
import re
import unicodedata
from enum import IntEnum
from typing import Any

import msgspec
import numpy as np

from onrecord.collapse.knowledge import StoryWords

FORMS_KEPT = 200_000  # a million reports have far more; then it is emptied
MIX = 0x9E3779B97F4A7C15
U64 = np.ndarray[Any, np.dtype[np.uint64]]
MASK = (1 << 64) - 1
SHORT = 4  # letters that a stem keeps
DIGITS = re.compile(r"\d")
THOUSANDS = re.compile(r"[,.](?=\d{3}(?:\D|\Z))")
ENDINGS = (
    ("ations", ""),
    ("ation", ""),
    ("ators", ""),
    ("ator", ""),
    ("ating", ""),
    ("ated", ""),
    ("ates", ""),
    ("ments", ""),
    ("ment", ""),
    ("ings", ""),
    ("ing", ""),
    ("ions", ""),
    ("ion", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ers", ""),
    ("ate", ""),
    ("er", ""),
    ("es", ""),
    ("ed", ""),
    ("ly", ""),
    ("s", ""),
    ("e", ""),
)
SOUNDS = str.maketrans({"y": "i", "j": "i", "w": "v", "z": "s", "q": "k", "c": "k"})
DOUBLED = re.compile(r"(.)\1+")


class Kind(IntEnum):
    """What a word does for a comparison."""

    FUNCTION = 0
    CONTENT = 1
    NUMBER = 2
    SCALE = 3
    NEGATION = 4
    DAY = 5


class Lexeme(msgspec.Struct, frozen=True, gc=False):
    """One form. `word` and `concept` are hashes; words of one meaning share a concept.

    `capital`: it begins with a capital letter. `common`: a name that many unrelated
    reports share. `plain` holds for the plainest of the words of one meaning, is False
    for the others, and None for a word without synonyms. `value` of a number is its
    digits without separators. `denying`: it may begin what denies, or grants.
    """

    folded: str
    word: int
    concept: int
    kind: Kind
    capital: bool
    common: bool
    plain: bool | None
    value: str | None
    denying: bool


class Lexemes(dict[str, Lexeme]):
    """Looks up forms; keeps what it found."""

    def __init__(self, words: StoryWords) -> None:
        super().__init__()
        self.plain: dict[str, Any] = {}  # words by form, for `cut_words`
        self.names: dict[str, Any] = {}
        self.words = words
        self._classes: dict[str, str] = {}
        for form, first in words.synonyms.items():
            self._classes.setdefault(_stem(form, words), first)
        phrases = (*words.denying, *words.granting)
        self._denying = frozenset(phrase.split()[0] for phrase in phrases)
        self.spun = _hashed_phrases(words)
        self.spun_runs = np.array(sorted(self.spun), np.uint64)

    def __missing__(self, form: str) -> Lexeme:
        if len(self) >= FORMS_KEPT:
            self.clear()
            self.plain.clear()
            self.names.clear()
        found = self[form] = self._look_up(form)
        return found

    def _look_up(self, form: str) -> Lexeme:
        words = self.words
        folded = fold(form)
        kind, value = self._kind(folded)
        stem = value or _stem(folded, words)
        listed = words.synonyms.get(folded) or self._classes.get(stem)
        concept = listed or stem
        return Lexeme(
            folded=folded,
            word=hash_of(folded),
            concept=hash_of(f"={concept}"),
            kind=kind,
            capital=form[0].isupper(),
            common=folded in words.common or len(folded) == 1,
            plain=None if listed is None else stem == _stem(listed, words),
            value=value,
            denying=kind is Kind.NEGATION or folded in self._denying,
        )

    def _kind(self, folded: str) -> tuple[Kind, str | None]:
        words = self.words
        if DIGITS.match(folded):
            return Kind.NUMBER, THOUSANDS.sub("", folded)
        if folded in words.number:
            return Kind.NUMBER, words.number[folded]
        if folded in words.scale:
            return Kind.SCALE, words.scale[folded]
        if folded in words.negation:
            return Kind.NEGATION, None
        if folded in words.function:
            return Kind.FUNCTION, None
        if folded in words.day or (folded in words.month and folded != "may"):
            return Kind.DAY, None
        return Kind.CONTENT, None


def fold(form: str) -> str:
    """Return a form without case, accents, possessive and kinds of apostrophe."""
    lowered = form.casefold().replace("’", "'")
    if not lowered.isascii():
        apart = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(c for c in apart if not unicodedata.combining(c)) or lowered
    return lowered[:-2] if lowered.endswith("'s") and len(lowered) > 3 else lowered


def hash_of(text: str) -> int:
    """Return 63 bits that stand for `text` in every process."""
    raw = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(raw.digest(), "big") >> 1


def hash_runs(hashes: U64, length: int) -> U64:
    """Return a hash for each run of `length` words, given those of the words."""
    runs = np.zeros(max(0, len(hashes) - length + 1), np.uint64)
    for at in range(length if len(runs) else 0):
        runs = runs * np.uint64(MIX) + hashes[at : at + len(runs)]
    return runs


def _hashed_phrases(words: StoryWords) -> dict[int, tuple[tuple[int, ...], ...]]:
    """Return the phrases of synonym machines as hashes, by their first two words."""
    found: dict[int, list[tuple[int, ...]]] = {}
    for phrase in words.spun:
        parts = tuple(hash_of(fold(part)) for part in phrase.split())
        (run,) = hash_runs(np.array(parts[:2], np.uint64), 2)
        found.setdefault(int(run), []).append(parts)
    return {run: tuple(phrases) for run, phrases in found.items()}


def _stem(folded: str, words: StoryWords) -> str:
    """Return what the inflected forms of a word, and its spellings, share."""
    base = words.irregular.get(folded, folded)
    for ending, instead in ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= SHORT - 1:
            base = base[: -len(ending)] + instead
            break
    sounds = base.translate(SOUNDS).replace("kh", "h").replace("ph", "f")
    return DOUBLED.sub(r"\1", sounds)
