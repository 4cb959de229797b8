"""Tellings of many reports into happenings, whatever the order of the reports.

Each telling follows the earlier one of another report that fits best, if one fits well
enough and nothing else in its own report fits that better. This rests on pairs alone,
so a new report can only change tellings that share a key with its own. A telling
belongs to the happening of the one it follows, unless what it says conflicts with the
telling that the happening begins with.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from onrecord.collapse.same import Side, apart, chance, conflict, lay_out
from onrecord.lexicon.choices import Weights
from onrecord.lexicon.files import DATA
from onrecord.model.happening import Profile, Status, Telling, make_happening_id

PROFILE_VERSION = 2  # of what profiles hold
ENOUGH = 0.8  # chance that two tell of one happening; see docs/quality.md
WINDOW = 100  # tellings with a key of one, on each side of it in rank
COMPARED = 48  # tellings compared with one: those that share most keys
LATER = 10**9  # than any day: reports whose day nobody knows come last
WEIGHTS = DATA / "happenings" / "weights.tsv"

Rank = tuple[int, str]
Best = tuple[str | None, float | None]


def rank_of(profile: Profile) -> Rank:
    """Return what orders tellings: the day of the report, then the id."""
    return LATER if profile.date is None else profile.date, profile.telling_id


class Neighbours:
    """Profiles by the keys they share, and how likely two tell of one happening."""

    def __init__(self, profiles: Iterable[Profile], weights: Weights) -> None:
        self.profiles = {profile.telling_id: profile for profile in profiles}
        self._sides: dict[str, Side] = {}
        self._weights = weights
        self._chances: dict[tuple[str, str], float] = {}
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

    def chance(self, first: Profile, second: Profile) -> float:
        """Return how likely two tell of one happening."""
        pair = (first.telling_id, second.telling_id)
        if pair[0] > pair[1]:
            pair = (pair[1], pair[0])
        known = self._chances.get(pair)
        if known is None:
            one, two = map(self._side, pair)
            known = self._chances[pair] = chance(one, two, self._weights)
        return known

    def _side(self, telling_id: str) -> Side:
        known = self._sides.get(telling_id)
        if known is None:
            known = self._sides[telling_id] = lay_out(self.profiles[telling_id])
        return known

    def tells_best(self, profile: Profile, other: Profile) -> bool:
        """Tell whether nothing else in the report of `profile` fits `other` better.

        What tells of other days or places does not fit it.
        """
        own = (-self.chance(profile, other), profile.telling_id)
        return all(
            own <= (-self.chance(sibling, other), sibling.telling_id)
            for sibling in self._by_report[profile.doc_id]
            if sibling.status is profile.status and not apart(sibling, other)
        )


def _rank(entry: tuple[Rank, Profile]) -> Rank:
    return entry[0]


def _nearest(
    entries: list[tuple[Rank, Profile]], rank: Rank
) -> list[tuple[Rank, Profile]]:
    at = bisect_left(entries, rank, key=_rank)
    return entries[max(0, at - WINDOW) : at + WINDOW + 1]


def choose(profile: Profile, neighbours: Neighbours) -> tuple[Best, str | None]:
    """Return the telling that one follows, with the chance, and that it denies."""
    rank = rank_of(profile)
    others = list(neighbours.of(profile))
    earlier = (
        other
        for other in others
        if rank_of(other) < rank and not conflict(profile, other)
    )
    best = _best(profile, earlier, neighbours)
    if profile.status is not Status.NOT_SO:
        return best, None
    asserted = (
        other
        for other in others
        if other.status is not Status.NOT_SO and not apart(profile, other)
    )
    return best, _best(profile, asserted, neighbours)[0]


def _best(profile: Profile, others: Iterable[Profile], neighbours: Neighbours) -> Best:
    likely: list[tuple[float, Rank, Profile]] = []
    for other in islice(others, COMPARED):
        likeliness = neighbours.chance(profile, other)
        if likeliness >= ENOUGH:
            likely.append((-likeliness, rank_of(other), other))
    for likeliness, _, other in sorted(likely, key=lambda item: item[:2]):
        if neighbours.tells_best(profile, other):
            return other.telling_id, round(-likeliness, 4)
    return None, None


def assemble(
    follows: Mapping[str, str | None], profiles: Mapping[str, Profile]
) -> dict[str, str]:
    """Return the first telling of the happening that each telling belongs to."""
    firsts: dict[str, str] = {}
    for telling_id in sorted(follows, key=lambda one: rank_of(profiles[one])):
        before = follows[telling_id]
        first = firsts.get(before, before) if before is not None else None
        if first is None or conflict(profiles[first], profiles[telling_id]):
            first = telling_id
        firsts[telling_id] = first
    return firsts


def collapse_tellings(
    profiles: Sequence[Profile], weights: Weights
) -> tuple[Telling, ...]:
    """Return the place of every telling, in the order of their ranks."""
    neighbours = Neighbours(profiles, weights)
    chosen = {p.telling_id: choose(p, neighbours) for p in profiles}
    firsts = assemble(
        {telling_id: best[0] for telling_id, (best, _) in chosen.items()},
        neighbours.profiles,
    )
    return tuple(
        Telling(
            telling_id=profile.telling_id,
            doc_id=profile.doc_id,
            happening_id=make_happening_id(firsts[profile.telling_id]),
            follows=chosen[profile.telling_id][0][0],
            chance=chosen[profile.telling_id][0][1],
            against=chosen[profile.telling_id][1],
        )
        for profile in sorted(profiles, key=rank_of)
    )
