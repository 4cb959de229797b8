"""A report cut into words and sentences, fast and without a reader."""

import re
from array import array
from collections.abc import Iterable
from itertools import repeat

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
from onrecord.collapse.ragged import Ints, ranges, starts_of

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
PIECES, WORDS = "pieces", "words"  # what is kept with the lexemes
OPENING, MARKS = "“«„", frozenset('"“”«»„')
WORDS_KEPT = 20_000  # of a longer report the beginning is compared
WORDS_A_SENTENCE = 200
END, STOP, OPEN, MARK = -1, -2, -3, -4  # where a word would stand
PARAGRAPH = re.compile(r"\n\s*\n")
BEGINNING = re.compile(r"[\"“‘'(\[]?[^\Wa-zß-öø-ÿ_]")


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


class Pieces(dict[str, int]):
    """What stands between two spaces, by number; keeps what it looked at.

    A piece is words, ends of sentences and quotation marks. Where no sentence begins
    behind it they are `parts` from `starts[0]` on, as many as `sizes[0]`, else those of
    `starts[1]` and `sizes[1]`. `begins`: a sentence may begin with it.
    """

    def __init__(self, lexemes: Lexemes) -> None:
        super().__init__()
        self._lexemes = lexemes
        self.parts = array("i")
        self.starts = (array("q"), array("q"))
        self.sizes = (array("q"), array("q"))
        self.begins = bytearray()

    def __missing__(self, piece: str) -> int:
        number = self[piece] = len(self)
        inside = [self._item(token) for token in TOKEN.findall(f"{piece} a")[:-1]]
        last = [self._item(token) for token in TOKEN.findall(f"{piece} A")[:-1]]
        for at, found in enumerate((inside, last)):
            if not at or last != inside:
                start = len(self.parts)
                self.parts.extend(found)
            self.starts[at].append(start)
            self.sizes[at].append(len(found))
        self.begins.append(BEGINNING.match(piece) is not None)
        return number

    def _item(self, token: str) -> int:
        if token[0].isalnum():
            return self._lexemes[token].place
        if token in MARKS:
            return OPEN if token in OPENING else MARK
        return STOP if token == "." else END


def scan_all(bodies: Iterable[Body], lexemes: Lexemes) -> Scan:
    """Return the words of texts, each from where its body starts.

    The same words as `cut_words` finds, far faster: what stands between two spaces is
    looked up as a whole.
    """
    lexemes.make_room()
    pieces: Pieces = lexemes.kept.get(PIECES) or Pieces(lexemes)
    lexemes.kept[PIECES] = pieces
    found: list[int] = []
    ends, breaks = [0], []
    for text, start in bodies:
        for paragraph in (
            PARAGRAPH.split(text[start:]) if "\n" in text else (text[start:],)
        ):
            breaks.append(len(found))
            found += map(pieces.__getitem__, paragraph.split())
        ends.append(len(found))
    numbers = np.array(found, np.int64)
    begins = np.ones(len(found), np.uint8)
    begins[:-1] = np.frombuffer(pieces.begins, np.uint8)[numbers[1:]]
    begins[np.array([end - 1 for end in ends if end], np.int64)] = 1
    starts, sizes = (
        np.stack([np.frombuffer(one, np.int64) for one in both])[begins, numbers]
        for both in (pieces.starts, pieces.sizes)
    )
    row = np.frombuffer(pieces.parts, np.int32)[ranges(starts, sizes)]
    before = starts_of(sizes)
    return _scan(row, before[ends], before[breaks], lexemes)


def _scan(row: Ints, ends: Ints, breaks: Ints, lexemes: Lexemes) -> Scan:
    """Return the words in a row of words, ends and marks.

    `ends` are the places where a text ends and another begins, `breaks` those where a
    paragraph begins.
    """
    before = starts_of(row >= 0)  # words before each item
    firsts = before[ends]
    if len(row) and np.diff(firsts).max() > WORDS_KEPT:
        own = before[:-1] - np.repeat(firsts[:-1], np.diff(ends))
        kept = own < WORDS_KEPT + (row < 0)
        moved = starts_of(kept)
        return _scan(row[kept], moved[ends], moved[breaks], lexemes)
    places = row[row >= 0]
    begins = before[breaks], firsts[:-1], before[_sentence_ends(row, lexemes)]
    inside = np.unique(np.concatenate(begins))
    return Scan(
        places=places,
        offsets=firsts,
        begins=inside[inside < len(places)],
        quotations=_quotations(row, before, ends),
    )


def _sentence_ends(row: Ints, lexemes: Lexemes) -> Ints:
    """Return the places of ends, but for full stops that belong to an abbreviation."""
    ends = np.flatnonzero((row == END) | (row == STOP))
    words = np.flatnonzero(row >= 0)
    last = np.searchsorted(words, ends) - 1
    ends, last = ends[last >= 0], last[last >= 0]
    stops = lexemes.rows["stops"][row[words[last]]]
    found: Ints = ends[(row[ends] == END) | ~stops]
    return found


def _quotations(row: Ints, before: Ints, ends: Ints) -> list[tuple[int, int, int]]:
    quotations = []
    opened, text = -1, -1
    marks = np.flatnonzero(row <= OPEN)
    texts = np.searchsorted(ends, marks, side="right") - 1
    for item, at, of in zip(
        row[marks].tolist(), before[marks].tolist(), texts.tolist(), strict=True
    ):
        if of != text:
            text, opened = of, -1
        if opened >= 0 and item != OPEN:
            if at > opened:
                quotations.append((of, opened, at))
            opened = -1
        else:
            opened = at
    return quotations


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
            if placed or lexeme.value is not None:
                word = make_word(begin, end, lexeme, name=name, value=value)
            else:
                word = words_by_code(lexemes)[lexeme.place * 2 + name]
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


class Words(dict[int, Word]):
    """Words without position, by twice their place among the lexemes, and 1 for a name.

    Numbers have the value of their word alone.
    """

    def __init__(self, lexemes: Lexemes) -> None:
        super().__init__()
        self._listed = lexemes.listed

    def __missing__(self, code: int) -> Word:
        lexeme, name = self._listed[code >> 1], bool(code & 1)
        value = None if name else alone(lexeme)
        found = self[code] = make_word(0, 0, lexeme, name=name, value=value)
        return found


def words_by_code(lexemes: Lexemes) -> Words:
    """Return the words that were made for forms, and will be."""
    words: Words | None = lexemes.kept.get(WORDS)
    if words is None:
        words = lexemes.kept[WORDS] = Words(lexemes)
    return words


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
