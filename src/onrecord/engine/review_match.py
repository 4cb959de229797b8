"""Which event of today a correction is about: by its words, then by its meaning."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from onrecord.model.correction import Anchor, normal

Row = dict[str, Any]


class Candidate(msgspec.Struct, frozen=True):
    """An event of today, with what a correction of it would be bound to."""

    row: Row
    anchor: Anchor


class Missing(msgspec.Struct, frozen=True):
    """Why no event is meant for sure; `gone`: none has these words."""

    why: str
    gone: bool


Fits = Callable[[Anchor, Anchor], bool]


def match(anchor: Anchor, candidates: Sequence[Candidate]) -> Candidate | Missing:
    """Return the event that a correction is bound to.

    The same trigger words in the same sentence come first, then in a sentence that
    holds the other, then trigger words that share one, of the same type. Where several
    fit, place and meaning decide; where they fit alike none is taken.
    """
    for fits in (_same_words, _same_trigger, _trigger_shares):
        found = [one for one in candidates if fits(anchor, one.anchor)]
        if found:
            break
    else:
        return Missing("no event has these words now", gone=True)
    for agrees in (_same_place, _same_type, _same_parties):
        some = [one for one in found if agrees(anchor, one.anchor)]
        found = some or found
    if len(found) > 1:
        ids = ", ".join(sorted(one.anchor.event_id for one in found))
        return Missing(f"fits several events equally well: {ids}", gone=False)
    return found[0]


def _same_words(one: Anchor, other: Anchor) -> bool:
    return (
        normal(one.trigger) == normal(other.trigger)
        and one.occurrence == other.occurrence
        and normal(one.sentence) == normal(other.sentence)
    )


def _same_trigger(one: Anchor, other: Anchor) -> bool:
    return normal(one.trigger) == normal(other.trigger) and _holds(one, other)


def _trigger_shares(one: Anchor, other: Anchor) -> bool:
    left, right = set(normal(one.trigger).split()), set(normal(other.trigger).split())
    return (
        one.event_type == other.event_type
        and (left <= right or right <= left)
        and _holds(one, other)
    )


def _holds(one: Anchor, other: Anchor) -> bool:
    """Tell whether a sentence is the other, or has it within: datelines come and go."""
    left, right = normal(one.sentence), normal(other.sentence)
    return left in right or right in left


def _same_place(one: Anchor, other: Anchor) -> bool:
    return one.sentence_occurrence == other.sentence_occurrence


def _same_type(one: Anchor, other: Anchor) -> bool:
    return one.event_type == other.event_type


def _same_parties(one: Anchor, other: Anchor) -> bool:
    return _parties(one) == _parties(other)


def _parties(anchor: Anchor) -> tuple[frozenset[str], frozenset[str]]:
    actors, recipients = anchor.actors, anchor.recipients
    return frozenset(map(normal, actors)), frozenset(map(normal, recipients))
