"""Tellings of many reports into happenings, whatever the order of the reports.

Each telling follows the earlier one of another report that fits best, if any fits well
enough; that rests on pairs alone, so a new report can only change tellings that share a
key with its own. A telling belongs to the happening of the one it follows, unless what
it says conflicts with the telling that the happening begins with.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.collapse.same import chance, conflict
from onrecord.lexicon.choices import Weights
from onrecord.lexicon.files import DATA
from onrecord.model.happening import Profile, Status, Telling, make_happening_id

PROFILE_VERSION = 1  # of what profiles hold
ENOUGH = 0.5  # chance that two tell of one happening
COMPARED = 48  # tellings compared with one: those that share most keys
LATER = 10**9  # than any day: reports whose day nobody knows come last
WEIGHTS = DATA / "happenings" / "weights.tsv"

Rank = tuple[int, str]
Best = tuple[str | None, float | None]


def rank_of(profile: Profile) -> Rank:
    """Return what orders tellings: the day of the report, then the id."""
    return LATER if profile.date is None else profile.date, profile.telling_id


class Neighbours:
    """Profiles by the keys they share."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self.profiles = {profile.telling_id: profile for profile in profiles}
        self._by_key: dict[int, list[Profile]] = {}
        for profile in self.profiles.values():
            for key in profile.keys:
                self._by_key.setdefault(key, []).append(profile)

    def of(self, profile: Profile) -> Iterator[Profile]:
        """Yield the tellings of other reports that may tell of the same happening."""
        shared = Counter(
            other.telling_id
            for key in profile.keys
            for other in self._by_key.get(key, ())
            if other.doc_id != profile.doc_id
        )
        order = sorted(shared, key=lambda other: (-shared[other], other))
        for telling_id in order:
            yield self.profiles[telling_id]


def choose(
    profile: Profile, neighbours: Neighbours, weights: Weights
) -> tuple[Best, str | None]:
    """Return the telling that one follows, with the chance, and that it denies."""
    rank = rank_of(profile)
    others = list(neighbours.of(profile))
    earlier = (
        other
        for other in others
        if other.status is profile.status and rank_of(other) < rank
    )
    best = _best(profile, earlier, weights)
    if profile.status is not Status.NOT_SO:
        return best, None
    asserted = (other for other in others if other.status is not Status.NOT_SO)
    return best, _best(profile, asserted, weights)[0]


def _best(profile: Profile, others: Iterable[Profile], weights: Weights) -> Best:
    compared: list[tuple[float, Rank, Profile]] = []
    for _, other in zip(range(COMPARED), others, strict=False):
        likely = chance(other, profile, weights)
        if likely >= ENOUGH:
            compared.append((-likely, rank_of(other), other))
    if not compared:
        return None, None
    likely, _, best = min(compared, key=lambda item: item[:2])
    return best.telling_id, round(-likely, 4)


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
    neighbours = Neighbours(profiles)
    chosen = {p.telling_id: choose(p, neighbours, weights) for p in profiles}
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
