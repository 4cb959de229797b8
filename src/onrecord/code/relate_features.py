"""Name what speaks for each word's calling up each type of act between two parties.

A feature is a name and a value; `code/relate.py` weighs them by the table that
`python -m training.relations` fits. Where the parties stand is told by `relate_places`,
what the words alone say by `relate_words`.
"""

import math
from collections.abc import Collection, Iterator, Mapping

from onrecord.code.factuality import find_status_words
from onrecord.code.relate_places import (
    both_places,
    find_order,
    find_place,
    find_slots,
    steps_between,
)
from onrecord.code.relate_sight import Sight
from onrecord.code.relate_words import loose_shares, pair_shares
from onrecord.lexicon.cues import Cues
from onrecord.lexicon.frames import FrameLexicon
from onrecord.lexicon.relations import Relations
from onrecord.model.event import EventType
from onrecord.model.tree import ancestors, dependents, governor

Valued = dict[str, float]
TYPES = tuple(EventType)
LEAST = 0.002  # a chance below it counts as this
LEAST_ACT = 0.3  # the reader's chance from which a word counts as an act
MAX_ABOVE = 4  # words above one that are told apart
MAX_CLIMB = 3  # words above one that are asked for another act
GRADES = (0.9, 0.6, 0.3, 0.1, 0.03)


def word_features(sight: Sight, token: int, *, cues: Cues) -> Valued:
    """Return what speaks for a word, whatever the type."""
    sentence = sight.sentence
    word = sentence.tokens[token]
    score = sight.scores.get(token)
    chance = 1 - score.type_scores[0] if score else 0.0
    actor = find_place(sight, token, sight.actor)
    recipient = find_place(sight, token, sight.recipient)
    found: Valued = {
        "chance": _logit(chance),
        f"chance {_grade(chance)}": 1.0,
        f"upos {word.upos}": 1.0,
        f"rel {word.deprel.partition(':')[0]}": 1.0,
        f"actor {actor}": 1.0,
        f"recipient {recipient}": 1.0,
        f"places {both_places(actor, recipient)}": 1.0,
        f"clauses above {_clauses_above(sight, token, cues)}": 1.0,
        f"order {find_order(sight, token)}": 1.0,
        f"above {_acts_above(sight, token)}": 1.0,
        f"frames {min(len(sight.matches.get(token, ())), 1)}": 1.0,
    }
    if token in sight.path:
        found["on path"] = 1.0
        found[f"path {steps_between(sight, token)}"] = 1.0
    elif governor(sentence, token) in sight.path:
        found[f"under path {word.deprel.partition(':')[0]}"] = 1.0
    if token in sight.actor:
        found["inside actor"] = 1.0
    if token in sight.recipient:
        found["inside recipient"] = 1.0
    if score is not None:
        found["happened"] = score.factuality_scores[0]
        found["actor link"] = _best(score.actors, sight.actor)
        found["recipient link"] = _best(score.recipients, sight.recipient)
        found["both links"] = min(found["actor link"], found["recipient link"])
        found["actor as recipient"] = _best(score.recipients, sight.actor)
        found["recipient as actor"] = _best(score.actors, sight.recipient)
    for status in find_status_words(sentence, token, cues):
        found[f"status {status.cue.status}"] = 1.0
    for match in sight.matches.get(token, ()):
        slots = find_slots(sight, match.actors, match.recipients)
        found[f"slots {slots}"] = 1.0
    for governing in _governing(sight, token):
        found[f"asked by {governing}"] = 1.0
        found["asked"] = 1.0
    return {name: value for name, value in found.items() if value}


