"""How likely two reports tell of one happening: a log-linear model of what they share.

Its weights (`data/happenings`) are fitted by `python -m training.happenings` on stories
that two reports each tell.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

import msgspec

from onrecord.lexicon.choices import Weights
from onrecord.model.happening import Profile, Status

Features = tuple[tuple[str, float], ...]  # only those that hold, with how much

SAID = ("same day", "meet")  # of two times, what speaks for one happening
LITTLE = 1  # names that reports of two stories may share


class Said(Protocol):
    """What rules out that two tell of one happening; a profile has it."""

    @property
    def status(self) -> Status: ...

    @property
    def start(self) -> int | None: ...

    @property
    def end(self) -> int | None: ...

    @property
    def places(self) -> tuple[str, ...]: ...

    @property
    def place_countries(self) -> tuple[str, ...]: ...


class Side(msgspec.Struct, frozen=True, gc=False):
    """A profile laid out to be compared many times.

    `words` and `meanings` have their rarities, `total` is that of all words.
    """

    profile: Profile
    words: Mapping[int, float]
    total: float
    parties: frozenset[int]
    meanings: Mapping[str, float]
    topic: frozenset[int]


def lay_out(profile: Profile) -> Side:
    """Return a profile as one side of pairs."""
    return Side(
        profile=profile,
        words=dict(zip(profile.things, profile.thing_rarities, strict=True)),
        total=math.fsum(profile.thing_rarities),
        parties=frozenset(profile.parties),
        meanings=dict(zip(profile.meanings, profile.meaning_rarities, strict=True)),
        topic=frozenset(profile.topic),
    )


def chance(first: Side, second: Side, weights: Weights) -> float:
    """Return how likely both tell of one happening, whatever their status."""
    features = pair_features(first, second)
    score = math.fsum(weights.get(name, 0.0) * value for name, value in features)
    return 1 / (1 + math.exp(-score))


def conflict(first: Said, second: Said) -> bool:
    """Tell whether what they say rules out that they tell of one happening."""
    return first.status is not second.status or apart(first, second)


def apart(first: Said, second: Said) -> bool:
    """Tell whether they say other days, or other countries."""
    return "others" in (_times(first, second), _places(first, second))


def pair_features(first: Side, second: Side) -> Features:
    """Return the features of a pair, the same in either order."""
    one, two = first.profile, second.profile
    words, party = _common_words(first, second)
    found = [("any", 1.0), ("words", words), ("party words", party)]
    if meaning := _rarest_meaning(first, second):
        found.append(("meaning same", meaning))
    elif first.meanings and second.meanings:
        found.append(("meaning others", 1.0))
    found += ((name, 1.0) for name in _facts(one, two))
    if len(first.topic & second.topic) <= LITTLE:
        found.append(("topic others", 1.0))
    return tuple(found)


def _common_words(first: Side, second: Side) -> tuple[float, float]:
    """Return the share of words in common, and the rarest of them that names a party.

    Words count by how rare they are among what their report tells.
    """
    common = first.words.keys() & second.words.keys()
    both = {w: first.words[w] + second.words[w] for w in common}
    total = first.total + second.total
    parties = (both[w] for w in common if w in first.parties or w in second.parties)
    share = math.fsum(both.values()) / total if total else 0.0
    return share, max(parties, default=0.0) / 2


def _rarest_meaning(first: Side, second: Side) -> float:
    """Return how rare the rarest meaning of both is; 0 where they share none."""
    common = first.meanings.keys() & second.meanings.keys()
    rarities = (first.meanings[one] + second.meanings[one] for one in common)
    return max(rarities, default=0.0) / 2


def _facts(first: Profile, second: Profile) -> Iterator[str]:
    if first.event_type == second.event_type:
        yield "type same"
    if first.modes and second.modes:
        yield "mode same" if _meet(first.modes, second.modes) else "mode others"
    if first.actor_countries and second.actor_countries:
        meet = _meet(first.actor_countries, second.actor_countries)
        yield "actor of one country" if meet else "actor of another country"
    if _meet(first.recipients, second.recipients):
        yield "recipient same"
    times = _times(first, second)
    if times in SAID:
        yield f"times {times}"


def _meet(first: Collection[str], second: Collection[str]) -> bool:
    return any(one in second for one in first)


def _times(first: Said, second: Said) -> str:
    if first.start is None or second.start is None:
        return "unsaid"
    assert first.end is not None
    assert second.end is not None
    if (first.start, first.end) == (second.start, second.end):
        return "same day" if first.start == first.end else "meet"
    if first.start <= second.end and second.start <= first.end:
        return "meet"
    apart = max(first.start - second.end, second.start - first.end)
    return "next" if apart == 1 else "others"


def _places(first: Said, second: Said) -> str:
    if not first.places or not second.places:
        return "unsaid"
    if _meet(first.places, second.places):
        return "same"
    meet = _meet(first.place_countries, second.place_countries)
    return "of one country" if meet else "others"
