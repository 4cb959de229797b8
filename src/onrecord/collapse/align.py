"""Which sentences of copies were made of which sentences of their originals.

Many pairs are looked at together: what a sentence of a copy shares with each sentence
of the original is summed in one array for all of them.
"""

import msgspec
import numpy as np
from rapidfuzz.distance import LCSseq

from onrecord.collapse.prepare import Prepared, find_keys, join_keys
from onrecord.collapse.ragged import Ints, ranges, starts_of

ENOUGH = 0.35  # of a sentence; less is a subject in common
FEW_ANCHORS = 1.5  # of weight; less proves nothing
MORE = 0.15  # what a second sentence must add
NONE = -1


class Matches(msgspec.Struct, frozen=True, gc=False):
    """Sentences of copies, with those of the original they were made of (at most two).

    Pair `n` has those from `offsets[n]` to `offsets[n + 1]`. Sentences are places among
    those of all prepared reports; `second` is -1 where there is one. `covered` is the
    share of what a sentence tells that they tell; `verbatim` the share of its words
    that stand in them in the same order. `same`: they have the same words.
    """

    offsets: Ints
    copies: Ints
    first: Ints
    second: Ints
    covered: Ints
    verbatim: Ints
    same: Ints


class Shared(msgspec.Struct, frozen=True, gc=False):
    """The anchors of copies with their weights, and which of them the original has."""

    offsets: Ints
    weights: Ints
    shared: Ints


class Alignments(msgspec.Struct, frozen=True, gc=False):
    """All matches; `covered`, `kept`, `verbatim` and `anchored` as in `Explanation`.

    `lead` is the share of the copy's first sentences that the original tells; `news`
    the share of its names and numbers that it alone has, in sentences of its own.
    `anchor_weights` is that of all anchors of each copy.
    """

    matches: Matches
    covered: Ints
    kept: Ints
    verbatim: Ints
    anchored: Ints
    lead: Ints
    news: Ints
    anchors: Shared
    anchor_weights: Ints


class _Pairs(msgspec.Struct, frozen=True, gc=False):
    """Pairs laid out: the copies' sentences, and what their sentences share.

    `sentences` are those of the copies, `of` their pairs, `offsets` where the sentences
    of each pair begin. `told` is what they tell, `told_in` the row of its sentence.
    A link is one thing that a row shares with a sentence of the original: `link_told`
    is its place in `told`, `link_other` that among all told of originals.
    """

    originals: Ints
    copies: Ints
    sentences: Ints
    of: Ints
    offsets: Ints
    told: Ints
    told_in: Ints
    link_told: Ints
    link_other: Ints
    keys: Ints


def align(prepared: Prepared, originals: Ints, copies: Ints) -> Alignments:
    """Return how the sentences of copies match those of their originals.

    Both are places of reports among the prepared ones.
    """
    pairs = _lay_out(prepared, originals, copies)
    rows, matches = _find_matches(prepared, pairs)
    count = len(copies)
    of = np.repeat(np.arange(count), np.diff(matches.offsets))
    weights = prepared.sentences.weights[matches.copies]
    sizes = np.diff(prepared.sentences.begins)[matches.copies]
    words = np.diff(prepared.scan.offsets)[copies]
    told = np.bincount(of, matches.covered * weights, count)
    stand = np.bincount(of, matches.verbatim * sizes, count)
    sizes = np.diff(prepared.anchors.offsets)[copies]
    anchors = ranges(prepared.anchors.offsets[copies], sizes)
    offsets, anchor_of = starts_of(sizes), np.repeat(np.arange(count), sizes)
    keys = join_keys(anchor_of, prepared.anchors.things[anchors])
    shared = find_keys(pairs.keys, keys) >= 0
    own = ~shared & ~_told_anchors(prepared, pairs, rows, offsets)
    anchor_weights = prepared.anchors.weights[anchors]
    total = np.bincount(anchor_of, anchor_weights, count)
    held = np.bincount(anchor_of, anchor_weights * shared, count)
    new = np.bincount(anchor_of, anchor_weights * own, count)
    return Alignments(
        matches=matches,
        covered=_share(told, prepared.weights[copies]),
        kept=_kept(prepared, pairs, rows, matches),
        verbatim=_share(stand, words),
        anchored=np.where(total >= FEW_ANCHORS, _share(held, total), 0.0),
        lead=_lead(prepared, pairs, rows, matches),
        news=_share(new, total),
        anchors=Shared(offsets, anchor_weights, shared),
        anchor_weights=total,
    )


