"""What is kept of a report to find its copies, from its text alone.

Keys are what a copy of the report has too: bands of the MinHash of its shingles, which
verbatim copies share; its quotations; and pairs of names and numbers of one sentence,
which stay when the words between them are exchanged. Which pairs are kept depends on
their hashes alone, the same for every report, so a part keeps pairs of the whole. No
count over the reports is used: what is common is told by a fixed list, and so any order
and any batching of the reports gives the same keys.
"""

import datetime as dt
from array import array
from collections.abc import Iterator, Sequence
from itertools import combinations

import msgspec
import numpy as np
from rensa import RMinHash

from onrecord.collapse.exact import story_id_of
from onrecord.collapse.lexemes import MASK, MIX, U64, Kind, Lexeme, Lexemes, hash_runs
from onrecord.collapse.words import Scan, scan_words
from onrecord.model.document import Document

FINGERPRINT_VERSION = 1_000 * RMinHash.ALGORITHM_VERSION + 4
SHINGLE = 4  # words
BANDS, ROWS = 8, 3
SEED = 42
PAIRS_KEPT = 24
FEW_PAIRS = 16  # below, pairs of words are kept too
QUOTATIONS_KEPT = 8
SHORTEST_QUOTATION = 5  # words
ANCHORS_A_SENTENCE = 12
SHORTEST = 12  # words; below only the same words make a copy
SPUN_PER_WORDS = 200  # one phrase of a synonym machine in so many words
MOST_PLAIN = 63
HEAD, FOOT = 120, 300  # code points where a credit line stands
BAND, QUOTATION, PAIR = 1, 2, 0  # the two low bits of a key


