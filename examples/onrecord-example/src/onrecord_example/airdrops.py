"""A rule: supplies dropped from the air are AID."""

import functools
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from onrecord.code.plugged import event_at
from onrecord.lexicon.kit import Kit
from onrecord.model.annotation import AnnotatedDocument, Sentence
from onrecord.model.event import Event, EventType

OBJECT = "obj"


def find_airdrops(adoc: AnnotatedDocument, kit: Kit) -> Iterator[Event]:
    """Yield an event for each verb of dropping whose object is something that helps.

    The program finds the parties, the time, the place, whether it happened and on whose
    word, as for any event.
    """
    words = _load_words()
    for number, sentence in enumerate(adoc.sentences):
        for at, token in enumerate(sentence.tokens):
            if token.lemma in words["lemmas"] and _drops(
                sentence, at, words["objects"]
            ):
                yield event_at(
                    adoc,
                    kit,
                    sentence=number,
                    token=at,
                    event_type=EventType(words["event_type"]),
                )


def _drops(sentence: Sentence, verb: int, objects: list[str]) -> bool:
    return any(
        token.head == verb + 1 and token.deprel == OBJECT and token.lemma in objects
        for token in sentence.tokens
    )


@functools.cache
def _load_words() -> dict[str, list[str]]:
    raw = files("onrecord_example").joinpath("airdrops.toml").read_text("utf-8")
    return tomllib.loads(raw)