def _share(part: Ints, whole: Ints) -> Ints:
    found: Ints = np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
    return found


def _lay_out(prepared: Prepared, originals: Ints, copies: Ints) -> _Pairs:
    told, sentences = prepared.told, prepared.sentences
    pairs = np.arange(len(copies))
    sizes = np.diff(told.offsets)
    theirs = told.by_thing[ranges(told.offsets[originals], sizes[originals])]
    their_keys = join_keys(np.repeat(pairs, sizes[originals]), told.things[theirs])
    mine = ranges(told.offsets[copies], sizes[copies])
    my_keys = join_keys(np.repeat(pairs, sizes[copies]), told.things[mine])
    counts = np.diff(sentences.offsets)[copies]
    offsets = starts_of(counts)
    shift = offsets[:-1] - sentences.offsets[copies]
    told_in = told.sentences[mine] + np.repeat(shift, sizes[copies])
    found = find_keys(their_keys, my_keys)
    some = np.flatnonzero(found >= 0)
    runs = np.flatnonzero(np.diff(their_keys, prepend=-1))
    lengths = np.zeros(len(their_keys), np.int64)
    lengths[runs] = np.diff(np.append(runs, len(their_keys)))
    often = lengths[found[some]]
    return _Pairs(
        originals=originals,
        copies=copies,
        sentences=ranges(sentences.offsets[copies], counts),
        of=np.repeat(pairs, counts),
        offsets=offsets,
        told=mine,
        told_in=told_in,
        link_told=np.repeat(some, often),
        link_other=theirs[ranges(found[some], often)],
        keys=their_keys,
    )


def _find_matches(prepared: Prepared, pairs: _Pairs) -> tuple[Ints, Matches]:
    """Return the matches, and the rows of their sentences."""
    sentences = prepared.sentences
    rows = len(pairs.sentences)
    weights = sentences.weights[pairs.sentences]
    first = np.where(weights > 0, _same(prepared, pairs), NONE)
    same = first >= 0
    second = np.full(rows, NONE)
    covered = same.astype(np.float64)
    open_rows = ~same & (weights > 0) & _may_match(prepared, pairs, weights)
    _find_best(prepared, pairs, open_rows, (first, second, covered))
    covered = np.where(same, 1.0, _share(covered, weights))
    kept = np.flatnonzero(same | (open_rows & ~(covered < ENOUGH)))
    copies, first, second = pairs.sentences[kept], first[kept], second[kept]
    return kept, Matches(
        offsets=np.searchsorted(kept, pairs.offsets),
        copies=copies,
        first=first,
        second=second,
        covered=covered[kept],
        verbatim=_verbatim(prepared, copies, first, second, same[kept]),
        same=same[kept],
    )


def _same(prepared: Prepared, pairs: _Pairs) -> Ints:
    """Return the first sentence of the original with the same words, or -1."""
    sentences = prepared.sentences
    numbers: dict[str, int] = {}
    forms = np.array([numbers.setdefault(f, len(numbers)) for f in sentences.forms])
    begins = sentences.offsets[pairs.originals]
    sizes = np.diff(sentences.offsets)[pairs.originals]
    theirs = ranges(begins, sizes)
    if not len(theirs):
        return np.full(len(pairs.sentences), NONE)
    keys = join_keys(np.repeat(np.arange(len(sizes)), sizes), forms[theirs])
    order = np.argsort(keys, kind="stable")
    found = find_keys(keys[order], join_keys(pairs.of, forms[pairs.sentences]))
    same: Ints = np.where(found >= 0, theirs[order[found]], NONE)
    return same


def _may_match(prepared: Prepared, pairs: _Pairs, weights: Ints) -> Ints:
    """Tell of which sentences the original tells enough, in whatever sentences."""
    shared = np.zeros(len(pairs.told), np.bool_)
    shared[pairs.link_told] = True
    told = prepared.told.weights[pairs.told] * shared
    enough: Ints = ~(np.bincount(pairs.told_in, told, len(weights)) < ENOUGH * weights)
    return enough


