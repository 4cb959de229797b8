"""What is kept of a report to find its copies, from its text alone.

Keys are what a copy of the report has too: bands of the MinHash of its shingles, which
verbatim copies share; its quotations; and pairs of names and numbers of one sentence,
which stay when the words between them are exchanged. Which pairs are kept depends on
their hashes alone, the same for every report, so a part keeps pairs of the whole. No
count over the reports is used: what is common is told by a fixed list, and so any order
and any batching of the reports gives the same keys.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import msgspec
import numpy as np
from rensa import RMinHash

from onrecord.collapse.exact import story_id_of
from onrecord.collapse.lexemes import Lexemes, hash_of
from onrecord.collapse.words import Cut, Word, cut_words
from onrecord.model.document import Document

FINGERPRINT_VERSION = 1_000 * RMinHash.ALGORITHM_VERSION + 2
SHINGLE = 4  # words
BANDS, ROWS = 8, 3
SEED = 42
PAIRS_KEPT = 24
QUOTATIONS_KEPT = 8
SHORTEST_QUOTATION = 5  # words
ANCHORS_A_SENTENCE = 12
SHORTEST = 12  # words; below only the same words make a copy
SPUN_PER_WORDS = 200  # one phrase of a synonym machine in so many words
MOST_PLAIN = 63
HEAD, FOOT = 120, 300  # code points where a credit line stands
MASK = (1 << 64) - 1
MIX = 0x9E3779B97F4A7C15
BAND, QUOTATION, PAIR = 1, 2, 0  # the two low bits of a key

U64 = np.ndarray[Any, np.dtype[np.uint64]]


class Fingerprint(msgspec.Struct, frozen=True, kw_only=True):
    """What decides where a report belongs.

    `credit` is 0 where the report begins with the credit line of a news agency, 2
    where it says it is somebody else's, else 1. `spun`: it has phrases that synonym
    machines write. `plain` tells, of 63, how many of the words that have synonyms are
    the plain ones: reworded copies have fewer. `keys` are unsigned numbers of 63 bits, sorted.
    """

    doc_id: str
    exact_id: str
    date: dt.date | None
    spun: bool
    credit: int
    words: int
    plain: int
    keys: tuple[int, ...]


def fingerprint(document: Document, lexemes: Lexemes) -> Fingerprint:
    """Return the fingerprint of a report."""
    cut = cut_words(document.text, lexemes, start=document.body_start)
    body = document.text[document.body_start :].casefold()
    return Fingerprint(
        doc_id=document.doc_id,
        exact_id=story_id_of(document),
        date=document.date,
        spun=_is_spun(body, lexemes, len(cut.words)),
        credit=_credit(body, lexemes),
        words=len(cut.words),
        plain=_plainness(cut.words),
        keys=_keys(cut),
    )


def _keys(cut: Cut) -> tuple[int, ...]:
    if len(cut.words) < SHORTEST:
        return ()
    return tuple(
        sorted({*_band_keys(cut.words), *_quotation_keys(cut), *_pair_keys(cut.words)})
    )


def _band_keys(words: Sequence[Word]) -> Iterator[int]:
    hashes = np.fromiter((w.lexeme.word for w in words), np.uint64, len(words))
    shingles = np.zeros(len(words) - SHINGLE + 1, np.uint64)
    for at in range(SHINGLE):
        shingles = shingles * np.uint64(MIX) + hashes[at : at + len(shingles)]
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        shingles, [0, len(shingles)], BANDS * ROWS, SEED
    )
    (row,) = matrix.to_rows()
    for band in range(BANDS):
        key = band
        for value in row[band * ROWS : (band + 1) * ROWS]:
            key = _mix(key + value)
        yield _tag(key, BAND)


def _quotation_keys(cut: Cut) -> list[int]:
    """Return the keys of quoted sentences, the same of each report that has many."""
    keys = set()
    for first, last in cut.quotations:
        key = count = 0
        sentence = cut.words[first].sentence
        for word in (*cut.words[first:last], None):
            if word is None or word.sentence != sentence:
                if count >= SHORTEST_QUOTATION:
                    keys.add(_tag(_mix(key), QUOTATION))
                key = count = 0
            if word is not None:
                sentence = word.sentence
                key, count = _mix(key + word.lexeme.word), count + 1
    return sorted(keys)[:QUOTATIONS_KEPT]


def _pair_keys(words: Sequence[Word]) -> list[int]:
    """Return the keys of pairs of anchors; rare ones are likelier to be kept."""
    pairs: dict[int, int] = {}
    for anchors in _anchors(words):
        for (one, run, weight), (other, other_run, other_weight) in combinations(
            anchors, 2
        ):
            if run != other_run or not run:
                key = _mix(one + other)
                pairs[_tag(key, PAIR)] = key // (weight * other_weight)
    return sorted(pairs, key=lambda k: (pairs[k], k))[:PAIRS_KEPT]


def _anchors(words: Sequence[Word]) -> Iterator[list[tuple[int, int, int]]]:
    """Yield for each sentence its names and numbers: hash, run of names, weight."""
    sentence, found = 0, dict[int, tuple[int, int, int]]()
    for word in words:
        if word.sentence != sentence:
            if len(found) > 1:
                yield list(found.values())[:ANCHORS_A_SENTENCE]
            sentence, found = word.sentence, {}
        lexeme = word.lexeme
        if word.name:
            weight = 1 if lexeme.common else 8
            found.setdefault(lexeme.concept, (lexeme.concept, word.run, weight))
        elif word.value is not None:
            key = hash_of(word.value)
            found.setdefault(key, (key, 0, 1 if len(word.value) < 2 else 4))
    if len(found) > 1:
        yield list(found.values())[:ANCHORS_A_SENTENCE]


def _plainness(words: Sequence[Word]) -> int:
    choices = [w.lexeme.plain for w in words if w.lexeme.plain is not None]
    return MOST_PLAIN * sum(choices) // len(choices) if choices else MOST_PLAIN


def _is_spun(body: str, lexemes: Lexemes, words: int) -> bool:
    found = sum(body.count(phrase) for phrase in lexemes.words.spun)
    return found > 1 and found * SPUN_PER_WORDS >= words


def _credit(body: str, lexemes: Lexemes) -> int:
    words = lexemes.words
    head, foot = body[:HEAD], body[-FOOT:]
    if any(f"({agency})" in head for agency in words.agency):
        return 0
    if any(sign in head or sign in foot for sign in words.credited):
        return 2
    return 1


def _mix(value: int) -> int:
    value = (value * MIX) & MASK
    value ^= value >> 32
    return (value * MIX) & MASK ^ (value >> 29)


def _tag(key: int, kind: int) -> int:
    return (key >> 3) << 2 | kind