class Fingerprint(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What decides where a report belongs.

    `credit` is 0 where the report begins with the credit line of a news agency, 2
    where it says it is somebody else's, else 1. `spun`: it has phrases that synonym
    machines write. `plain` tells, of 63, how many of the words that have synonyms are
    the plain ones: reworded copies have fewer. `keys` are unsigned numbers of 63 bits,
    sorted, in an array since a million reports have many.
    """

    doc_id: str
    exact_id: str
    date: dt.date | None
    spun: bool
    credit: int
    words: int
    plain: int
    keys: "array[int]"


def fingerprint(document: Document, lexemes: Lexemes) -> Fingerprint:
    """Return the fingerprint of a report."""
    scan = scan_words(document.text, lexemes, start=document.body_start)
    hashes = np.array([found.word for found in scan.lexemes], np.uint64)
    body = document.text[document.body_start :]
    return Fingerprint(
        doc_id=document.doc_id,
        exact_id=story_id_of(document),
        date=document.date,
        spun=_is_spun(hashes, lexemes),
        credit=_credit(body, lexemes),
        words=len(scan.lexemes),
        plain=_plainness(scan.lexemes),
        keys=_keys(scan, hashes),
    )


def _keys(scan: Scan, hashes: U64) -> "array[int]":
    if len(hashes) < SHORTEST:
        return array("Q")
    pairs = _pair_keys(scan)
    if len(pairs) < FEW_PAIRS:
        pairs += _neighbour_keys(scan)
    keys = {*_band_keys(hashes), *_quotation_keys(scan), *pairs}
    return array("Q", sorted(keys))


def _band_keys(hashes: U64) -> list[int]:
    shingles = hash_runs(hashes, SHINGLE)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        shingles, [0, len(shingles)], BANDS * ROWS, SEED
    )
    (row,) = matrix.to_rows()
    keys = []
    for band in range(BANDS):
        key = band
        for value in row[band * ROWS : (band + 1) * ROWS]:
            key = _mix(key + value)
        keys.append(_tag(key, BAND))
    return keys


def _quotation_keys(scan: Scan) -> list[int]:
    """Return the keys of quoted sentences, the same of each report that has many."""
    keys = set()
    begins = set(scan.begins)
    for first, last in scan.quotations:
        start = first
        for at in range(first + 1, last + 1):
            if at == last or at in begins:
                if at - start >= SHORTEST_QUOTATION:
                    key = 0
                    for lexeme in scan.lexemes[start:at]:
                        key = _mix(key + lexeme.word)
                    keys.add(_tag(key, QUOTATION))
                start = at
    return sorted(keys)[:QUOTATIONS_KEPT]


def _pair_keys(scan: Scan) -> list[int]:
    """Return the keys of pairs of anchors; rare ones are likelier to be kept."""
    sums: list[int] = []
    weights: list[int] = []
    for anchors in _anchors(scan):
        for (one, run, weight), (other, other_run, other_weight) in combinations(
            anchors, 2
        ):
            if run != other_run:
                sums.append((one + other) & MASK)
                weights.append(weight * other_weight)
    if not sums:
        return []
    keys = np.array(sums, np.uint64) * np.uint64(MIX)
    keys ^= keys >> np.uint64(32)
    keys *= np.uint64(MIX)
    order = np.lexsort((keys, keys // np.array(weights, np.uint64)))
    kept = dict.fromkeys(_tag(int(keys[at]), PAIR) for at in order[: 4 * PAIRS_KEPT])
    return list(kept)[:PAIRS_KEPT]


def _neighbour_keys(scan: Scan) -> list[int]:
    """Return keys of words that stand side by side, the same for their synonyms."""
    found = [found.concept for found in scan.lexemes if found.kind is Kind.CONTENT]
    told = np.array(found, np.uint64)
    pairs = (told[:-1] + told[1:]) * np.uint64(MIX)
    pairs ^= pairs >> np.uint64(32)
    pairs = pairs * np.uint64(MIX) ^ pairs >> np.uint64(29)  # as in `_mix`
    return [_tag(pair, PAIR) for pair in np.unique(pairs)[:PAIRS_KEPT].tolist()]


def _anchors(scan: Scan) -> Iterator[list[tuple[int, int, int]]]:
    """Yield for each sentence its names and numbers: hash, run of names, weight."""
    ends = [*scan.begins[1:], len(scan.lexemes)]
    for begin, end in zip(scan.begins, ends, strict=True):
        found: dict[int, tuple[int, int, int]] = {}
        run, last = 0, -2
        for at in range(begin, end):
            lexeme = scan.lexemes[at]
            if lexeme.value is not None:
                if lexeme.kind is Kind.NUMBER:
                    weight = 1 if len(lexeme.value) < 2 else 4
                    found.setdefault(lexeme.concept, (lexeme.concept, -at, weight))
            elif lexeme.capital and at > begin and lexeme.kind is Kind.CONTENT:
                run += last != at - 1
                last = at
                weight = 1 if lexeme.common else 8
                found.setdefault(lexeme.concept, (lexeme.concept, run, weight))
        if len(found) > 1:
            yield list(found.values())[:ANCHORS_A_SENTENCE]


def _plainness(found: Sequence[Lexeme]) -> int:
    choices = [lexeme.plain for lexeme in found if lexeme.plain is not None]
    return MOST_PLAIN * sum(choices) // len(choices) if choices else MOST_PLAIN


def _is_spun(hashes: U64, lexemes: Lexemes) -> bool:
    runs, begun = hash_runs(hashes, 2), lexemes.spun_runs
    places = np.searchsorted(begun, runs).clip(max=len(begun) - 1)
    found = 0
    for at in np.flatnonzero(begun[places] == runs).tolist():
        for phrase in lexemes.spun[int(runs[at])]:
            found += tuple(hashes[at : at + len(phrase)].tolist()) == phrase
    return found > 1 and found * SPUN_PER_WORDS >= len(hashes)


def _credit(body: str, lexemes: Lexemes) -> int:
    words = lexemes.words
    head, foot = body[:HEAD].casefold(), body[-FOOT:].casefold()
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
