"""A report cut into words and sentences, fast and without a reader."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import repeat

import msgspec

from onrecord.collapse.lexemes import Kind, Lexeme, Lexemes, hash_of

# Scripts without spaces give one word a sign.
_SIGN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W\d_{_SIGN}]"
# What is frequent comes first, and the spaces after it are passed over with it.
TOKEN = re.compile(
    rf"([A-Za-z]+{_LETTER}*(?:['’]{_LETTER}+)*|\d+(?:[.,]\d+)*"  # a word, a number
    r"|[.!?…]+[\"'”’)\]]*(?=\s+[\"“‘'(\[]?[^\Wa-zß-öø-ÿ_]|\s*\Z)"  # an end
    r"|[\"“”«»„]|\n[^\S\n]*\n"
    rf"|[{_SIGN}]|{_LETTER}+(?:['’]{_LETTER}+)*|[。！？؟۔]) *"
)
TENS = frozenset(range(20, 100, 10))
OPENING, MARKS = "“«„", frozenset('"“”«»„')
WORDS_KEPT = 20_000  # of a longer report the beginning is compared
WORDS_A_SENTENCE = 200
# A name that other reports have too, or a small number, tells less.
NAME, COMMON_NAME, CONTENT, NUMBER, SMALL_NUMBER, DAY = 1.5, 0.7, 1.0, 1.5, 0.7, 0.4


class Word(msgspec.Struct, frozen=True, gc=False):
    """One word: its place in the text, and what is known of its form.

    `name` holds for a capitalised word that does not owe the capital to its place;
    `value` is a number with its scale ("2 million" is 2000000). `thing` is the hash of
    what it tells, whatever its form, `weight` how much that is.
    """

    start: int
    end: int
    lexeme: Lexeme
    name: bool
    value: str | None
    thing: int
    weight: float


def make_word(
    start: int, end: int, lexeme: Lexeme, *, name: bool = False, value: str | None
) -> Word:
    """Return a word with what it tells."""
    thing, weight = lexeme.concept, 0.0
    if value is not None:
        thing, weight = hash_number(value), SMALL_NUMBER if len(value) < 2 else NUMBER
    elif name:
        weight = COMMON_NAME if lexeme.common else NAME
    elif lexeme.kind is Kind.CONTENT:
        weight = CONTENT
    elif lexeme.kind is Kind.DAY:
        weight = DAY
    return Word(start, end, lexeme, name, value, thing, weight)


@lru_cache(10_000)
def hash_number(value: str) -> int:
    """Return the hash of a number, the same for words and digits."""
    return hash_of(f"#{value}")


class Scan(msgspec.Struct, frozen=True, gc=False):
    """The forms of a report in order, where its sentences begin, and its quotations.

    Less than a `Cut`, and five times as fast.
    """

    lexemes: list[Lexeme]
    begins: list[int]
    quotations: list[tuple[int, int]]


def scan_words(text: str, lexemes: Lexemes, *, start: int = 0) -> Scan:
    """Return the forms of `text` from `start` on."""
    found: list[Lexeme] = []
    begins = [0]
    quotations: list[tuple[int, int]] = []
    opened = -1
    for token in TOKEN.findall(text, start):
        if token[0].isalnum():
            found.append(lexemes[token])
        elif token in MARKS:
            if opened >= 0 and token not in OPENING:
                quotations.append((opened, len(found)))
                opened = -1
            else:
                opened = len(found)
        elif len(found) > begins[-1] and not _abbreviates(token, found[-1], lexemes):
            begins.append(len(found))
    del found[WORDS_KEPT:]
    begins = [at for at in begins if at < len(found)]
    return Scan(found, begins, [(a, b) for a, b in quotations if a < b <= len(found)])


class Cut(msgspec.Struct, frozen=True, gc=False):
    """The words of a report in order, where its sentences begin, and its quotations."""

    words: tuple[Word, ...]
    begins: tuple[int, ...]
    quotations: tuple[tuple[int, int], ...]  # ranges of words


def cut_words(
    text: str, lexemes: Lexemes, *, start: int = 0, placed: bool = True
) -> Cut:
    """Return the words of `text` from `start` on, positions in `text`.

    Not `placed`, they have no positions, in half the time.
    """
    words: list[Word] = []
    begins: list[int] = []
    quotations: list[tuple[int, int]] = []
    first = True
    opened = -1
    for token, begin, end in _tokens(text, start, placed=placed):
        if token[0].isalnum():
            if len(words) >= WORDS_KEPT:
                break
            if first or len(words) - begins[-1] >= WORDS_A_SENTENCE:
                first = True
                begins.append(len(words))
            lexeme = lexemes[token]
            name = lexeme.capital and not first and lexeme.kind is Kind.CONTENT
            value = lexeme.value
            if value is not None:
                value = _join_number(words, lexeme)
            if placed or value is not None:
                word = make_word(begin, end, lexeme, name=name, value=value)
            else:
                kept = lexemes.names if name else lexemes.plain
                found = kept.get(token)
                word = found or kept.setdefault(
                    token, make_word(0, 0, lexeme, name=name, value=None)
                )
            words.append(word)
            first = False
        elif token in MARKS:
            if opened >= 0 and token not in OPENING:
                if len(words) > opened:
                    quotations.append((opened, len(words)))
                opened = -1
            else:
                opened = len(words)
        elif not first and not _abbreviates(token, words[-1].lexeme, lexemes):
            first = True
    return Cut(tuple(words), tuple(begins), tuple(quotations))


def _tokens(text: str, start: int, *, placed: bool) -> Iterable[tuple[str, int, int]]:
    if placed:
        return ((m[1], m.start(1), m.end(1)) for m in TOKEN.finditer(text, start))
    return zip(TOKEN.findall(text, start), repeat(0), repeat(0))


def _abbreviates(end: str, last: Lexeme, lexemes: Lexemes) -> bool:
    """Tell whether a full stop belongs to an abbreviation or an initial."""
    return end == "." and (
        (len(last.folded) == 1 and last.capital) or last.folded in lexemes.words.stop
    )


def _join_number(words: list[Word], lexeme: Lexeme) -> str | None:
    """Return the value of a number word with the words before it, which lose theirs.

    "2 million", "seventy-one" and "one hundred and five" are one number, that of their
    last word.
    """
    at = len(words) - 1
    if at > 0 and words[at].lexeme.folded == "and":
        at -= 1
        if words[at].lexeme.kind is not Kind.SCALE:
            return _alone(lexeme)
    before = words[at].value if at >= 0 else None
    joined = before and _sum_or_product(before, words[at].lexeme, lexeme)
    if not joined:
        return _alone(lexeme)
    last = words[at]
    words[at] = make_word(last.start, last.end, last.lexeme, value=None)
    return joined


def _alone(lexeme: Lexeme) -> str | None:
    return None if lexeme.kind is Kind.SCALE else lexeme.value


def _sum_or_product(value: str, before: Lexeme, lexeme: Lexeme) -> str | None:
    try:
        first, second = float(value), float(lexeme.value or "")
    except ValueError:
        return None
    if lexeme.kind is Kind.SCALE:
        return f"{first * second:.12g}"
    spelt = before.folded.isalpha() and lexeme.folded.isalpha()
    if spelt and before.kind is Kind.SCALE and second < float(before.value or ""):
        return f"{first + second:.12g}"
    if spelt and first % 100 in TENS and 0 < second < 10:
        return f"{first + second:.12g}"
    return None
