"""How likely two reports tell of one happening: a log-linear model of what they share.

Its weights (`data/happenings`) are fitted by `python -m training.happenings` on pairs
of mentions in the two halves of annotated reports.
"""

import math
from collections.abc import Iterable, Sequence

from onrecord.lexicon.choices import Weights
from onrecord.model.happening import Profile

Features = tuple[str, ...]

COUNTS = (1, 2, 3, 4, 6, 8)


def chance(first: Profile, second: Profile, weights: Weights) -> float:
    """Return how likely both tell of one happening, whatever their status."""
    score = sum(weights.get(f, 0.0) for f in pair_features(first, second))
    return 1 / (1 + math.exp(-score))


def conflict(first: Profile, second: Profile) -> bool:
    """Tell whether what they say rules out that they tell of one happening."""
    return (
        first.status is not second.status
        or _times(first, second) == "others"
        or _places(first, second) == "others"
    )


def pair_features(first: Profile, second: Profile) -> Features:
    """Return the features of a pair, the same in either order."""
    same = first.event_type == second.event_type
    return (
        "any",
        f"type {first.event_type}" if same else "type differs",
        f"status {first.status}" if first.status is second.status else "status differs",
        f"triggers {_share(first.triggers, second.triggers)}",
        f"rules {_sets(first.rules, second.rules)}",
        f"modes {_sets(first.modes, second.modes)}",
        f"actors {_parties(*_actors(first), *_actors(second))}",
        f"recipients {_parties(*_recipients(first), *_recipients(second))}",
        f"crossed {_crossed(first, second)}",
        f"times {_times(first, second)}",
        f"days {_days_apart(first, second)}",
        f"places {_places(first, second)}",
        f"numbers {_numbers(first, second)}",
        f"names {_common(first.names, second.names, most=4)}",
        f"words {_common(first.words, second.words, most=5)}",
        f"topic {_count(first.topic, second.topic)}",
    )


def _actors(profile: Profile) -> tuple[Sequence[str], Sequence[str]]:
    return profile.actors, profile.actor_countries


def _recipients(profile: Profile) -> tuple[Sequence[str], Sequence[str]]:
    return profile.recipients, profile.recipient_countries


def _share(first: Sequence[int], second: Sequence[int]) -> str:
    if not first or not second:
        return "none"
    common = len(set(first).intersection(second))
    if not common:
        return "others"
    return "same" if common == min(len(first), len(second)) else "some"


def _parties(
    ids: Sequence[str],
    countries: Sequence[str],
    other_ids: Sequence[str],
    other_countries: Sequence[str],
) -> str:
    if not (ids or countries) or not (other_ids or other_countries):
        neither = not (ids or countries or other_ids or other_countries)
        return "none" if neither else "one side"
    if _meet(ids, other_ids):
        return "same"
    if _meet(countries, other_countries):
        return "of one country"
    return "others" if countries and other_countries else "unclear"


def _crossed(first: Profile, second: Profile) -> bool:
    """Tell whether who acts in one is acted upon in the other."""
    return not _meet(first.actors, second.actors) and (
        _meet(first.actors, second.recipients) or _meet(first.recipients, second.actors)
    )


def _meet(first: Iterable[str], second: Iterable[str]) -> bool:
    return not set(first).isdisjoint(second)


def _times(first: Profile, second: Profile) -> str:
    if first.start is None or second.start is None:
        neither = first.start is None and second.start is None
        return "none" if neither else _reported(first, second)
    assert first.end is not None
    assert second.end is not None
    if (first.start, first.end) == (second.start, second.end):
        return "same day" if first.start == first.end else "same"
    if first.start <= second.end and second.start <= first.end:
        return "meet"
    apart = max(first.start - second.end, second.start - first.end)
    return "next" if apart == 1 else "others"


def _reported(first: Profile, second: Profile) -> str:
    """Tell whether one's time fits the day on which the other was reported."""
    said, other = (first, second) if first.start is not None else (second, first)
    assert said.start is not None
    assert said.end is not None
    if other.date is None:
        return "one side"
    return "one side, fits" if said.start <= other.date <= said.end + 1 else "one side"


def _days_apart(first: Profile, second: Profile) -> str:
    if first.date is None or second.date is None:
        return "unknown"
    apart = abs(first.date - second.date)
    return str(apart) if apart < 3 else "3+"


def _places(first: Profile, second: Profile) -> str:
    if not first.places or not second.places:
        neither = not first.places and not second.places
        return "none" if neither else "one side"
    if _meet(first.places, second.places):
        return "same"
    if _meet(first.place_countries, second.place_countries):
        return "of one country"
    return "others"


def _common(first: Sequence[int], second: Sequence[int], *, most: int) -> str:
    if not first or not second:
        return "none"
    return str(min(len(set(first).intersection(second)), most))


def _count(first: Sequence[int], second: Sequence[int]) -> str:
    """Return the range that the number of shared names falls in."""
    common = len(set(first).intersection(second))
    return str(sum(common >= edge for edge in COUNTS))


def _numbers(first: Profile, second: Profile) -> str:
    if not first.numbers or not second.numbers:
        return "none" if not first.numbers and not second.numbers else "one side"
    if set(first.numbers) & set(second.numbers):
        return "same"
    counted = {of for of, _ in first.numbers} & {of for of, _ in second.numbers} - {""}
    return "other value" if counted else "others"


def _sets(first: Sequence[str], second: Sequence[str]) -> str:
    if not first or not second:
        return "none" if not first and not second else "one side"
    return "same" if _meet(first, second) else "others"
