"""A report made ready to be compared, sentence by sentence."""

from collections.abc import Mapping
from math import sqrt

import msgspec

from onrecord.collapse.lexemes import Kind, Lexemes, hash_of
from onrecord.collapse.words import Cut, Word, cut_words

# A name that other reports have too, or a word that a rewriter may exchange, says less.
ANCHOR, SMALL_ANCHOR, COMMON_ANCHOR = 1.0, 0.5, 0.25
LEAD = 3  # sentences that say what a report is about
SHORT = 3.0  # of weight; a sentence with less says nothing alone
NAME, COMMON_NAME, CONTENT, NUMBER, SMALL_NUMBER, DAY = 1.5, 0.7, 1.0, 1.5, 0.7, 0.4


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence: its words, and the weight of each thing it tells.

    A thing that many sentences of the report tell weighs less in each.
    """

    words: tuple[Word, ...]
    told: Mapping[int, float]
    weight: float


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """A report's sentences, and where each thing is told.

    `anchors` are the names and numbers, with a weight; `lead` the sentences that say
    what it is about.
    """

    cut: Cut
    sentences: tuple[Sentence, ...]
    where: Mapping[int, tuple[int, ...]]
    weight: float
    anchors: Mapping[int, float]
    lead: tuple[int, ...]


def prepare(text: str, lexemes: Lexemes, *, start: int = 0) -> Prepared:
    """Return `text` from `start` on, ready to be compared."""
    cut = cut_words(text, lexemes, start=start)
    groups: list[list[Word]] = [[] for _ in range(cut.sentence_count)]
    for word in cut.words:
        groups[word.sentence].append(word)
    told = [_told(group) for group in groups]
    where: dict[int, list[int]] = {}
    for at, things in enumerate(told):
        for thing in things:
            where.setdefault(thing, []).append(at)
    sentences = []
    for group, things in zip(groups, told, strict=True):
        weights = {t: w / sqrt(len(where[t])) for t, w in things.items()}
        sentences.append(Sentence(tuple(group), weights, sum(weights.values())))
    return Prepared(
        cut=cut,
        sentences=tuple(sentences),
        where={thing: tuple(at) for thing, at in where.items()},
        weight=sum(s.weight for s in sentences),
        anchors=_anchors(cut, lexemes),
        lead=tuple(n for n, s in enumerate(sentences) if s.weight >= SHORT)[:LEAD],
    )


def thing_of(word: Word) -> int:
    """Return the hash of what a word tells, whatever its form."""
    return word.lexeme.concept if word.value is None else hash_of(f"#{word.value}")


def _anchors(cut: Cut, lexemes: Lexemes) -> dict[int, float]:
    anchors = {}
    for word in cut.words:
        lexeme = word.lexeme
        if word.value is not None:
            small = len(word.value) < 2
            anchors[thing_of(word)] = SMALL_ANCHOR if small else ANCHOR
        elif word.name:
            common = lexeme.common or lexeme.folded in lexemes.words.synonyms
            anchors[thing_of(word)] = COMMON_ANCHOR if common else ANCHOR
    return anchors


def _told(words: list[Word]) -> dict[int, float]:
    told: dict[int, float] = {}
    for word in words:
        weight = _weight(word)
        if weight:
            thing = thing_of(word)
            told[thing] = max(weight, told.get(thing, 0.0))
    return told


def _weight(word: Word) -> float:
    lexeme = word.lexeme
    if word.value is not None:
        return SMALL_NUMBER if len(word.value) < 2 else NUMBER
    if word.name:
        return COMMON_NAME if lexeme.common else NAME
    if lexeme.kind is Kind.CONTENT:
        return CONTENT
    return DAY if lexeme.kind is Kind.DAY else 0.0
