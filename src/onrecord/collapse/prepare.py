"""Reports made ready to be compared, sentence by sentence, many at a time.

Words, sentences and what these tell stand in columns, those of one report after those
of another, so that few steps serve for all.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from onrecord.collapse.lexemes import ANCHOR, SMALL_ANCHOR, Kind, Lexemes
from onrecord.collapse.ragged import (
    Ints,
    first_of_each,
    ranges,
    ranks,
    sort_rows,
    starts_of,
)
from onrecord.collapse.words import (
    WORDS_A_SENTENCE,
    Body,
    Cut,
    Scan,
    Word,
    alone,
    cut_words,
    join_number,
    make_word,
    scan_all,
    words_by_code,
)

LEAD = 3  # sentences that say what a report is about
SHORT = 3.0  # of weight; a sentence with less says nothing alone


class Sentences(msgspec.Struct, frozen=True, gc=False):
    """The sentences of all reports.

    Report `n` has those from `offsets[n]` to `offsets[n + 1]`, sentence `m` the words
    from `begins[m]` to `begins[m + 1]`; `forms` has a letter for each word. `lead`
    tells which say what their report is about.
    """

    offsets: Ints
    begins: Ints
    forms: Sequence[str]
    weights: Ints
    lead: Ints


class Told(msgspec.Struct, frozen=True, gc=False):
    """What sentences tell: things with their weight, each once in a sentence.

    A thing that many sentences of a report tell weighs less in each. `anchors` is the
    place among the anchors, or -1. `by_thing` are the places of those of each report
    sorted by thing.
    """

    offsets: Ints
    things: Ints
    sentences: Ints
    weights: Ints
    anchors: Ints
    by_thing: Ints


class Anchors(msgspec.Struct, frozen=True, gc=False):
    """The names and numbers of all reports, each once in a report, with a weight."""

    offsets: Ints
    things: Ints
    weights: Ints


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """Reports ready to be compared.

    `codes` are those of `Words`, but below 0 for numbers that are not what their word
    says alone, and those that are part of another: `joined` has them. `cuts` are there
    where words need their positions.
    """

    lexemes: Lexemes
    scan: Scan
    sentences: Sentences
    told: Told
    anchors: Anchors
    weights: Ints
    codes: Ints
    joined: Mapping[int, Word]
    cuts: Sequence[Cut]

    def words_of(self, sentence: int) -> Sequence[Word]:
        """Return the words of a sentence."""
        first, last = self.sentences.begins[sentence : sentence + 2].tolist()
        if not self.cuts:
            words = words_by_code(self.lexemes)
            return [
                words[code] if code >= 0 else self.joined[code]
                for code in self.codes[first:last].tolist()
            ]
        report = int(np.searchsorted(self.scan.offsets, first, side="right")) - 1
        before = int(self.scan.offsets[report])
        return self.cuts[report].words[first - before : last - before]


def prepare(
    bodies: Sequence[Body], lexemes: Lexemes, *, placed: bool = False
) -> Prepared:
    """Return texts, each from where its body starts, ready to be compared.

    Not `placed`, their words have no positions, which is far faster. What is made
    ready holds until `lexemes` makes room.
    """
    cuts = tuple(cut_words(t, lexemes, start=s) for t, s in bodies) if placed else ()
    scan = scan_all(bodies, lexemes)
    begins = _split(scan.begins, len(scan.places))
    rows = lexemes.rows
    starts = np.ones(len(scan.places), np.bool_)
    starts[begins[:-1]] = False
    name_weights = rows["name_weight"][scan.places] * starts
    names = name_weights > 0
    things = rows["thing"][scan.places]
    weights = np.where(names, name_weights, rows["weight"][scan.places])
    anchors = np.where(names, rows["name_anchor"][scan.places], 0.0)
    codes = scan.places.astype(np.int64) * 2 + names
    joined = _give_numbers(scan, lexemes, (things, weights, anchors, codes))
    reports = np.repeat(np.arange(len(bodies)), np.diff(scan.offsets))
    sentence_of = np.repeat(np.arange(len(begins) - 1), np.diff(begins))
    named = _anchors(reports, things, anchors, len(bodies))
    told = _told(reports, sentence_of, things, weights, named)
    offsets = np.searchsorted(begins[:-1], scan.offsets)
    sentences = _sentences(scan, offsets, begins, told, lexemes)
    report_of = np.repeat(np.arange(len(bodies)), np.diff(offsets))
    return Prepared(
        lexemes=lexemes,
        scan=scan,
        sentences=sentences,
        told=told,
        anchors=named,
        weights=np.bincount(report_of, sentences.weights, len(bodies)),
        codes=codes,
        joined=joined,
        cuts=cuts,
    )


def _split(begins: Ints, count: int) -> Ints:
    """Return where sentences begin, none of them too long, and where the last ends."""
    ends = np.append(begins, count)
    sizes = np.diff(ends)
    if not len(sizes) or sizes.max() <= WORDS_A_SENTENCE:
        return ends
    parts = -(-sizes // WORDS_A_SENTENCE)
    steps = ranges(np.zeros(len(parts), np.int64), parts)
    return np.append(np.repeat(begins, parts) + WORDS_A_SENTENCE * steps, count)


def _give_numbers(
    scan: Scan, lexemes: Lexemes, columns: tuple[Ints, Ints, Ints, Ints]
) -> dict[int, Word]:
    """Write what numbers tell into columns; return what their words do not say alone.

    The columns are things, weights, weights as anchors, and codes.
    """
    things, weights, anchors, codes = columns
    rows, places = lexemes.rows, scan.places
    numeric = np.flatnonzero(rows["numeric"][places])
    at = numeric[rows["number"][places[numeric]] > 0]
    things[at] = rows["number"][places[at]]
    weights[at] = rows["number_weight"][places[at]]
    anchors[at] = rows["number_anchor"][places[at]]
    numeric = numeric[numeric > 0]
    before = places[numeric - 1]
    joins = numeric[rows["numeric"][before] | rows["joins"][before]]
    values: dict[int, str | None] = {}
    firsts = scan.offsets[np.searchsorted(scan.offsets, joins, side="right") - 1]
    for number, first in zip(joins.tolist(), firsts.tolist(), strict=True):
        _join(number, first, scan, lexemes, values)
    joined: dict[int, Word] = {}
    for code, (number, value) in enumerate(values.items(), 1):
        word = make_word(0, 0, lexemes.listed[places[number]], value=value)
        joined[-code] = word
        codes[number] = -code
        things[number] = lexemes.code_of(word.thing)
        weights[number] = word.weight
        anchors[number] = 0.0
        if value is not None:
            anchors[number] = SMALL_ANCHOR if len(value) < 2 else ANCHOR
    return joined


def _join(
    at: int, first: int, scan: Scan, lexemes: Lexemes, values: dict[int, str | None]
) -> None:
    """Join the number at a place with the words before it, which lose theirs.

    As in `cut_words`; `first` is the first word of the report.
    """
    lexeme = lexemes.listed[scan.places[at]]
    before = at - 1
    if before < first:
        return
    other = lexemes.listed[scan.places[before]]
    if before > first and other.folded == "and":
        before -= 1
        other = lexemes.listed[scan.places[before]]
        if other.kind is not Kind.SCALE:
            return
    value = values.get(before, alone(other))
    joined = value and join_number(value, other, lexeme)
    if joined:
        values[before], values[at] = None, joined


def _anchors(reports: Ints, things: Ints, weights: Ints, count: int) -> Anchors:
    """Return the anchors of reports, in the order in which they come.

    The last of several words for one thing gives the weight.
    """
    some = np.flatnonzero(weights)
    reports, things, weights = reports[some], things[some], weights[some]
    first = first_of_each(reports, things)
    last = len(some) - 1 - first_of_each(reports[::-1], things[::-1])
    # Both name the same things, in another order.
    here = first[sort_rows(reports[first], things[first])]
    there = last[sort_rows(reports[last], things[last])]
    weights[here] = weights[there]
    sizes = np.bincount(reports[first], minlength=count)
    return Anchors(starts_of(sizes), things[first], weights[first])


def _told(
    reports: Ints, sentences: Ints, things: Ints, weights: Ints, anchors: Anchors
) -> Told:
    some = np.flatnonzero(weights)
    sentences, things, weights = sentences[some], things[some], weights[some]
    reports = reports[some]
    order = sort_rows(sentences, things)
    new = np.ones(len(order), np.bool_)
    new[1:] = np.diff(sentences[order]) != 0
    new[1:] |= things[order[1:]] != things[order[:-1]]
    starts = np.flatnonzero(new)
    heaviest = np.maximum.reduceat(weights[order], starts) if len(starts) else weights
    # The sort is stable: the first of a group is the word that comes first.
    first = order[starts]
    as_they_come = np.argsort(first, kind="stable")
    first, weights = first[as_they_come], heaviest[as_they_come]
    reports, things, sentences = reports[first], things[first], sentences[first]
    by_thing = sort_rows(reports, things)
    changes = np.ones(len(first), np.bool_)
    changes[1:] = np.diff(reports[by_thing]) != 0
    changes[1:] |= things[by_thing[1:]] != things[by_thing[:-1]]
    starts = np.flatnonzero(changes)
    often = np.diff(np.append(starts, len(first)))
    shares = np.empty(len(first))
    shares[by_thing] = np.repeat(np.sqrt(often), often)
    count = len(anchors.offsets) - 1
    return Told(
        offsets=starts_of(np.bincount(reports, minlength=count)),
        things=things,
        sentences=sentences,
        weights=weights / shares,
        anchors=_places_among(anchors, reports, things),
        by_thing=by_thing,
    )


def _places_among(anchors: Anchors, reports: Ints, things: Ints) -> Ints:
    """Return the places of things of reports among the anchors, -1 for none."""
    owners = np.repeat(np.arange(len(anchors.offsets) - 1), np.diff(anchors.offsets))
    keys = join_keys(owners, anchors.things)
    order = np.argsort(keys)
    places = find_keys(keys[order], join_keys(reports, things))
    found: Ints = np.where(places >= 0, order[places], -1) if len(order) else places
    return found


def join_keys(rows: Ints, things: Ints) -> Ints:
    """Return one number for a row and a thing, which sorts by the row first."""
    keys: Ints = rows.astype(np.int64) << 32 | things
    return keys


def find_keys(listed: Ints, wanted: Ints) -> Ints:
    """Return where in a sorted list each of some keys stands first, -1 for nowhere."""
    if not len(listed):
        return np.full(len(wanted), -1)
    places = np.searchsorted(listed, wanted)
    there = listed[np.minimum(places, len(listed) - 1)] == wanted
    found: Ints = np.where(there, places, -1)
    return found


def _sentences(
    scan: Scan, offsets: Ints, begins: Ints, told: Told, lexemes: Lexemes
) -> Sentences:
    letters = lexemes.rows["letter"][scan.places].astype("<u4")
    text = letters.tobytes().decode("utf-32-le")
    at = begins.tolist()
    weights = np.bincount(told.sentences, told.weights, len(begins) - 1)
    report_of = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    telling = np.flatnonzero(weights >= SHORT)
    lead = np.zeros(len(weights), np.bool_)
    lead[telling[ranks(report_of[telling]) < LEAD]] = True
    return Sentences(
        offsets=offsets,
        begins=begins,
        forms=[text[a:b] for a, b in pairwise(at)],
        weights=weights,
        lead=lead,
    )
