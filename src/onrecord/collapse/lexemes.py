"""What comparing needs to know of a word, looked up once for each form."""

import hashlib
import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

from onrecord.collapse.knowledge import StoryWords

FORMS_KEPT = 200_000  # a million reports have far more; then it is emptied
ROWS_AT_FIRST = 4_096
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
# What a word weighs among those of its sentence, and for the report as an anchor: a
# name that other reports have too, a small number, or a word that a rewriter may
# exchange says less.
NAME, COMMON_NAME, CONTENT, NUMBER, SMALL_NUMBER, DAY = 1.5, 0.7, 1.0, 1.5, 0.7, 0.4
ANCHOR, SMALL_ANCHOR, COMMON_ANCHOR = 1.0, 0.5, 0.25
SURROGATES = range(0xD800, 0xE000)
COLUMNS = np.dtype(
    [
        ("word", "u8"),
        ("concept", "u8"),
        ("letter", "u4"),  # stands for the word; the same for words that fold alike
        ("thing", "u4"),  # stands for the concept
        ("weight", "f8"),
        ("name_weight", "f8"),  # 0 where it can be no name
        ("name_anchor", "f8"),
        ("number", "u4"),  # stands for the value, as a word has it alone; 0 for none
        ("number_weight", "f8"),
        ("number_anchor", "f8"),
        ("rarity", "u8"),  # of a name or number, among the keys; 0 for others
        ("kind", "u1"),
        ("numeric", "?"),
        ("plain", "i1"),  # -1 where it has no synonyms
        ("stops", "?"),  # a full stop behind it may end no sentence
        ("joins", "?"),  # numbers: "one hundred and five"
    ]
)


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
    digits without separators. `denying`: it may begin what denies, or grants. `place`
    is where `Lexemes.listed` has it.
    """

    place: int
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
    """Looks up forms; keeps what it found.

    `rows` has a row for each form, by its place in `listed`, for many words at once.
    """

    def __init__(self, words: StoryWords) -> None:
        super().__init__()
        self.words = words
        self.listed: list[Lexeme] = []
        self.rows = np.zeros(ROWS_AT_FIRST, COLUMNS)
        self.kept: dict[str, Any] = {}  # by who looks forms up; gone when they go
        self._codes: dict[int, int] = {}
        self._letters: dict[int, int] = {}
        self._classes: dict[str, str] = {}
        for form, first in words.synonyms.items():
            self._classes.setdefault(_stem(form, words), first)
        phrases = (*words.denying, *words.granting)
        self._denying = frozenset(phrase.split()[0] for phrase in phrases)
        self.spun = _hashed_phrases(words)
        self.spun_runs = np.array(sorted(self.spun), np.uint64)

    def __missing__(self, form: str) -> Lexeme:
        found = self[form] = self._look_up(form)
        self._add_row(found)
        return found

    def make_room(self) -> None:
        """Forget all forms where they are many; no place found before holds then."""
        if max(len(self), *map(len, self.kept.values()), 0) < FORMS_KEPT:
            return
        self.clear()
        self.kept.clear()
        self.listed.clear()
        self._codes.clear()
        self._letters.clear()

    def code_of(self, hashed: int) -> int:
        """Return a small number, not 0, that stands for a hash until forms go."""
        return self._codes.setdefault(hashed, len(self._codes) + 1)

    def _add_row(self, lexeme: Lexeme) -> None:
        at = lexeme.place
        self.listed.append(lexeme)
        if at >= len(self.rows):
            self.rows = np.concatenate((self.rows, np.zeros_like(self.rows)))
        content, folded = lexeme.kind is Kind.CONTENT, lexeme.folded
        letter = self._letters.setdefault(lexeme.word, len(self._letters) + 1)
        named = lexeme.capital and content
        common = lexeme.common or folded in self.words.synonyms
        # A scale alone ("million") has no value.
        value = None if lexeme.kind is Kind.SCALE else lexeme.value
        small = value is not None and len(value) < 2
        rarity = 0
        if lexeme.kind is Kind.NUMBER:
            rarity = 1 if small else 4
        elif named:
            rarity = 1 if lexeme.common else 8
        self.rows[at] = (
            lexeme.word,
            lexeme.concept,
            letter + len(SURROGATES) * (letter >= SURROGATES.start),
            self.code_of(lexeme.concept),
            CONTENT if content else DAY if lexeme.kind is Kind.DAY else 0.0,
            (COMMON_NAME if lexeme.common else NAME) if named else 0.0,
            COMMON_ANCHOR if common else ANCHOR,
            0 if value is None else self.code_of(hash_number(value)),
            SMALL_NUMBER if small else NUMBER,
            SMALL_ANCHOR if small else ANCHOR,
            rarity,
            lexeme.kind,
            lexeme.value is not None,
            -1 if lexeme.plain is None else lexeme.plain,
            (len(folded) == 1 and lexeme.capital) or folded in self.words.stop,
            folded == "and",
        )

    def _look_up(self, form: str) -> Lexeme:
        words = self.words
        folded = fold(form)
        kind, value = self._kind(folded)
        stem = value or _stem(folded, words)
        listed = words.synonyms.get(folded) or self._classes.get(stem)
        concept = listed or stem
        return Lexeme(
            place=len(self.listed),
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


@lru_cache(10_000)
def hash_number(value: str) -> int:
    """Return the hash of a number, the same for words and digits."""
    return hash_of(f"#{value}")


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
