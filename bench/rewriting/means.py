"""The means of rewriting by name, in the order of the report."""

from collections.abc import Callable, Mapping
from random import Random

import msgspec

from bench.rewriting import light, negatives, reorder, roundtrip
from bench.rewriting.clauses import Trees, reorder_clauses
from bench.rewriting.draft import Draft, Piece, put
from bench.rewriting.spin import Spin, spin
from bench.rewriting.substitutions import Table


class Bench(msgspec.Struct, frozen=True):
    """What the means work with: tables of one half, trees, other reports."""

    synonyms: Table
    phrases: Table
    trees: Trees
    others: tuple[Draft, ...]


class Made(msgspec.Struct, frozen=True):
    """A copy, and the sources it holds beside its own."""

    draft: Draft
    also: tuple[str, ...] = ()


Rewriter = Callable[[Draft, Bench, Random], Made | None]


def _synonyms(draft: Draft, bench: Bench, rng: Random) -> Made:
    return Made(spin(draft, bench.synonyms, rng, Spin(rate=rng.uniform(0.5, 1.0))))


def _synonyms_all(draft: Draft, bench: Bench, rng: Random) -> Made:
    how = Spin(rate=1.0, names=True, quotations=rng.random() < 0.5)
    return Made(spin(draft, bench.synonyms, rng, how))


def _clauses(draft: Draft, bench: Bench, rng: Random) -> Made:
    return Made(reorder_clauses(draft, bench.trees, rng))


def _shuffle(draft: Draft, bench: Bench, rng: Random) -> Made:
    how = reorder.shuffle if rng.random() < 0.5 else reorder.move_paragraphs
    return Made(how(draft, rng))


def _shorten(draft: Draft, bench: Bench, rng: Random) -> Made:
    return Made(reorder.shorten(draft, rng, share=(0.3, 0.7)))


def _embed(draft: Draft, bench: Bench, rng: Random) -> Made:
    lines = rng.sample(negatives.read_lines("roundup.txt"), k=rng.randint(4, 9))
    around = put(draft, [[(Piece(line, changed=True),)] for line in lines])
    return Made(reorder.embed(draft, around, rng))


def _paste(draft: Draft, bench: Bench, rng: Random) -> Made:
    other = rng.choice([o for o in bench.others if o.source_id != draft.source_id])
    pair = [draft, other]
    rng.shuffle(pair)
    made = msgspec.structs.replace(reorder.paste(*pair), source_id=draft.source_id)
    return Made(made, also=(other.source_id,))


def _roundtrip(draft: Draft, bench: Bench, rng: Random) -> Made:
    draft = reorder_clauses(draft, bench.trees, rng)
    draft = roundtrip.rephrase_facts(draft, rng)
    draft = spin(draft, bench.phrases, rng, Spin(rate=0.7))
    return Made(spin(draft, bench.synonyms, rng, Spin(rate=0.35)))


def _transliterate(draft: Draft, bench: Bench, rng: Random) -> Made:
    draft = roundtrip.transliterate(draft, rng)
    draft = roundtrip.rephrase_facts(draft, rng)
    return Made(spin(draft, bench.synonyms, rng, Spin(rate=0.25)))


def _mixed(draft: Draft, bench: Bench, rng: Random) -> Made:
    draft = reorder_clauses(draft, bench.trees, rng)
    draft = spin(draft, bench.synonyms, rng, Spin(rate=0.8))
    draft = reorder.shorten(draft, rng, share=(0.5, 0.8))
    draft = reorder.move_paragraphs(draft, rng)
    return Made(light.furnish(draft, rng))


def _same_words(draft: Draft, bench: Bench, rng: Random) -> Made:
    return Made(light.normalise(draft, rng))


def _light(draft: Draft, bench: Bench, rng: Random) -> Made:
    return Made(light.edit_lightly(draft, rng))


def _number(draft: Draft, bench: Bench, rng: Random) -> Made | None:
    made = negatives.change_number(draft, rng)
    return None if made is None else Made(made)


def _negation(draft: Draft, bench: Bench, rng: Random) -> Made | None:
    made = negatives.change_negation(draft, rng)
    return None if made is None else Made(made)


def _update(draft: Draft, bench: Bench, rng: Random) -> Made | None:
    made = negatives.update(draft, rng)
    return None if made is None else Made(made)


COPIES: Mapping[str, Rewriter] = {
    "same_words": _same_words,
    "light": _light,
    "synonyms": _synonyms,
    "synonyms_all": _synonyms_all,
    "clauses": _clauses,
    "shuffle": _shuffle,
    "shorten": _shorten,
    "embed": _embed,
    "paste": _paste,
    "roundtrip": _roundtrip,
    "transliterate": _transliterate,
    "mixed": _mixed,
}
CHANGED: Mapping[str, Rewriter] = {
    "number": _number,
    "negation": _negation,
    "update": _update,
}
MEANS: Mapping[str, Rewriter] = {**COPIES, **CHANGED}
HAND = "by_hand"
APART = ("affair", "template", "boilerplate", "one_word")

_ACCEPTED: Mapping[str, tuple[str, ...]] = {
    "same_words": ("exact",),
    "light": ("near", "exact"),
    "shuffle": ("near", "rewritten"),
    "shorten": ("near", "rewritten"),
    "embed": ("near", "rewritten"),
    "paste": ("near", "rewritten"),
    "clauses": ("near", "rewritten"),
}


def accepted_relations(means: str, share_changed: float) -> tuple[str, ...]:
    """Return the relations that are right for a copy; () where it is none.

    A copy with less than an eighth of its words replaced may pass as near.
    """
    if means != HAND and means not in COPIES:
        return ()
    if means in _ACCEPTED:
        return _ACCEPTED[means]
    if means != HAND and share_changed < 1 / 8:
        return ("near", "rewritten")
    return ("rewritten",)
