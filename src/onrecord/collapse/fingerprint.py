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
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

import msgspec
import numpy as np
from rensa import RMinHash

from onrecord.collapse.exact import story_id_of
from onrecord.collapse.lexemes import MIX, U64, Kind, Lexemes, hash_runs
from onrecord.collapse.ragged import (
    Ints,
    first_of_each,
    ranges,
    ranks,
    sort_rows,
    starts_of,
)
from onrecord.collapse.words import Scan, scan_all
from onrecord.model.document import Document

FINGERPRINT_VERSION = 1_000 * RMinHash.ALGORITHM_VERSION + 4
AT_ONCE = 250  # reports
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

Keys = tuple[Ints, U64]  # the reports that have them, the keys


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
    (found,) = fingerprints([document], lexemes)
    return found


def fingerprints(
    documents: Iterable[Document], lexemes: Lexemes
) -> Iterator[Fingerprint]:
    """Yield the fingerprints of reports, in a fraction of the time of one by one."""
    reports = iter(documents)
    while some := list(islice(reports, AT_ONCE)):
        yield from _fingerprints(some, lexemes)


def _fingerprints(documents: Sequence[Document], lexemes: Lexemes) -> list[Fingerprint]:
    scan = scan_all([(d.text, d.body_start) for d in documents], lexemes)
    hashes = lexemes.rows["word"][scan.places]
    reports = np.repeat(np.arange(len(documents)), np.diff(scan.offsets))
    keys = _keys(scan, hashes, reports, lexemes)
    plain = _plainness(scan, reports, lexemes).tolist()
    found = []
    sizes = np.diff(scan.offsets).tolist()
    spun = _spun(hashes, reports, sizes, lexemes)
    for at, document in enumerate(documents):
        found.append(
            Fingerprint(
                doc_id=document.doc_id,
                exact_id=story_id_of(document),
                date=document.date,
                spun=at in spun,
                credit=_credit(document.text[document.body_start :], lexemes),
                words=sizes[at],
                plain=plain[at],
                keys=keys[at],
            )
        )
    return found


def _keys(
    scan: Scan, hashes: U64, reports: Ints, lexemes: Lexemes
) -> "list[array[int]]":
    sizes = np.diff(scan.offsets)
    long = sizes >= SHORTEST
    pairs = _pair_keys(scan, lexemes)
    counts = np.bincount(pairs[0], minlength=len(sizes))
    words = (reports, scan.places, (long & (counts < FEW_PAIRS))[reports])
    kinds = (
        _band_keys(hashes, scan.offsets, np.flatnonzero(long)),
        _quotation_keys(scan, hashes),
        pairs,
        _neighbour_keys(*words, lexemes),
    )
    owners = np.concatenate([owner for owner, _ in kinds])
    keys = np.concatenate([key for _, key in kinds])
    some = long[owners]
    owners, keys = owners[some], keys[some]
    kept = first_of_each(owners, keys)
    order = kept[sort_rows(owners[kept], keys[kept])]
    starts = starts_of(np.bincount(owners[order], minlength=len(sizes))).tolist()
    keys = keys[order]
    return [array("Q", keys[first:last].tobytes()) for first, last in pairwise(starts)]


def _band_keys(hashes: U64, offsets: Ints, reports: Ints) -> Keys:
    """Return the keys of bands of the MinHash, for reports with words enough."""
    sizes = np.diff(offsets)[reports] - SHINGLE + 1
    shingles = hash_runs(hashes, SHINGLE)[ranges(offsets[reports], sizes)]
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        shingles, starts_of(sizes).tolist(), BANDS * ROWS, SEED
    )
    rows = np.array(matrix.to_rows(), np.uint64).reshape(-1, BANDS, ROWS)
    keys = np.tile(np.arange(BANDS, dtype=np.uint64), (len(reports), 1))
    for row in range(ROWS):
        keys = _mix(keys + rows[:, :, row])
    return np.repeat(reports, BANDS), _tag(keys.ravel(), BAND)


def _quotation_keys(scan: Scan, hashes: U64) -> Keys:
    """Return the keys of quoted sentences, the same of each report that has many."""
    owners, firsts, sizes = [], [], []
    begins = scan.begins
    for owner, first, last in scan.quotations:
        low, high = np.searchsorted(begins, (first + 1, last)).tolist()
        cuts = (
            (first, *begins[low:high].tolist(), last) if high > low else (first, last)
        )
        for start, end in pairwise(cuts):
            if end - start >= SHORTEST_QUOTATION:
                owners.append(owner)
                firsts.append(start)
                sizes.append(end - start)
    keys = np.zeros(len(owners), np.uint64)
    places, left = np.array(firsts, np.int64), np.array(sizes, np.int64)
    for step in range(max(sizes, default=0)):
        some = left > step
        keys[some] = _mix(keys[some] + hashes[places[some] + step])
    return _least(np.array(owners, np.int64), _tag(keys, QUOTATION), QUOTATIONS_KEPT)


