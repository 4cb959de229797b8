"""Decide which place a name means."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from onrecord.lexicon.gazetteer import PlaceEntry, PlaceKind
from onrecord.lexicon.placewords import PlaceWords
from onrecord.model.annotation import Nominal, Sentence
from onrecord.understand.place_names import Candidate

# How likely a kind is meant, on the scale of the tenth power of inhabitants. A state
# outranks towns of its name below three million; other units rank below a large town.
PRIORS: Mapping[PlaceKind, float] = {
    PlaceKind.COUNTRY: 9.0,
    PlaceKind.CONTINENT: 8.0,
    PlaceKind.SUPRAREGION: 7.8,
    PlaceKind.WATER: 7.5,
    PlaceKind.DISPUTED: 8.8,
    PlaceKind.REGION: 7.0,
    PlaceKind.SITE: 7.0,
    PlaceKind.STATE: 6.5,
    PlaceKind.ADMIN1: 4.9,
    PlaceKind.ADMIN2: 4.6,
}
CAPITAL = 1.0
ALTERNATE = -1.5  # a name that is not the place's own
HOME = 2.5  # all other places of the report lie in the same country
NEIGHBOUR = 1.0  # another place of the same first-level unit is named, and as much
# again when all are
LISTED = 1.5  # the names beside it in a list are states
NAMED_KIND = 3.0  # "the Donetsk region", "the city of Donetsk"
CLEAR_LEAD = 1.0  # a choice this far ahead tells where the report plays
LISTED_KINDS = frozenset({PlaceKind.COUNTRY, PlaceKind.STATE})
LIST_MARKS = frozenset({",", "and", "or", "&"})
CONTAINERS = ((",",), ("(",), ("in",), (",", "in"), (",", "the"), ("in", "the"))
INSIDE = (("in",), (",", "in"), ("in", "the"))
SMALL_TOWN = 100_000  # inhabitants below which "in Iraq" disowns a town elsewhere
UNITS = frozenset({PlaceKind.STATE, PlaceKind.ADMIN1, PlaceKind.ADMIN2})


class Choice(msgspec.Struct, frozen=True):
    """The entry chosen for a candidate; `by_context` when others would have led."""

    candidate: Candidate
    entry: PlaceEntry
    by_context: bool


_Ranked = list[tuple[float, PlaceEntry]]


class _Setting(msgspec.Struct, frozen=True):
    """Where a report plays: countries and their units, by number of mentions."""

    countries: Counter[str]
    inner: Counter[str]  # countries of which towns or units are named
    units: Counter[tuple[str, str]]


def choose(
    text: str,
    candidates: Sequence[Candidate],
    sentences: Sequence[Sentence],
    nominals: Sequence[Nominal],
    words: PlaceWords,
) -> tuple[Choice, ...]:
    """Return one choice for each candidate, in order.

    Names that are clear by themselves are settled first; they tell where the report
    plays, and that settles the rest. A small town that is said to lie in another
    country ("Babylon in Iraq") is not the place meant, and has no choice.
    """
    candidates = _without_towns_elsewhere(candidates, sentences)
    narrowed = _narrow_by_container(candidates, sentences, text)
    hints = [_named_kind(c, sentences, words) for c in narrowed]
    alone = [
        _rank(c, hint, None, listed=False)
        for c, hint in zip(narrowed, hints, strict=True)
    ]
    setting = _setting(alone, nominals)
    choices = []
    for at, candidate in enumerate(narrowed):
        listed = _is_among_states(narrowed, alone, at, sentences)
        entry = _rank(candidate, hints[at], setting, listed=listed)[0][1]
        first = _rank(candidates[at], hints[at], None, listed=False)[0][1]
        choices.append(Choice(candidate, entry, entry != first))
    return tuple(choices)


def _is_among_states(
    candidates: Sequence[Candidate],
    alone: Sequence[_Ranked],
    at: int,
    sentences: Sequence[Sentence],
) -> bool:
    """Tell whether a name next to this one in a list is a state."""
    here = candidates[at]
    tokens = sentences[here.sentence].tokens
    for other in (at - 1, at + 1):
        if not 0 <= other < len(candidates):
            continue
        there = candidates[other]
        if there.sentence != here.sentence:
            continue
        left, right = (there, here) if other < at else (here, there)
        between = {t.text.lower() for t in tokens[left.last : right.first]}
        is_list = between and between <= LIST_MARKS
        if is_list and alone[other][0][1].kind is PlaceKind.STATE:
            return True
    return False


def _narrow_by_container(
    candidates: Sequence[Candidate], sentences: Sequence[Sentence], text: str
) -> list[Candidate]:
    """Keep what lies in the place named behind a comma ("Tripoli, Lebanon").

    A name so settled means the same in the rest of the report.
    """
    narrowed = list(candidates)
    settled: dict[str, tuple[PlaceEntry, ...]] = {}
    for at in range(len(narrowed) - 2, -1, -1):
        inner, outer = narrowed[at], narrowed[at + 1]
        name = inner.span.of(text)
        if name == outer.span.of(text) or not _may_lie_in(inner, outer, sentences):
            continue
        inside = _containable(inner.entries)
        pairs = [(e, o) for e in inside for o in outer.entries if _lies_in(e, o)]
        if pairs:
            narrowed[at] = _keep(inner, [e for e, _ in pairs])
            narrowed[at + 1] = _keep(outer, [o for _, o in pairs])
            settled[name] = narrowed[at].entries
    return [_keep(c, settled.get(c.span.of(text), c.entries)) for c in narrowed]


def _without_towns_elsewhere(
    candidates: Sequence[Candidate], sentences: Sequence[Sentence]
) -> list[Candidate]:
    """Leave out the names whose every meaning is a small town outside what holds it."""
    kept = []
    for at, inner in enumerate(candidates):
        outer = candidates[at + 1] if at + 1 < len(candidates) else None
        if outer is None or not _is_elsewhere(inner, outer, sentences):
            kept.append(inner)
    return kept


def _is_elsewhere(
    inner: Candidate, outer: Candidate, sentences: Sequence[Sentence]
) -> bool:
    if inner.sentence != outer.sentence:
        return False
    if _between(inner, outer, sentences) not in INSIDE:
        return False
    countries = {e.country for e in outer.entries}
    return all(e.kind is PlaceKind.COUNTRY for e in outer.entries) and all(
        e.kind is PlaceKind.TOWN
        and e.population < SMALL_TOWN
        and e.country not in countries
        for e in inner.entries
    )


def _between(
    inner: Candidate, outer: Candidate, sentences: Sequence[Sentence]
) -> tuple[str, ...]:
    tokens = sentences[inner.sentence].tokens
    return tuple(t.text.lower() for t in tokens[inner.last : outer.first])


def _may_lie_in(
    inner: Candidate, outer: Candidate, sentences: Sequence[Sentence]
) -> bool:
    """Tell whether `outer` follows `inner` as the place it lies in does."""
    if inner.sentence != outer.sentence:
        return False
    return _between(inner, outer, sentences) in CONTAINERS


def _containable(entries: tuple[PlaceEntry, ...]) -> tuple[PlaceEntry, ...]:
    """Return the entries that a place named behind a comma may hold.

    Countries and states follow each other in lists ("Niger, Nigeria"), so a name that
    can be one lies in nothing, unless it is a capital as well ("Washington, D.C.").
    """
    if any(e.kind in LISTED_KINDS for e in entries):
        return tuple(e for e in entries if e.capital)
    return entries


def _keep(candidate: Candidate, entries: Sequence[PlaceEntry]) -> Candidate:
    """Return the candidate with only those of its entries; with all if none is."""
    kept = tuple(e for e in candidate.entries if e in entries)
    if not kept or len(kept) == len(candidate.entries):
        return candidate
    return msgspec.structs.replace(candidate, entries=kept)


def _lies_in(entry: PlaceEntry, outer: PlaceEntry) -> bool:
    if outer.country is None or entry.country != outer.country:
        return False
    if outer.kind is PlaceKind.COUNTRY:
        return entry.kind is not PlaceKind.COUNTRY
    if outer.kind is PlaceKind.TOWN or entry.kind is PlaceKind.COUNTRY:
        return False
    return outer.unit is None or (
        entry.unit == outer.unit and entry.entry_id != outer.entry_id
    )


def _rank(
    candidate: Candidate,
    hint: str | None,
    setting: _Setting | None,
    *,
    listed: bool,
) -> _Ranked:
    """Return the entries with their scores, the best first; ties as listed."""
    rivals = any(e.kind is PlaceKind.COUNTRY for e in candidate.entries)
    scored = [
        (
            _prior(e)
            + _kind_bonus(e, hint)
            + (LISTED if listed and e.kind is PlaceKind.STATE else 0.0)
            + _setting_bonus(e, setting, rivals_country=rivals),
            e,
        )
        for e in candidate.entries
    ]
    return sorted(scored, key=lambda pair: -pair[0])


def _prior(entry: PlaceEntry) -> float:
    if entry.kind is not PlaceKind.TOWN:
        return PRIORS[entry.kind]
    prior = math.log10(entry.population + 1)
    prior += CAPITAL if entry.capital else 0.0
    return prior + (ALTERNATE if entry.alternate else 0.0)


def _named_kind(
    candidate: Candidate, sentences: Sequence[Sentence], words: PlaceWords
) -> str | None:
    """Return "unit" or "town" when a noun beside the name says which it is."""
    tokens = sentences[candidate.sentence].tokens
    after = tokens[candidate.last].text if candidate.last < len(tokens) else ""
    before = [t.text.lower() for t in tokens[: candidate.first]]
    noun = after.lower()
    if before[-1:] == ["of"]:
        noun = noun if noun in words.unit_nouns else "".join(before[-2:-1])
        if noun in words.unit_nouns and after.lower() != noun:
            return "unit" if noun in words.units_of else None
    if noun in words.unit_nouns:
        return "unit"
    return "town" if noun in words.town_nouns else None


def _kind_bonus(entry: PlaceEntry, hint: str | None) -> float:
    if hint is None:
        return 0.0
    is_town = entry.kind is PlaceKind.TOWN
    wanted = is_town if hint == "town" else entry.kind in UNITS
    return NAMED_KIND if wanted else 0.0


def _setting_bonus(
    entry: PlaceEntry, setting: _Setting | None, *, rivals_country: bool
) -> float:
    if setting is None or entry.country is None:
        return 0.0
    # The United States beside a "Georgia" does not make it the state; its towns do.
    is_unit = entry.kind is not PlaceKind.COUNTRY
    counted = setting.inner if rivals_country and is_unit else setting.countries
    total = sum(counted.values())
    bonus = HOME * counted[entry.country] / total if total else 0.0
    named = setting.units[(entry.country, entry.unit or "")]
    if named:
        bonus += NEIGHBOUR * (1 + named / setting.units.total())
    return bonus


def _setting(alone: Sequence[_Ranked], nominals: Sequence[Nominal]) -> _Setting:
    """Return where the report plays by the names that are clear by themselves."""
    countries: Counter[str] = Counter()
    inner: Counter[str] = Counter()
    units: Counter[tuple[str, str]] = Counter()
    for ranked in alone:
        likely = [e for score, e in ranked if ranked[0][0] - score < CLEAR_LEAD]
        entry = likely[0]
        if entry.country is None or any(e.country != entry.country for e in likely):
            continue
        countries[entry.country] += 1
        if entry.kind is not PlaceKind.COUNTRY:
            inner[entry.country] += 1
        if entry.unit and all(e.unit == entry.unit for e in likely):
            units[(entry.country, entry.unit)] += 1
    for nominal in nominals:
        if nominal.country and not nominal.pronoun:
            countries[nominal.country] += 1
    return _Setting(countries, inner, units)
