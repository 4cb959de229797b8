"""Which given event stands for which gold event, and when parties agree."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from onrecord.model.span import Span
from onrecord.score.shapes import Act, Who

Gold = TypeVar("Gold")
Given = TypeVar("Given")

SAME_TYPE, SAME_WORDS, SAME_ROLE, SAME_FACTUALITY = 4.0, 3.0, 1.0, 0.5

Pair = tuple[int, int]  # place among the gold ones, among the given ones


def overlap(one: Span | None, other: Span | None) -> bool:
    """Tell whether two spans are there and share a code point."""
    return one is not None and other is not None and one.overlaps(other)


def is_same_party(one: Who, other: Who) -> bool:
    """Tell whether two parties have one country, or a name of one holds the other's."""
    if one.country is not None and one.country == other.country:
        return True
    return any(a in b or b in a for a in one.names for b in other.names)


def are_same_parties(gold: Sequence[Who], given: Sequence[Who]) -> bool:
    """Tell whether every gold party is given and nobody else; nobody for nobody."""
    if not gold:
        return not given
    return all(any(is_same_party(g, p) for p in given) for g in gold) and all(
        any(is_same_party(g, p) for g in gold) for p in given
    )


def is_actor_right(gold: Act, given: Act) -> bool:
    """Tell whether the actors agree; see `is_role_right`."""
    return is_role_right(gold.actors, gold.implied_actors, given.actors)


def is_recipient_right(gold: Act, given: Act) -> bool:
    """Tell whether the recipients agree; see `is_role_right`."""
    return is_role_right(gold.recipients, gold.implied_recipients, given.recipients)


def is_role_right(
    gold: Sequence[Who] | None, implied: Sequence[Who], given: Sequence[Who] | None
) -> bool:
    """Tell whether a role has the gold parties and no other.

    Where the sentence names nobody, nobody and those whom the report implies are both
    right. A role that gold was not asked for is never right.
    """
    if gold is None or given is None:
        return False
    if are_same_parties(gold, given):
        return True
    return not gold and bool(implied) and are_same_parties(implied, given)


def match_words(gold: Sequence[Act], given: Sequence[Act]) -> tuple[Pair, ...]:
    """Return the events whose triggers overlap, whatever their types, one to one."""
    return match(gold, given, lambda g, p: overlap(g.trigger, p.trigger), closeness)


def match_types(gold: Sequence[Act], given: Sequence[Act]) -> tuple[Pair, ...]:
    """Return the events of one type that share words, or sentence and parties."""
    return match(gold, given, _is_typed_match, closeness)


def _is_typed_match(gold: Act, given: Act) -> bool:
    if gold.event_type != given.event_type:
        return False
    if overlap(gold.trigger, given.trigger):
        return True
    return (
        overlap(gold.sentence, given.sentence)
        and is_actor_right(gold, given)
        and is_recipient_right(gold, given)
    )


def closeness(gold: Act, given: Act) -> float:
    """Return how much two events have in common: type before words before parties."""
    return (
        SAME_TYPE * (gold.event_type == given.event_type)
        + SAME_WORDS * overlap(gold.trigger, given.trigger)
        + SAME_ROLE * is_actor_right(gold, given)
        + SAME_ROLE * is_recipient_right(gold, given)
        + SAME_FACTUALITY * (gold.factuality == given.factuality)
    )


def match(
    gold: Sequence[Gold],
    given: Sequence[Given],
    may_match: Callable[[Gold, Given], bool],
    weigh: Callable[[Gold, Given], float],
) -> tuple[Pair, ...]:
    """Return pairs, each side at most once: the closest first, then the earliest."""
    possible = [
        (-weigh(g, p), at, to)
        for at, g in enumerate(gold)
        for to, p in enumerate(given)
        if may_match(g, p)
    ]
    taken_gold: set[int] = set()
    taken_given: set[int] = set()
    pairs = []
    for _, at, to in sorted(possible):
        if at in taken_gold or to in taken_given:
            continue
        taken_gold.add(at)
        taken_given.add(to)
        pairs.append((at, to))
    return tuple(pairs)
