"""Which sentences of a copy were made of which sentences of the original."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from rapidfuzz.distance import LCSseq

from onrecord.collapse.prepare import Prepared, Sentence
from onrecord.collapse.words import Word

ENOUGH = 0.35  # of a sentence; less is a subject in common
FEW_ANCHORS = 1.5  # of weight; less proves nothing
MORE = 0.15  # what a second sentence must add


class Match(msgspec.Struct, frozen=True, gc=False):
    """A sentence of the copy, those of the original it was made of (at most two).

    `covered` is the share of what it tells that they tell; `verbatim` the share of
    its words that stand in them in the same order.
    """

    copy: int
    original: tuple[int, ...]
    covered: float
    verbatim: float


class Alignment(msgspec.Struct, frozen=True, gc=False):
    """All matches; `covered`, `kept`, `verbatim` and `anchored` as in `Explanation`.

    `lead` is the share of the copy's first sentences that the original tells; `news`
    the share of its names and numbers that it alone has, in sentences of its own.
    """

    matches: tuple[Match, ...]
    covered: float
    kept: float
    verbatim: float
    anchored: float
    lead: float
    news: float


def align(original: Prepared, copy: Prepared) -> Alignment:
    """Return how the sentences of `copy` match those of `original`."""
    matches = tuple(_matches(original, copy))
    covered = sum(m.covered * copy.sentences[m.copy].weight for m in matches)
    words = sum(m.verbatim * len(copy.sentences[m.copy].words) for m in matches)
    return Alignment(
        matches=matches,
        covered=covered / copy.weight if copy.weight else 0.0,
        kept=_kept(original, copy, matches),
        verbatim=words / len(copy.cut.words) if copy.cut.words else 0.0,
        anchored=_anchored(original, copy),
        lead=_lead(copy, {m.copy: m.covered for m in matches}),
        news=_news(original, copy, {m.copy for m in matches}),
    )


def words_of(prepared: Prepared, sentences: Iterable[int]) -> list[Word]:
    """Return the words of some sentences in order."""
    return [w for at in sentences for w in prepared.sentences[at].words]


def _matches(original: Prepared, copy: Prepared) -> Iterable[Match]:
    for at, sentence in enumerate(copy.sentences):
        if not sentence.weight:
            continue
        same = original.same.get(sentence.forms)
        if same is not None:
            yield Match(at, (same,), 1.0, 1.0)
            continue
        found, covered = _best(sentence, original)
        if covered < ENOUGH:
            continue
        yield Match(at, found, covered, _verbatim(sentence, original, found))


def _best(sentence: Sentence, other: Prepared) -> tuple[tuple[int, ...], float]:
    """Return the sentences of `other` that tell most of `sentence`, and how much."""
    where = other.where
    shared = {t: w for t, w in sentence.told.items() if t in where}
    if sum(shared.values()) < ENOUGH * sentence.weight:
        return (), 0.0
    scores = _scores(shared, where)
    first = max(scores, key=lambda at: (scores[at], -at))
    left = {t: w for t, w in shared.items() if first not in where[t]}
    rest = _scores(left, where)
    second = max(rest, key=lambda at: (rest[at], -at), default=first)
    covered = scores[first]
    if rest and rest[second] >= MORE * sentence.weight:
        covered += rest[second]
        return tuple(sorted((first, second))), covered / sentence.weight
    return (first,), covered / sentence.weight


def _scores(
    told: Mapping[int, float], where: Mapping[int, Sequence[int]]
) -> dict[int, float]:
    scores: dict[int, float] = {}
    for thing, weight in told.items():
        for at in where[thing]:
            scores[at] = scores.get(at, 0.0) + weight
    return scores


def _verbatim(sentence: Sentence, other: Prepared, found: tuple[int, ...]) -> float:
    theirs = [form for at in found for form in other.sentences[at].forms]
    return LCSseq.similarity(sentence.forms, theirs) / len(sentence.forms)


def _kept(original: Prepared, copy: Prepared, matches: Sequence[Match]) -> float:
    """Return the share of the original that its matches tell again."""
    if not original.weight:
        return 0.0
    told: dict[int, set[int]] = {}
    for match in matches:
        for at in match.original:
            told.setdefault(at, set()).update(copy.sentences[match.copy].told)
    kept = sum(
        weight
        for at, things in told.items()
        for thing, weight in original.sentences[at].told.items()
        if thing in things
    )
    return kept / original.weight


def _anchored(original: Prepared, copy: Prepared) -> float:
    """Return the share of the copy's names and numbers that the original has."""
    total = sum(copy.anchors.values())
    shared = sum(w for thing, w in copy.anchors.items() if thing in original.where)
    return shared / total if total >= FEW_ANCHORS else 0.0


def _lead(copy: Prepared, covered: Mapping[int, float]) -> float:
    """Return the share of the first sentences that is told, given it by sentence."""
    weight = sum(copy.sentences[at].weight for at in copy.lead)
    told = sum(covered.get(at, 0.0) * copy.sentences[at].weight for at in copy.lead)
    return told / weight if weight else 0.0


def _news(original: Prepared, copy: Prepared, matched: set[int]) -> float:
    total = sum(copy.anchors.values())
    new = sum(
        weight
        for thing, weight in copy.anchors.items()
        if thing not in original.where and matched.isdisjoint(copy.where.get(thing, ()))
    )
    return new / total if total else 0.0
