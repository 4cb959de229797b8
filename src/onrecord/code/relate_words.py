"""Tell what words alone say of an act: frames they head, what is done to what."""

from collections.abc import Iterator

from onrecord.code.relate_sight import Sight
from onrecord.lexicon.frames import FrameLexicon, Kind
from onrecord.lexicon.relations import Relations
from onrecord.model.annotation import Token
from onrecord.model.event import EventType
from onrecord.model.tree import dependents

KINDS: tuple[Kind, ...] = ("verb", "noun", "adjective")
OBJECT_KEYS = frozenset({"obj", "nmod", "obl", "xcomp", "ccomp", "acl", "compound"})


def loose_shares(word: Token, frames: FrameLexicon) -> dict[EventType, float]:
    """Return by type what frames a word heads, whether or not their needs are met."""
    found: dict[EventType, float] = {}
    for kind in KINDS:
        for form in frames.forms(kind, word.lemma, word.text):
            event_type = form.frame.event_type
            found[event_type] = max(found.get(event_type, 0.0), form.precision)
    total = sum(found.values())
    return {t: v * v / total for t, v in found.items()}


def pair_shares(
    sight: Sight, token: int, relations: Relations
) -> dict[EventType, float]:
    """Return what a head and its objects make together, by type."""
    heads = relations.heads.get(sight.sentence.tokens[token].lemma.lower(), ())
    found: dict[EventType, float] = {}
    if not heads:
        return found
    for thing in _objects(sight, token):
        lemma = sight.sentence.tokens[thing].lemma.lower()
        for name in relations.objects.get(lemma, ()):
            for head in heads:
                for pair in relations.pairs.get((head, name), ()):
                    kind = pair.event_type
                    found[kind] = max(found.get(kind, 0.0), pair.share)
    return found


def _objects(sight: Sight, token: int) -> Iterator[int]:
    """Yield the words that say what is done: objects, complements, their compounds."""
    for key, tokens in sight.arguments.get(token, {}).items():
        if key.partition(":")[0] in OBJECT_KEYS:
            for thing in tokens:
                yield thing
                yield from dependents(sight.sentence, thing, "compound", "obj")
