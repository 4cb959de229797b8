"""Which earlier phrase a description goes back to: "the ministry", "the group".

As with pronouns every earlier phrase that can be meant is weighed, and that none is.
"""

from collections.abc import Iterator

import msgspec

from onrecord.model.annotation import NominalKind
from onrecord.model.tree import dependents
from onrecord.understand.who_coref import SENTENCES_BACK, Option
from onrecord.understand.who_coref_features import (
    BODIES,
    FAR,
    OFTEN,
    is_apart,
    rough,
)
from onrecord.understand.who_coref_scene import Scene
from onrecord.understand.who_phrase import Phrase

DESCRIPTION = "description"
CALLED = 8  # the latest phrases that the noun can call, however far
LOOSE = frozenset({"kind", "agent", "called"})  # not of what has an owner


class Words(msgspec.Struct, frozen=True):
    """What a description says besides its noun."""

    fullness: str
    content: frozenset[str]


def options_of(phrase: Phrase, scene: Scene) -> tuple[Option, ...]:
    """Return which phrases a description may go back to, the nearest first."""
    words = _words_of(phrase, scene)
    found: list[Option] = []
    hows: set[str] = set()
    for other in _candidates(phrase, words, scene):
        how = _how(phrase, other)
        if how is None or (words.fullness == "owned" and how in LOOSE):
            continue
        if other.key[0] == phrase.key[0] and is_apart(phrase, other, scene):
            continue
        features = _of_pair(phrase, other, how, words, scene, len(found))
        found.append(Option(other, tuple(features)))
        hows.add(how)
    nobody = _of_none(phrase, words, hows, len(found), scene)
    return (*found, Option(None, tuple(nobody)))


def _candidates(phrase: Phrase, words: Words, scene: Scene) -> list[Phrase]:
    """Return the phrases that the noun can call, and near ones of its kind."""
    number = phrase.key[0]
    found = {p.key: p for p in scene.called(phrase.noun)[-CALLED:]}
    if phrase.nominal.kind is not NominalKind.OTHER and words.fullness != "owned":
        for line in scene.history[max(0, number - SENTENCES_BACK + 1) : number + 1]:
            found.update((p.key, p) for p in line if p.named or p.agent)
    return [found[key] for key in sorted(found, reverse=True)]


def _how(phrase: Phrase, other: Phrase) -> str | None:
    """Return what lets a description go back to a phrase, None when nothing does."""
    here, there = phrase.nominal, other.nominal
    if other.pronoun or (here.country and there.country not in {None, here.country}):
        return None
    if phrase.plural != other.plural and not other.named:
        return None
    if other.noun == phrase.noun and not other.named:
        return "noun"
    if other.entry is not None and phrase.noun in other.entry.called:
        return "called"
    if other.named and there.name.lower().endswith(phrase.noun):
        return "name"
    if there.role and phrase.noun in there.role.lower().split():
        return "role"
    if other.agent is not None and other.agent is phrase.agent:
        return "agent"
    if phrase.plural or not other.named or here.kind is NominalKind.OTHER:
        return None
    same = here.kind == there.kind or (here.kind in BODIES and there.kind in BODIES)
    return "kind" if same else None


def _of_pair(
    phrase: Phrase, other: Phrase, how: str, words: Words, scene: Scene, between: int
) -> Iterator[str]:
    here, there = phrase.nominal, other.nominal
    back = min(phrase.key[0] - other.key[0], FAR)
    yield how
    yield f"{how} kind={here.kind}/{there.kind}"
    yield f"{how} back={back}"
    yield f"{how} between={rough(between)}"
    yield f"{how} {words.fullness}"
    yield f"spoken of={min(scene.counts[there.entity_id], OFTEN)}"
    yield f"part={scene.stand(other).part}"
    if other.named:
        yield "named"
    if other.definite:
        yield "definite"
    if here.country and here.country == there.country:
        yield f"{how} same country"
    if how == "noun":
        alike = _alike(words.content, _words_of(other, scene).content)
        yield f"noun words {alike}"
        yield f"noun words {alike} back={back}"
        yield f"noun kind={here.kind} words {alike}"


def _alike(here: frozenset[str], there: frozenset[str]) -> str:
    """Return how the other words of two phrases with one noun compare."""
    if here == there:
        return "same" if here else "none"
    if here <= there:
        return "fewer"
    return "more" if there <= here else "other"


def _words_of(phrase: Phrase, scene: Scene) -> Words:
    """Return how much a description says of its own, and in which words."""
    sentence = scene.sentences[phrase.key[0]]
    head = phrase.key[1]
    below = dependents(sentence, head, "amod", "compound", "nummod", "nmod")
    content = frozenset(sentence.tokens[i].lemma.lower() for i in below)
    if dependents(sentence, head, "nmod:poss"):
        return Words("owned", content)
    if dependents(sentence, head, "nmod", "acl"):
        return Words("explained", content)
    return Words("modified" if content else "bare", content)


def _of_none(
    phrase: Phrase, words: Words, hows: set[str], options: int, scene: Scene
) -> Iterator[str]:
    kind = phrase.nominal.kind
    yield "none"
    yield f"none {words.fullness}"
    yield f"none among={rough(options)}"
    if phrase.agent is not None:
        yield "none agent"
        yield f"none agent {words.fullness}"
    yield f"none kind={kind}"
    yield f"none kind={kind} {words.fullness}"
    for how in sorted(hows):
        yield f"none beside {how}"
    if phrase.plural:
        yield "none plural"
    sentence = scene.sentences[phrase.key[0]]
    for i in dependents(sentence, phrase.key[1], "det"):
        yield f"none {sentence.tokens[i].text.lower()}"
