"""Turn the words of a sentence into what the network takes."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

MAX_PIECES = 510  # word pieces of one pass, without [CLS] and [SEP]
MAX_WORD_PIECES = 8  # pieces kept of one word: addresses run to dozens
CASE_NONE, CASE_LOWER, CASE_UPPER, CASE_TITLE, CASE_MIXED = 0, 1, 2, 3, 4
CASE_DIGIT, CASE_MARK, CASE_INNER = 5, 6, 7
CASE_COUNT = 8


class Pieces(Protocol):
    """Cuts one word into ids of the vocabulary."""

    cls_id: int
    sep_id: int

    def ids(self, word: str) -> tuple[int, ...]:
        """Return the ids of a word's pieces; at least one."""
        ...


class Encoded(msgspec.Struct, frozen=True, gc=False):
    """One sentence as the network takes it.

    `ids` and `cases` run over word pieces with [CLS] in front and [SEP] behind;
    `first` holds the position of [CLS] (the root), then of each word's first
    piece.
    """

    ids: tuple[int, ...]
    cases: tuple[int, ...]
    first: tuple[int, ...]


def case_of(word: str) -> int:
    """Return the class of a word's capitals: the vocabulary knows none."""
    if not any(c.isalpha() for c in word):
        return CASE_DIGIT if any(c.isdigit() for c in word) else CASE_MARK
    if word.islower():
        return CASE_LOWER
    if word.isupper():
        return CASE_UPPER if len(word) > 1 else CASE_TITLE
    if word[0].isupper() and word[1:].islower():
        return CASE_TITLE
    return CASE_MIXED


def encode(words: Sequence[str], pieces: Pieces) -> Encoded:
    """Return the ids, cases and first pieces of `words`."""
    ids = [pieces.cls_id]
    cases = [CASE_NONE]
    first = [0]
    for word in words:
        parts = pieces.ids(word)
        first.append(len(ids))
        ids.extend(parts)
        cases.append(case_of(word))
        cases.extend([CASE_INNER] * (len(parts) - 1))
    ids.append(pieces.sep_id)
    cases.append(CASE_NONE)
    return Encoded(tuple(ids), tuple(cases), tuple(first))


def windows(words: Sequence[str], pieces: Pieces) -> list[tuple[int, int]]:
    """Return the (start, end) word ranges of which each fits in one pass."""
    out: list[tuple[int, int]] = []
    begin = used = 0
    for at, word in enumerate(words):
        size = len(pieces.ids(word))
        if used + size > MAX_PIECES:
            out.append((begin, at))
            begin, used = at, 0
        used += size
    out.append((begin, len(words)))
    return out
