"""Tellings of many reports into happenings, whatever the order of the reports.

Each telling follows the earlier one of another report that fits best, if one fits well
enough and nothing else in its own report fits that better. This rests on pairs alone,
so a new report can only change tellings that share a key with its own. A telling
belongs to the happening of the one it follows, unless what it says conflicts with the
telling that the happening begins with.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from onrecord.collapse.same import Said, Side, apart, chance, conflict, lay_out
from onrecord.lexicon.choices import Weights
from onrecord.lexicon.files import DATA
from onrecord.model.happening import Profile, Status, Telling, make_happening_id

PROFILE_VERSION = 2  # of what profiles hold
ENOUGH = 0.6  # chance that two tell of one happening; see docs/quality.md
WINDOW = 100  # tellings with a key of one, on each side of it in rank
COMPARED = 48  # tellings compared with one: those that share most keys
LATER = 10**9  # than any day: reports whose day nobody knows come last
SIDES_KEPT = 4_096  # laid out; of profiles that come near each other most are shared
PAIRS_KEPT = 20_000
WEIGHTS = DATA / "happenings" / "weights.tsv"

Rank = tuple[int, str]
Best = tuple[str | None, float | None]
Siblings = Callable[[Profile], Iterable[Profile]]


def rank_of(profile: Profile) -> Rank:
    """Return what orders tellings: the day of the report, then the id."""
    return LATER if profile.date is None else profile.date, profile.telling_id


class Chances:
    """How likely two tell of one happening; the latest answers are kept.

    `siblings` gives all that the report of a telling tells.
    """

    def __init__(self, weights: Weights, siblings: Siblings) -> None:
        self._weights = weights
        self._siblings = siblings
        self._sides: dict[str, Side] = {}
        self._chances: dict[tuple[str, str], float] = {}

    def chance(self, first: Profile, second: Profile) -> float:
        """Return how likely two tell of one happening."""
        if first.telling_id > second.telling_id:
            first, second = second, first
        pair = (first.telling_id, second.telling_id)
        known = self._chances.get(pair)
        if known is None:
            if len(self._chances) >= PAIRS_KEPT:
                self._chances.clear()
            sides = self._side(first), self._side(second)
            known = self._chances[pair] = chance(*sides, self._weights)
        return known

    def tells_best(self, profile: Profile, other: Profile) -> bool:
        """Tell whether nothing else in the report of `profile` fits `other` better.

        What tells of other days or places does not fit it.
        """
        own = (-self.chance(profile, other), profile.telling_id)
        return all(
            own <= (-self.chance(sibling, other), sibling.telling_id)
            for sibling in self._siblings(profile)
            if sibling.status is profile.status and not apart(sibling, other)
        )

    def _side(self, profile: Profile) -> Side:
        known = self._sides.pop(profile.telling_id, None) or lay_out(profile)
        if len(self._sides) >= SIDES_KEPT:
            del self._sides[next(iter(self._sides))]  # the one not asked for longest
        self._sides[profile.telling_id] = known
        return known


class Neighbours:
    """Profiles by the keys they share."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self.profiles = {profile.telling_id: profile for profile in profiles}
        self._by_key: dict[int, list[tuple[Rank, Profile]]] = {}
        self._by_report: dict[str, list[Profile]] = {}
        for profile in self.profiles.values():
            self._by_report.setdefault(profile.doc_id, []).append(profile)
            for key in profile.keys:
                entry = (rank_of(profile), profile)
                self._by_key.setdefault(key, []).append(entry)
        for entries in self._by_key.values():
            entries.sort(key=_rank)

    def of(self, profile: Profile) -> Iterator[Profile]:
        """Yield what other reports tell and may be the same, the likeliest first.

        Of those that share a key the nearest in rank are looked at, before and after.
        """
        rank = rank_of(profile)
        shared = Counter(
            other.telling_id
            for key in profile.keys
            for _, other in _nearest(self._by_key.get(key, []), rank)
            if other.doc_id != profile.doc_id
        )
        for telling_id in sorted(shared, key=lambda other: (-shared[other], other)):
            yield self.profiles[telling_id]

    def siblings_of(self, profile: Profile) -> Sequence[Profile]:
        """Return all that the report of a telling tells, itself too."""
        return self._by_report[profile.doc_id]


def _rank(entry: tuple[Rank, Profile]) -> Rank:
    return entry[0]


def _nearest(
    entries: list[tuple[Rank, Profile]], rank: Rank
) -> list[tuple[Rank, Profile]]:
    at = bisect_left(entries, rank, key=_rank)
    return entries[max(0, at - WINDOW) : at + WINDOW + 1]


def choose(
    profile: Profile, others: Iterable[Profile], chances: Chances
) -> tuple[Best, str | None]:
    """Return the telling that one follows, with the chance, and that it denies.

    `others` are its neighbours, the likeliest first.
    """
    rank = rank_of(profile)
    others = list(others)
    earlier = (
        other
        for other in others
        if rank_of(other) < rank and not conflict(profile, other)
    )
    best = _best(profile, earlier, chances)
    if profile.status is not Status.NOT_SO:
        return best, None
    asserted = (other for other in others if is_denied(profile, other))
    return best, _best(profile, asserted, chances)[0]


def is_denied(denial: Said, other: Said) -> bool:
    """Tell whether a telling that something is not so may be against another."""
    return other.status is not Status.NOT_SO and not apart(denial, other)


def _best(profile: Profile, others: Iterable[Profile], chances: Chances) -> Best:
    likely: list[tuple[float, Rank, Profile]] = []
    for other in islice(others, COMPARED):
        likeliness = chances.chance(profile, other)
        if likeliness >= ENOUGH:
            likely.append((-likeliness, rank_of(other), other))
    for likeliness, _, other in sorted(likely, key=lambda item: item[:2]):
        if chances.tells_best(profile, other):
            return other.telling_id, round(-likeliness, 4)
    return None, None


def assemble(
    follows: Iterable[int | None], told: Callable[[int], Said]
) -> Sequence[int]:
    """Return the first telling of the happening that each telling belongs to.

    Tellings are numbers in the order of their ranks.
    """
    firsts = array("q")
    for number, before in enumerate(follows):
        first = number if before is None else firsts[before]
        if first != number and conflict(told(first), told(number)):
            first = number
        firsts.append(first)
    return firsts


def collapse_tellings(
    profiles: Sequence[Profile], weights: Weights
) -> tuple[Telling, ...]:
    """Return the place of every telling, in the order of their ranks."""
    neighbours = Neighbours(profiles)
    chances = Chances(weights, neighbours.siblings_of)
    ranked = sorted(profiles, key=rank_of)
    chosen = [choose(p, neighbours.of(p), chances) for p in ranked]
    numbers = {profile.telling_id: number for number, profile in enumerate(ranked)}
    firsts = assemble(
        [None if best[0] is None else numbers[best[0]] for best, _ in chosen],
        ranked.__getitem__,
    )
    return tuple(
        Telling(
            telling_id=profile.telling_id,
            doc_id=profile.doc_id,
            happening_id=make_happening_id(ranked[first].telling_id),
            follows=best[0],
            chance=best[1],
            against=against,
        )
        for profile, first, (best, against) in zip(ranked, firsts, chosen, strict=True)
    )
