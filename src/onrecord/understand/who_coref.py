"""Weigh whom a pronoun stands for: a log-linear choice among what stands before it.

Every phrase that number, kind, gender and clause allow has a weight, the sum of what
its features count; so has that it stands for nobody. Phrases of one entity add up, and
the likeliest entity is chosen when it is likely enough: what is open stays open.
"""

import math
from collections.abc import Callable, Mapping, Sequence

import msgspec

from onrecord.understand.who_coref_features import can_stand_for, of_nobody, of_pair
from onrecord.understand.who_coref_scene import Scene
from onrecord.understand.who_phrase import Phrase

SENTENCES_BACK = 6
MAX_OPTIONS = 20  # no sentence further back once there are so many
# Set by bench.quality.coreference and the parties of gold/train: what is less likely
# than this is wrong more often than right.
LEAST = dict.fromkeys(("man", "woman", "thing", "group"), 0.25) | {"description": 0.6}

NOBODY = 0.5  # from this share on it is nobody; below it the question is who

Weights = Mapping[str, Mapping[str, float]]


class Option(msgspec.Struct, frozen=True):
    """Whom a pronoun may stand for, None for nobody, and what speaks for it."""

    phrase: Phrase | None
    features: tuple[str, ...]


Choose = Callable[[Phrase, str, Sequence[Option]], Phrase | None]


def options_for(pronoun: Phrase, sort: str, scene: Scene) -> tuple[Option, ...]:
    """Return whom a pronoun may stand for, the nearest first, nobody last."""
    found: list[Option] = []
    number = pronoun.key[0]
    near = 0
    for back in range(number, max(-1, number - SENTENCES_BACK), -1):
        for other in reversed(scene.history[back]):
            if can_stand_for(pronoun, other, sort, scene):
                features = of_pair(pronoun, other, scene, len(found))
                found.append(Option(other, tuple(features)))
                near += back > number - 2
        if len(found) >= MAX_OPTIONS:
            break
    found.append(Option(None, tuple(of_nobody(pronoun, scene, near))))
    return tuple(found)


def chooser(weights: Weights) -> Choose:
    """Return what chooses the likeliest, when it is likely enough."""

    def choose(_: Phrase, sort: str, options: Sequence[Option]) -> Phrase | None:
        return likeliest(options, weights[sort], LEAST[sort])

    return choose


def likeliest(
    options: Sequence[Option], weights: Mapping[str, float], least: float
) -> Phrase | None:
    """Return the phrase of the likeliest entity, of its mentions the likeliest.

    First whether it is anybody, then who: `least` is a share of those who can be.
    """
    sums = [sum(weights.get(f, 0.0) for f in option.features) for option in options]
    top = max(sums)
    shares = [math.exp(s - top) for s in sums]
    total = sum(shares)
    by_entity: dict[str, float] = {}
    best: dict[str, tuple[float, Phrase]] = {}
    for option, share in zip(options, shares, strict=True):
        phrase = option.phrase
        if phrase is None:
            if share >= NOBODY * total:
                return None
            total -= share
            continue
        entity = phrase.nominal.entity_id
        by_entity[entity] = by_entity.get(entity, 0.0) + share
        if entity not in best or share > best[entity][0]:
            best[entity] = share, phrase
    if not by_entity:
        return None
    entity = max(by_entity, key=lambda e: by_entity[e])
    return best[entity][1] if by_entity[entity] >= least * total else None