def _pair_keys(scan: Scan, lexemes: Lexemes) -> Keys:
    """Return the keys of pairs of anchors; rare ones are likelier to be kept."""
    places, sentences, runs = _anchors(scan, lexemes)
    reports = np.searchsorted(scan.offsets, scan.begins[sentences], side="right") - 1
    concepts = lexemes.rows["concept"][places]
    rarity = lexemes.rows["rarity"][places]
    some: list[tuple[Ints, ...]] = []
    for step in range(1, ANCHORS_A_SENTENCE):
        one, other = slice(None, -step), slice(step, None)
        pair = (sentences[one] == sentences[other]) & (runs[one] != runs[other])
        sums = concepts[one][pair] + concepts[other][pair]
        weights = rarity[one][pair] * rarity[other][pair]
        some.append((reports[one][pair], sums, weights))
    owners, sums, weights = (np.concatenate(c) for c in zip(*some, strict=True))
    keys = sums * np.uint64(MIX)
    keys ^= keys >> np.uint64(32)
    keys *= np.uint64(MIX)
    order = np.argsort(keys, kind="stable")
    order = order[sort_rows(owners[order], (keys // weights)[order])]
    order = order[ranks(owners[order]) < 4 * PAIRS_KEPT]
    owners, keys = owners[order], _tag(keys[order], PAIR)
    first = first_of_each(owners, keys)
    owners, keys = owners[first], keys[first]
    kept = ranks(owners) < PAIRS_KEPT
    return owners[kept], keys[kept]


def _neighbour_keys(
    reports: Ints, places: Ints, wanted: Ints, lexemes: Lexemes
) -> Keys:
    """Return keys of words that stand side by side, the same for their synonyms."""
    some = wanted & (lexemes.rows["kind"][places] == Kind.CONTENT)
    reports, concepts = reports[some], lexemes.rows["concept"][places[some]]
    pairs = (concepts[:-1] + concepts[1:]) * np.uint64(MIX)
    pairs ^= pairs >> np.uint64(32)
    pairs = pairs * np.uint64(MIX) ^ pairs >> np.uint64(29)  # as in `_mix`
    inside = reports[:-1] == reports[1:]
    owners, keys = _least(reports[:-1][inside], pairs[inside], PAIRS_KEPT)
    return owners, _tag(keys, PAIR)


def _anchors(scan: Scan, lexemes: Lexemes) -> tuple[Ints, Ints, Ints]:
    """Return names and numbers: place among the lexemes, sentence, run of names.

    Each stands once in a sentence, where it comes first; of many the first ones.
    """
    rarity = lexemes.rows["rarity"][scan.places]
    number = lexemes.rows["kind"][scan.places] == Kind.NUMBER
    name = (rarity > 0) & ~number
    name[scan.begins] = False
    found = np.flatnonzero(name | number)
    sentences = np.searchsorted(scan.begins, found, side="right") - 1
    # Names side by side are one run; each number is one of its own.
    apart = np.ones(len(found), np.bool_)
    apart[1:] = (np.diff(found) != 1) | number[found[1:]] | number[found[:-1]]
    apart[1:] |= np.diff(sentences) != 0
    runs = np.cumsum(apart)
    concepts = lexemes.rows["concept"][scan.places[found]]
    first = first_of_each(sentences, concepts)
    first = first[ranks(sentences[first]) < ANCHORS_A_SENTENCE]
    return scan.places[found[first]], sentences[first], runs[first]


def _least(owners: Ints, keys: U64, count: int) -> Keys:
    """Return the least different keys of each owner."""
    order = sort_rows(owners, keys)
    owners, keys = owners[order], keys[order]
    first = first_of_each(owners, keys)
    owners, keys = owners[first], keys[first]
    kept = ranks(owners) < count
    return owners[kept], keys[kept]


def _plainness(scan: Scan, reports: Ints, lexemes: Lexemes) -> Ints:
    plain = lexemes.rows["plain"][scan.places]
    count = len(scan.offsets) - 1
    choices = np.bincount(reports, plain >= 0, count).astype(np.int64)
    plainest = np.bincount(reports, plain > 0, count).astype(np.int64)
    found: Ints = np.where(
        choices > 0, MOST_PLAIN * plainest // np.maximum(choices, 1), MOST_PLAIN
    )
    return found


def _spun(
    hashes: U64, reports: Ints, sizes: Sequence[int], lexemes: Lexemes
) -> frozenset[int]:
    """Return the reports that have phrases of synonym machines."""
    runs, begun = hash_runs(hashes, 2), lexemes.spun_runs
    places = np.searchsorted(begun, runs).clip(max=len(begun) - 1)
    found: dict[int, int] = {}
    for at in np.flatnonzero(begun[places] == runs).tolist():
        report = int(reports[at])
        for phrase in lexemes.spun[int(runs[at])]:
            end = at + len(phrase)
            if end <= len(hashes) and reports[end - 1] == report:
                same = tuple(hashes[at:end].tolist()) == phrase
                found[report] = found.get(report, 0) + same
    return frozenset(
        report
        for report, count in found.items()
        if count > 1 and count * SPUN_PER_WORDS >= sizes[report]
    )


def _credit(body: str, lexemes: Lexemes) -> int:
    words = lexemes.words
    head, foot = body[:HEAD].casefold(), body[-FOOT:].casefold()
    if "(" in head and any(f"({agency})" in head for agency in words.agency):
        return 0
    both = f"{head}\n{foot}"
    for sign in words.credited:
        if sign in both:
            return 2
    return 1


def _mix(values: U64) -> U64:
    values = values * np.uint64(MIX)
    values ^= values >> np.uint64(32)
    return values * np.uint64(MIX) ^ values >> np.uint64(29)


def _tag(keys: U64, kind: int) -> U64:
    found: U64 = keys >> np.uint64(3) << np.uint64(2) | np.uint64(kind)
    return found
