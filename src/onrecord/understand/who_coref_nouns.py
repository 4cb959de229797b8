"""Which earlier phrase a description goes back to: "the ministry", "the group".

As with pronouns every earlier phrase that can be meant is weighed, and that none is.
"""

from collections.abc import Iterator

from onrecord.model.annotation import NominalKind
from onrecord.model.tree import dependents
from onrecord.understand.who_coref import MAX_OPTIONS, SENTENCES_BACK, Option
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
SAME_NOUN = 4  # earlier phrases of the same noun, however far
LOOSE = frozenset({"kind", "any", "agent", "called"})


def options_of(phrase: Phrase, scene: Scene) -> tuple[Option, ...]:
    """Return which phrases a description may go back to, the nearest first."""
    found: list[Option] = []
    number = phrase.key[0]
    alike = 0
    owned = _fullness(phrase, scene) == "owned"
    for back in range(number, -1, -1):
        for other in reversed(scene.history[back]):
            how = _how(phrase, other)
            if how is None or (alike >= SAME_NOUN and how == "noun"):
                continue
            if owned and how in LOOSE:  # "its neighbour" is none that it names
                continue
            if how in {"kind", "any"} and back <= number - SENTENCES_BACK:
                continue
            if back == number and is_apart(phrase, other, scene):
                continue
            alike += how == "noun"
            features = _of_pair(phrase, other, how, scene, len(found))
            found.append(Option(other, tuple(features)))
        if len(found) >= MAX_OPTIONS:
            break
    hows = {option.features[0] for option in found}
    nobody = _of_none(phrase, hows, len(found), scene)
    found.append(Option(None, tuple(nobody)))
    return tuple(found)


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
    if other.named and there.name.lower().split()[-1] == phrase.noun:
        return "name"
    if there.role and phrase.noun in there.role.lower().split():
        return "role"
    if other.agent is not None and other.agent is phrase.agent:
        return "agent"
    if phrase.plural:
        return None
    if not other.named or there.kind is NominalKind.OTHER:
        return None
    if here.kind is NominalKind.OTHER:
        return "any"
    same = here.kind == there.kind or (here.kind in BODIES and there.kind in BODIES)
    return "kind" if same else None


def _of_pair(
    phrase: Phrase, other: Phrase, how: str, scene: Scene, between: int
) -> Iterator[str]:
    here, there = phrase.nominal, other.nominal
    back = min(phrase.key[0] - other.key[0], FAR)
    yield how
    yield f"{how} kind={here.kind}/{there.kind}"
    yield f"{how} back={back}"
    yield f"{how} between={rough(between)}"
    yield f"{how} {_fullness(phrase, scene)}"
    yield f"spoken of={min(scene.counts[there.entity_id], OFTEN)}"
    yield f"part={scene.stand(other).part}"
    if other.named:
        yield "named"
    if other.definite:
        yield "definite"
    if here.country and here.country == there.country:
        yield f"{how} same country"
    if how == "noun":
        words = _words(phrase, other, scene)
        yield f"noun words {words}"
        yield f"noun words {words} back={back}"
        yield f"noun kind={here.kind} words {words}"


def _words(phrase: Phrase, other: Phrase, scene: Scene) -> str:
    """Return how the other words of two phrases with one noun compare."""
    here, there = _content(phrase, scene), _content(other, scene)
    if here == there:
        return "same" if here else "none"
    if here <= there:
        return "fewer"
    return "more" if there <= here else "other"


def _content(phrase: Phrase, scene: Scene) -> set[str]:
    sentence = scene.sentences[phrase.key[0]]
    below = dependents(sentence, phrase.key[1], "amod", "compound", "nummod", "nmod")
    return {sentence.tokens[i].lemma.lower() for i in below}


def _fullness(phrase: Phrase, scene: Scene) -> str:
    """Return how much a description says of its own."""
    sentence = scene.sentences[phrase.key[0]]
    head = phrase.key[1]
    if dependents(sentence, head, "nmod:poss"):
        return "owned"
    if dependents(sentence, head, "nmod", "acl"):
        return "explained"
    return "modified" if _content(phrase, scene) else "bare"


def _of_none(
    phrase: Phrase, hows: set[str], options: int, scene: Scene
) -> Iterator[str]:
    fullness = _fullness(phrase, scene)
    yield "none"
    yield f"none {fullness}"
    yield f"none among={rough(options)}"
    if phrase.agent is not None:
        yield "none agent"
        yield f"none agent {fullness}"
    yield f"none kind={phrase.nominal.kind}"
    yield f"none kind={phrase.nominal.kind} {fullness}"
    for how in sorted(hows):
        yield f"none beside {how}"
    if phrase.plural:
        yield "none plural"
    sentence = scene.sentences[phrase.key[0]]
    for i in dependents(sentence, phrase.key[1], "det"):
        yield f"none {sentence.tokens[i].text.lower()}"
