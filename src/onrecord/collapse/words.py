"""A report cut into words and sentences, fast and without a reader."""

import re
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

import msgspec
import numpy as np

from onrecord.collapse.lexemes import (
    COMMON_NAME,
    CONTENT,
    DAY,
    NAME,
    NUMBER,
    SMALL_NUMBER,
    Kind,
    Lexeme,
    Lexemes,
    hash_number,
)

Ints = np.ndarray[Any, np.dtype[Any]]
Body = tuple[str, int]  # a text, and where its body starts

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
LONG = 64  # code points; a longer piece of text is not kept
END, STOP, OPEN, MARK = -1, -2, -3, -4  # where a word would stand
PARAGRAPH = re.compile(r"\n\s*\n")
BEGINNING = re.compile(r"[\"“‘'(\[]?[^\Wa-zß-öø-ÿ_]")

Piece = tuple[tuple[int, ...], tuple[int, ...], bool]
BREAKS: tuple[Piece, Piece] = (((END,), (END,), False), ((END,), (END,), True))


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


class Scan(msgspec.Struct, frozen=True, gc=False):
    """The words of many reports, one after the other, as numbers.

    `places` are those of the words in `Lexemes.listed`, until it makes room. Report
    `n` has the words from `offsets[n]` to `offsets[n + 1]`; `begins` are the first
    words of all sentences; `quotations` have their report and a range of words.
    """

    places: Ints
    offsets: Ints
    begins: Ints
    quotations: list[tuple[int, int, int]]


def scan_all(bodies: Iterable[Body], lexemes: Lexemes) -> Scan:
    """Return the words of texts, each from where its body starts.

    The same words as `cut_words` finds, far faster: what stands between two spaces is
    looked up as a whole.
    """
    lexemes.make_room()
    items: list[int] = []
    ends = [0]
    for text, start in bodies:
        pieces = _pieces(text[start:] if start else text, lexemes)
        if len(pieces) > WORDS_KEPT:
            pieces = _beginning(pieces)
        for (inside, last, _), (_, _, begins) in zip(
            pieces, (*pieces[1:], BREAKS[True]), strict=True
        ):
            items += last if begins else inside
        ends.append(len(items))
    row = np.array(items, np.int32)
    is_word = row >= 0
    before = np.concatenate(([0], np.cumsum(is_word)))  # words before each item
    places, offsets = row[is_word], before[ends]
    quotations = []
    opened, report = -1, -1
    marks = np.flatnonzero(row <= OPEN)
    reports = np.searchsorted(ends, marks, side="right") - 1
    for item, at, of in zip(
        row[marks].tolist(), before[marks].tolist(), reports.tolist(), strict=True
    ):
        if of != report:
            report, opened = of, -1
        if opened >= 0 and item != OPEN:
            if at > opened:
                quotations.append((of, opened, at))
            opened = -1
        else:
            opened = at
    return Scan(places, offsets, _begins(row, before, offsets, lexemes), quotations)


def _begins(row: Ints, before: Ints, offsets: Ints, lexemes: Lexemes) -> Ints:
    """Return the first words of sentences, given words, ends and marks in order."""
    ends = np.flatnonzero((row == END) | (row == STOP))
    at = before[ends]
    some = at > 0
    ends, at = ends[some], at[some]
    last = row[row >= 0][at - 1]
    ends_none = (row[ends] == STOP) & lexemes.rows["stops"][last]
    full = offsets[:-1][np.diff(offsets) > 0]
    begins: Ints = np.unique(np.concatenate((full, at[~ends_none])))
    inside: Ints = begins[begins < offsets[-1]]
    return inside


def _pieces(body: str, lexemes: Lexemes) -> list[Piece]:
    """Return what stands between spaces, and the breaks between paragraphs."""
    look_up = lexemes.memo.get
    found: list[Piece] = []
    for paragraph in PARAGRAPH.split(body) if "\n" in body else (body,):
        chunks = paragraph.split()
        if not chunks:
            continue
        pieces = [look_up(chunk) or _look_at(chunk, lexemes) for chunk in chunks]
        if found:
            found.append(BREAKS[pieces[0][2]])
        found += pieces
    return found


def _look_at(chunk: str, lexemes: Lexemes) -> Piece:
    """Return its words, ends and marks; those where a sentence begins behind it."""
    inside = [_item(token, lexemes) for token in TOKEN.findall(f"{chunk} a")]
    last = [_item(token, lexemes) for token in TOKEN.findall(f"{chunk} A")]
    begins = BEGINNING.match(chunk) is not None
    piece = tuple(inside[:-1]), tuple(last[:-1]), begins
    if len(chunk) <= LONG:
        lexemes.memo[chunk] = piece
    return piece


def _item(token: str, lexemes: Lexemes) -> int:
    if token[0].isalnum():
        return lexemes[token].place
    if token in MARKS:
        return OPEN if token in OPENING else MARK
    return STOP if token == "." else END


def _beginning(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with the first words, as many as are kept."""
    kept: list[Piece] = []
    count = 0
    for inside, last, begins in pieces:
        count += sum(item >= 0 for item in inside)
        if count > WORDS_KEPT:
            break
        kept.append((inside, last, begins))
    return kept


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
    lexemes.make_room()
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
                word = word_of(lexeme, lexemes, name=name)
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


def word_of(lexeme: Lexeme, lexemes: Lexemes, *, name: bool) -> Word:
    """Return a word without position and value, made once for each form."""
    key = (lexeme.place, name)
    found: Word | None = lexemes.memo.get(key)
    if found is None:
        found = make_word(0, 0, lexeme, name=name, value=None)
        lexemes.memo[key] = found
    return found


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
            return alone(lexeme)
    before = words[at].value if at >= 0 else None
    joined = before and join_number(before, words[at].lexeme, lexeme)
    if not joined:
        return alone(lexeme)
    last = words[at]
    words[at] = make_word(last.start, last.end, last.lexeme, value=None)
    return joined


def alone(lexeme: Lexeme) -> str | None:
    """Return the value of a number word without those before it."""
    return None if lexeme.kind is Kind.SCALE else lexeme.value


def join_number(value: str, before: Lexeme, lexeme: Lexeme) -> str | None:
    """Return what a word of some value and the one after it make, if one number."""
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
