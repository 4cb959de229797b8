"""A report made ready to be compared, sentence by sentence."""

from collections.abc import Mapping, Sequence
from math import sqrt

import msgspec

from onrecord.collapse.lexemes import Lexemes
from onrecord.collapse.words import Cut, Word, cut_words

# A name that other reports have too, or a word that a rewriter may exchange, says less.
ANCHOR, SMALL_ANCHOR, COMMON_ANCHOR = 1.0, 0.5, 0.25
LEAD = 3  # sentences that say what a report is about
SHORT = 3.0  # of weight; a sentence with less says nothing alone


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence: its words, and the weight of each thing it tells.

    `forms` are the hashes of its words. A thing that many sentences of the report tell
    weighs less in each.
    """

    words: tuple[Word, ...]
    forms: tuple[int, ...]
    told: Mapping[int, float]
    weight: float


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """A report's sentences, and where each thing is told.

    `same` finds a sentence by its forms. `anchors` are the names and numbers, with a
    weight; `lead` the sentences that say what it is about.
    """

    cut: Cut
    sentences: tuple[Sentence, ...]
    where: Mapping[int, tuple[int, ...]]
    same: Mapping[tuple[int, ...], int]
    weight: float
    anchors: Mapping[int, float]
    lead: tuple[int, ...]


def prepare(
    text: str, lexemes: Lexemes, *, start: int = 0, placed: bool = True
) -> Prepared:
    """Return `text` from `start` on, ready to be compared.

    Not `placed`, its words have no positions.
    """
    cut = cut_words(text, lexemes, start=start, placed=placed)
    ends = (*cut.begins[1:], len(cut.words))
    groups = [cut.words[a:b] for a, b in zip(cut.begins, ends, strict=True)]
    told = [_told(group) for group in groups]
    where: dict[int, list[int]] = {}
    for at, things in enumerate(told):
        for thing in things:
            where.setdefault(thing, []).append(at)
    sentences = []
    same: dict[tuple[int, ...], int] = {}
    for at, (group, things) in enumerate(zip(groups, told, strict=True)):
        for thing, weight in things.items():
            if len(where[thing]) > 1:
                things[thing] = weight / sqrt(len(where[thing]))
        forms = tuple([w.lexeme.word for w in group])
        sentences.append(Sentence(group, forms, things, sum(things.values())))
        same.setdefault(forms, at)
    return Prepared(
        cut=cut,
        sentences=tuple(sentences),
        where={thing: tuple(at) for thing, at in where.items()},
        same=same,
        weight=sum(s.weight for s in sentences),
        anchors=_anchors(cut, lexemes),
        lead=tuple(n for n, s in enumerate(sentences) if s.weight >= SHORT)[:LEAD],
    )


def _anchors(cut: Cut, lexemes: Lexemes) -> dict[int, float]:
    anchors = {}
    for word in cut.words:
        lexeme = word.lexeme
        if word.value is not None:
            small = len(word.value) < 2
            anchors[word.thing] = SMALL_ANCHOR if small else ANCHOR
        elif word.name:
            common = lexeme.common or lexeme.folded in lexemes.words.synonyms
            anchors[word.thing] = COMMON_ANCHOR if common else ANCHOR
    return anchors


def _told(words: Sequence[Word]) -> dict[int, float]:
    told: dict[int, float] = {}
    for word in words:
        if word.weight > told.get(word.thing, 0.0):
            told[word.thing] = word.weight
    return told
