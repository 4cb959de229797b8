"""Find the noun that a number counts."""

import msgspec

from onrecord.lexicon.numbers import NumberWords
from onrecord.lexicon.timewords import TimeWords
from onrecord.model.annotation import Token
from onrecord.understand.words import Word, Words, low_at

MAX_NOUN = 6  # pieces from the number to its noun, as in "two US senior aid officials"
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})
STATE = "STATE"  # the value of "dead", "missing" in the table of plurals
_HYPHENS = frozenset({"-", "‐", "‑"})


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence as the reader of numbers sees it; `taken` are pieces of times."""

    words: Words
    tokens: tuple[Token, ...]
    numbers: NumberWords
    times: TimeWords
    taken: frozenset[int]

    def low(self, at: int) -> str:
        """Return the lower-case form of piece `at`, "" outside and in times."""
        return "" if at in self.taken else low_at(self.words, at)


def find_counted(
    row: Row, number: int, end: int, *, single: bool
) -> tuple[int, str] | None:
    """Return the end and lower-cased head of what pieces `number` to `end` count.

    The tree decides where there is one; else the next run of words that ends in a
    plural, or for a `single` thing or a part of one the next noun-like word.
    """
    if row.tokens[row.words[number].token].upos == "X":
        return _by_words(row, end, single=single)
    return _by_tree(row, number, end) or _hyphened(row, end)


def _by_tree(row: Row, number: int, end: int) -> tuple[int, str] | None:
    """Return the noun that the number's token attaches to or that attaches to it."""
    tokens = row.tokens
    for at in range(end - 1, number - 1, -1):
        index = row.words[at].token
        token = tokens[index]
        if token.deprel.startswith("nummod") and 0 < token.head <= len(tokens):
            found = _noun_end(row, end, token.head - 1)
            if found is not None:
                return found
        for other in range(index + 1, min(len(tokens), index + 1 + 2 * MAX_NOUN)):
            if tokens[other].head == index + 1 and tokens[other].deprel == "nmod":
                return _noun_end(row, end, other)
    return None


def _noun_end(row: Row, end: int, token: int) -> tuple[int, str] | None:
    """Return the piece behind token number `token` if it is a noun behind `end`."""
    if row.tokens[token].upos not in _NOUNS:
        return None
    for at in range(end, min(len(row.words), end + 2 * MAX_NOUN)):
        if row.words[at].token == token and row.low(at):
            return _last_piece(row, at), row.tokens[token].text.lower()
        if not row.low(at) or row.low(at) in (";", ":", ","):
            return None
    return None


def _last_piece(row: Row, at: int) -> int:
    token = row.words[at].token
    while at < len(row.words) and row.words[at].token == token:
        at += 1
    return at


def _by_words(row: Row, end: int, *, single: bool) -> tuple[int, str] | None:
    words, numbers = row.words, row.numbers
    if row.low(end) in _HYPHENS and words[end].glued:
        return _hyphened(row, end)
    at = end
    if row.low(at) in numbers.of:
        at += 1
    while row.low(at) in numbers.skip:
        at += 1
    best: tuple[int, str] | None = None
    for place in range(at, min(len(words), at + MAX_NOUN)):
        word = words[place]
        if not _continues(row, place):
            break
        if _is_plural(word, numbers) and (place == at or not _is_state(word, numbers)):
            best = place + 1, word.low
        elif best is not None and not _joins(row, place):
            break
        if single and best is None and place == at and not word.low.endswith("ly"):
            best = place + 1, word.low
    return best


def _hyphened(row: Row, end: int) -> tuple[int, str] | None:
    """Return the noun glued on by a hyphen: "a 55-member union"."""
    if row.low(end) not in _HYPHENS or end + 1 >= len(row.words):
        return None
    if not (row.words[end].glued and row.words[end + 1].glued):
        return None
    noun = row.low(end + 1)
    if not noun.isalpha() or noun.endswith("ed") or noun in row.numbers.phrase_edge:
        return None
    return (end + 2, noun) if noun not in row.times.unit else None


def _continues(row: Row, at: int) -> bool:
    """Tell whether the noun phrase can go on at `at`."""
    low = row.low(at)
    if not low or low in row.numbers.phrase_edge:
        return False
    return low.isalpha() or low in _HYPHENS


def _joins(row: Row, at: int) -> bool:
    """Tell whether a plural at `at - 1` may be but a modifier of what follows."""
    return row.low(at) in _HYPHENS


def _is_state(word: Word, numbers: NumberWords) -> bool:
    """Tell whether a word counts people by what became of them: "24 dead"."""
    return numbers.plural.get(word.low) == STATE


def _is_plural(word: Word, numbers: NumberWords) -> bool:
    low = word.low
    if low in numbers.plural:
        return True
    return len(low) > 3 and low.endswith("s") and low not in numbers.not_plural
