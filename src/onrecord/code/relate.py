"""Say what one span of a text does to another: always one of the 16 types.

Each candidate word with each type is an option; an option's score is the weighted sum
of its features, a type's chance the sum over its words. See `relate_sight` for the
candidates, `relate_features` for the features, `data/relations` for the weights.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from onrecord.code.factuality import decide_factuality, find_status_words
from onrecord.code.relate_features import TYPES, Valued, type_features, word_features
from onrecord.code.relate_sight import Sight, look
from onrecord.lexicon.kit import Kit
from onrecord.lexicon.relations import Relations
from onrecord.model.annotation import Sentence
from onrecord.model.event import EventType, Factuality
from onrecord.model.relation import Pair, Relation
from onrecord.model.span import Span

SCORE_DIGITS = 4


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """A word of a sentence that may call up a type of act, and what speaks for it."""

    sight: Sight
    token: int
    event_type: EventType
    features: Valued

    @property
    def span(self) -> Span:
        """Return the word's range."""
        return self.sight.sentence.tokens[self.token].span


def relate(
    pair: Pair, sentences: Sequence[Sentence], *, kit: Kit, relations: Relations
) -> Relation:
    """Return the relation of a pair; `sentences` are those that its spans touch."""
    options = tuple(list_options(pair, sentences, kit=kit, relations=relations))
    weighed = [weigh(option.features, relations.weights) for option in options]
    highest = max(weighed)
    chances = dict.fromkeys(TYPES, 0.0)
    for option, value in zip(options, weighed, strict=True):
        chances[option.event_type] += math.exp(value - highest)
    best = max(TYPES, key=lambda t: (chances[t], -TYPES.index(t)))
    chosen = max(
        (at for at, option in enumerate(options) if option.event_type is best),
        key=lambda at: (weighed[at], -at),
    )
    return Relation(
        id=pair.id,
        event_type=best,
        quad=kit.ontology.event_types[best].quad,
        scores=_shares(chances),
        factuality=_factuality(options[chosen], kit),
        trigger=options[chosen].span,
    )


def list_options(
    pair: Pair, sentences: Sequence[Sentence], *, kit: Kit, relations: Relations
) -> Iterator[Option]:
    """Yield every candidate word with every type."""
    for sentence in sentences:
        sight = look(sentence, pair.actor, pair.recipient, kit.frames)
        for token in sight.candidates:
            shared = word_features(sight, token, cues=kit.cues)
            typed = type_features(
                sight, token, frames=kit.frames, relations=relations, cues=kit.cues
            )
            for event_type, own in typed.items():
                yield Option(
                    sight=sight,
                    token=token,
                    event_type=event_type,
                    features={**shared, **own},
                )


def weigh(features: Valued, weights: Mapping[str, float]) -> float:
    """Return the weighted sum of an option's features."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def _shares(chances: Mapping[EventType, float]) -> dict[EventType, float]:
    """Return the chances as shares of 1, rounded so that they still add up to it."""
    total = sum(chances.values())
    unit = 10**SCORE_DIGITS
    exact = {t: chance / total * unit for t, chance in chances.items()}
    whole = {t: math.floor(value) for t, value in exact.items()}
    short = unit - sum(whole.values())
    nearest = sorted(TYPES, key=lambda t: (whole[t] - exact[t], TYPES.index(t)))
    for event_type in nearest[:short]:
        whole[event_type] += 1
    return {t: whole[t] / unit for t in TYPES}


def _factuality(option: Option, kit: Kit) -> Factuality:
    """Return the factuality of the act at the chosen word, by the coder's own rules."""
    sight, token = option.sight, option.token
    sentence = sight.sentence
    score = sight.scores.get(token)
    governing = next(
        (
            match
            for found in sight.matches.values()
            for match in found
            if match.frame.complement is not None and token in match.complement
        ),
        None,
    )
    return decide_factuality(
        find_status_words(sentence, token, kit.cues),
        score.factuality_scores if score else (),
        trigger=option.span,
        on_word=False,
        complement=governing.frame.complement if governing else None,
        complement_span=governing.trigger if governing else None,
    ).value
