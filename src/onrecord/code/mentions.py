"""Events as mentions in a report: what choices between them look at."""

import bisect
from collections.abc import Sequence

import msgspec

from onrecord.lexicon.choices import Choices
from onrecord.model.annotation import AnnotatedDocument, Place, Timex
from onrecord.model.event import Event
from onrecord.model.tree import dependents, governor, tokens_in


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """An event and where its trigger stands.

    `times` and `places` are those of its own clause, found before any choice.
    `determiner` is definite, indefinite or bare for nouns and "" for verbs.
    """

    event: Event
    sentence: int
    token: int
    lemma: str
    nominal: bool
    determiner: str
    own_time: Timex | None
    own_places: tuple[Place, ...]


def as_mentions(
    adoc: AnnotatedDocument, events: Sequence[Event], choices: Choices
) -> tuple[Mention, ...]:
    """Return the events with the words that call them up, in their order."""
    ends = [s.span.end for s in adoc.sentences]
    times = {t.span: t for t in adoc.times}
    mentions = []
    for event in events:
        number = bisect.bisect_right(ends, event.trigger.start)
        sentence = adoc.sentences[number]
        words = tokens_in(sentence, event.trigger)
        inside = set(words)
        token = next(w for w in words if governor(sentence, w) not in inside)
        word = sentence.tokens[token]
        nominal = word.upos in ("NOUN", "PROPN", "NUM", "ADJ")
        spans = event.when.spans if event.when else ()
        mentions.append(
            Mention(
                event=event,
                sentence=number,
                token=token,
                lemma=word.lemma.lower(),
                nominal=nominal,
                determiner=_determiner(adoc, number, token, choices) if nominal else "",
                own_time=times.get(spans[0]) if spans else None,
                own_places=event.where,
            )
        )
    return tuple(mentions)


def _determiner(
    adoc: AnnotatedDocument, number: int, token: int, choices: Choices
) -> str:
    sentence = adoc.sentences[number]
    for child in dependents(sentence, token, "det", "nmod:poss"):
        word = sentence.tokens[child].text.lower()
        if word in choices.definite or sentence.tokens[child].deprel == "nmod:poss":
            return "definite"
        if word in choices.indefinite:
            return "indefinite"
    return "bare"
