"""The synonym machine: word for word, blind to what the words mean together."""

import re
from random import Random

import msgspec

from bench.rewriting.draft import Draft, Piece, Sentence, put
from bench.rewriting.substitutions import Table
from bench.rewriting.words import match_case

_TOKEN = re.compile(r"\w+(?:-\w+)*|\s+|[^\w\s]")
_LONGEST = 4  # words of a phrase
_OPEN, _CLOSE, _EITHER = "“", "”", '"'


class Spin(msgspec.Struct, frozen=True, kw_only=True):
    """How a machine spins: the share of known words replaced, and what it spares."""

    rate: float = 0.9
    names: bool = False
    quotations: bool = False


def spin(draft: Draft, table: Table, rng: Random, how: Spin) -> Draft:
    """Return `draft` with known words replaced; changed pieces are left alone."""
    paragraphs = []
    for paragraph in draft.paragraphs:
        quoted = False
        sentences = []
        for sentence in paragraph:
            spun, quoted = _spin_sentence(sentence, quoted, table, rng, how)
            sentences.append(spun)
        paragraphs.append(sentences)
    return put(draft, paragraphs)


def _spin_sentence(
    sentence: Sentence, quoted: bool, table: Table, rng: Random, how: Spin
) -> tuple[Sentence, bool]:
    made: list[Piece] = []
    for number, piece in enumerate(sentence):
        if piece.changed:
            made.append(piece)
            continue
        tokens = _TOKEN.findall(piece.text)
        at = 0
        while at < len(tokens):
            quoted = _is_quoted(tokens[at], quoted)
            first = number == 0 and not any(t.isalnum() for t in tokens[:at])
            size, new = 0, ""
            if how.quotations or not quoted:
                size, new = _substitute(
                    tokens, at, table, rng, names=how.names or first
                )
            if size and rng.random() < how.rate:
                made.append(Piece(new, changed=True))
            else:
                size = max(size, 1)
                made.append(Piece("".join(tokens[at : at + size])))
            at += size
    return _join(made), quoted


def _is_quoted(token: str, quoted: bool) -> bool:
    if token == _EITHER:
        return not quoted
    return (quoted or token == _OPEN) and token != _CLOSE


def _substitute(
    tokens: list[str], at: int, table: Table, rng: Random, *, names: bool
) -> tuple[int, str]:
    """Return how many tokens the longest known phrase takes, and its substitute."""
    if tokens[at][:1].isupper() and not names:
        return 0, ""
    for words in range(_LONGEST, 0, -1):
        size = 2 * words - 1
        phrase = "".join(tokens[at : at + size])
        if phrase.lower() in table and len(tokens) >= at + size:
            return size, match_case(rng.choice(table[phrase.lower()]), phrase)
    return 0, ""


def _join(pieces: list[Piece]) -> Sentence:
    """Return the pieces with neighbours of one kind made one."""
    made: list[Piece] = []
    for piece in pieces:
        if made and not piece.changed and not made[-1].changed:
            made[-1] = Piece(made[-1].text + piece.text)
        else:
            made.append(piece)
    return tuple(made)