def _find_best(
    prepared: Prepared,
    pairs: _Pairs,
    open_rows: Ints,
    found: tuple[Ints, Ints, Ints],
) -> None:
    """Write the one or two sentences that tell most of each row, and how much."""
    first, second, covered = found
    told, sentences = prepared.told, prepared.sentences
    at = np.flatnonzero(open_rows)
    if not len(at):
        return
    originals = pairs.originals[pairs.of[at]]
    widths = np.diff(sentences.offsets)[originals]
    cells = starts_of(widths)
    # A cell is a row and a sentence of the original.
    bases = np.zeros(len(open_rows), np.int64)
    bases[at] = cells[:-1] - sentences.offsets[originals]
    link = np.flatnonzero(open_rows[pairs.told_in[pairs.link_told]])
    mine, theirs = pairs.link_told[link], told.sentences[pairs.link_other[link]]
    cell = bases[pairs.told_in[mine]] + theirs
    weights = told.weights[pairs.told[mine]]
    most, best = _highest(np.bincount(cell, weights, cells[-1]), cells)
    # What the best sentence tells, a second need not tell again.
    again = np.zeros(len(pairs.told), np.bool_)
    chosen = np.zeros(len(open_rows), np.int64)
    chosen[at] = best
    again[mine[cell == chosen[pairs.told_in[mine]]]] = True
    left = ~again[mine]
    more, other = _highest(np.bincount(cell[left], weights[left], cells[-1]), cells)
    adds = more >= MORE * sentences.weights[pairs.sentences[at]]
    back = sentences.offsets[originals] - cells[:-1]
    best, other = best + back, other + back
    first[at] = np.where(adds, np.minimum(best, other), best)
    second[at] = np.where(adds, np.maximum(best, other), NONE)
    covered[at] = most + np.where(adds, more, 0.0)


def _highest(scores: Ints, cells: Ints) -> tuple[Ints, Ints]:
    """Return the highest score of each row of cells and the first cell with it."""
    highest = np.maximum.reduceat(scores, cells[:-1])
    there = np.flatnonzero(scores == np.repeat(highest, np.diff(cells)))
    first: Ints = there[np.searchsorted(there, cells[:-1])]
    return highest, first


def _verbatim(
    prepared: Prepared, copies: Ints, first: Ints, second: Ints, same: Ints
) -> Ints:
    forms = prepared.sentences.forms
    rows = zip(
        copies.tolist(), first.tolist(), second.tolist(), same.tolist(), strict=True
    )
    return np.array(
        [
            1.0
            if equal
            else LCSseq.similarity(
                forms[copy],
                forms[one] if other == NONE else forms[one] + forms[other],
            )
            / len(forms[copy])
            for copy, one, other, equal in rows
        ],
        np.float64,
    )


def _kept(prepared: Prepared, pairs: _Pairs, rows: Ints, matches: Matches) -> Ints:
    """Return the share of the originals that their matches tell again."""
    told = prepared.told
    chosen = np.full((2, len(pairs.sentences)), NONE)
    chosen[:, rows] = matches.first, matches.second
    row = pairs.told_in[pairs.link_told]
    theirs = told.sentences[pairs.link_other]
    again = (chosen[0][row] == theirs) | (chosen[1][row] == theirs)
    other, of = pairs.link_other[again], pairs.of[row[again]]
    sizes = np.diff(told.offsets)[pairs.originals]
    starts, offsets = told.offsets[pairs.originals], starts_of(sizes)
    kept = np.zeros(offsets[-1], np.bool_)
    kept[other + (offsets[:-1] - starts)[of]] = True
    owner = np.repeat(np.arange(len(sizes)), sizes)
    weights = told.weights[ranges(starts, sizes)] * kept
    return _share(
        np.bincount(owner, weights, len(sizes)), prepared.weights[pairs.originals]
    )


def _lead(prepared: Prepared, pairs: _Pairs, rows: Ints, matches: Matches) -> Ints:
    """Return the share of the copies' first sentences that is told."""
    sentences, count = prepared.sentences, len(pairs.copies)
    covered = np.zeros(len(pairs.sentences))
    covered[rows] = matches.covered
    lead = sentences.weights[pairs.sentences] * sentences.lead[pairs.sentences]
    told = np.bincount(pairs.of, covered * lead, count)
    return _share(told, np.bincount(pairs.of, lead, count))


def _told_anchors(prepared: Prepared, pairs: _Pairs, rows: Ints, offsets: Ints) -> Ints:
    """Tell which anchors stand in sentences that have a match.

    `offsets` are those of the anchors of copies.
    """
    found = np.zeros(offsets[-1], np.bool_)
    matched = np.zeros(len(pairs.sentences), np.bool_)
    matched[rows] = True
    anchors = prepared.told.anchors[pairs.told]
    some = matched[pairs.told_in] & (anchors >= 0)
    of = pairs.of[pairs.told_in[some]]
    shift = offsets[:-1] - prepared.anchors.offsets[pairs.copies]
    found[anchors[some] + shift[of]] = True
    return found