def type_features(
    sight: Sight,
    token: int,
    *,
    frames: FrameLexicon,
    relations: Relations,
    cues: Cues,
) -> dict[EventType, Valued]:
    """Return what speaks for each type at a word."""
    sentence = sight.sentence
    score = sight.scores.get(token)
    chance = 1 - score.type_scores[0] if score else 0.0
    word = sentence.tokens[token]
    lemma = word.lemma.lower()
    loose = loose_shares(word, frames)
    pairs = pair_shares(sight, token, relations)
    heads = relations.heads.get(lemma, ())
    places = both_places(
        find_place(sight, token, sight.actor), find_place(sight, token, sight.recipient)
    )
    statuses = dict.fromkeys(
        w.cue.status for w in find_status_words(sentence, token, cues)
    )
    around = dict(_neighbours(sight, token))
    found: dict[EventType, Valued] = {}
    for at, event_type in enumerate(TYPES, 1):
        own: Valued = {f"is {event_type}": 1.0}
        if score is not None:
            share = score.type_scores[at] / max(chance, LEAST)
            own["share"] = math.log(max(share, LEAST))
            own["sure share"] = own["share"] * chance
            own[f"share {_grade(share)}"] = 1.0
        own["loose"] = loose.get(event_type, 0.0)
        own["pair"] = pairs.get(event_type, 0.0)
        own["other pair"] = max(
            (v for t, v in pairs.items() if t is not event_type), default=0.0
        )
        own[f"word {lemma}, {event_type}"] = 1.0
        for head in heads:
            own[f"head {head}, {event_type}"] = 1.0
        for status in statuses:
            own[f"{status}, {event_type}"] = 1.0
        for where, other in around.items():
            own[f"{where} {other}, {event_type}"] = 1.0
            if other is event_type:
                own[f"{where} same"] = 1.0
        own[f"{places}, {event_type}"] = 1.0
        own |= _frame_features(sight, token, event_type)
        found[event_type] = {n: v for n, v in own.items() if v}
    return found


def _frame_features(sight: Sight, token: int, event_type: EventType) -> Valued:
    found: Valued = {}
    for match in sight.matches.get(token, ()):
        precision = match.score
        if match.frame.event_type == event_type:
            found["frame"] = max(found.get("frame", 0.0), precision)
            found["its frame"] = 1.0
            if len(match.form.split()) + len(match.frame.needs) > 1:
                found["special frame"] = 1.0
            slots = find_slots(sight, match.actors, match.recipients)
            found[f"slots {slots}, {event_type}"] = 1.0
        else:
            found["other frame"] = max(found.get("other frame", 0.0), precision)
    return found


def _acts_above(sight: Sight, token: int) -> str:
    """Return how many likely acts govern a word that are nearer to the parties."""
    above = [t for t in ancestors(sight.sentence, token) if _is_act(sight, t)]
    on_path = [t for t in above if t in sight.path]
    return f"{min(len(above), 2)} {min(len(on_path), 2)}"


def _clauses_above(sight: Sight, token: int, cues: Cues) -> str:
    """Return how many words other than those of reporting stand above one."""
    tokens = sight.sentence.tokens
    above = [
        t
        for t in ancestors(sight.sentence, token)
        if tokens[t].lemma.lower() not in cues.verbs
    ]
    return str(min(len(above), MAX_ABOVE))


def _governing(sight: Sight, token: int) -> Iterator[EventType]:
    """Yield the types of the acts that demand, threaten or deny what a word tells."""
    for matches in sight.matches.values():
        for match in matches:
            if match.frame.complement is not None and token in match.complement:
                yield match.frame.event_type


def _is_act(sight: Sight, token: int) -> bool:
    score = sight.scores.get(token)
    return token in sight.matches or (
        score is not None and 1 - score.type_scores[0] >= LEAST_ACT
    )


def _neighbours(sight: Sight, token: int) -> Iterator[tuple[str, EventType]]:
    """Yield the likely types of the acts just above and below a word."""
    for above in ancestors(sight.sentence, token)[:MAX_CLIMB]:
        if _is_act(sight, above):
            yield "under", _likely_type(sight, above)
            break
    below = [
        t
        for child in dependents(sight.sentence, token)
        for t in (
            child,
            *dependents(sight.sentence, child, "xcomp", "ccomp", "obj", "nmod", "acl"),
        )
        if _is_act(sight, t)
    ]
    if below:
        yield "over", _likely_type(sight, below[0])


def _likely_type(sight: Sight, token: int) -> EventType:
    """Return the type that reader and frames together favour at a word."""
    score = sight.scores.get(token)
    weights: Mapping[EventType, float] = (
        dict(zip(TYPES, score.type_scores[1:], strict=True)) if score else {}
    )
    sums = {t: weights.get(t, 0.0) for t in TYPES}
    for match in sight.matches.get(token, ()):
        sums[match.frame.event_type] += match.score
    return max(TYPES, key=lambda t: (sums[t], -TYPES.index(t)))


def _best(links: tuple[tuple[int, float], ...], party: Collection[int]) -> float:
    return max((score for token, score in links if token in party), default=0.0)


def _logit(chance: float) -> float:
    bounded = min(max(chance, LEAST), 1 - LEAST)
    return math.log(bounded / (1 - bounded))


def _grade(chance: float) -> str:
    for edge in GRADES:
        if chance >= edge:
            return f"{edge}+"
    return "low"
