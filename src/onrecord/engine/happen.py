"""Fourth step of a run: what the reports tell is gathered into happenings.

Each part does what the tables say is left, so a run that was killed goes on. A row of
`happenings` is dropped in the commit that changes what belongs to it, and made anew
last.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import msgspec

from onrecord.collapse import (
    PROFILE_VERSION,
    WEIGHTS,
    Lexemes,
    Neighbours,
    assemble,
    choose,
    load_story_words,
    make_happening,
    make_profiles,
)
from onrecord.collapse.happenings import COMPARED, ENOUGH, WINDOW
from onrecord.lexicon.choices import Weights, read_weights
from onrecord.model.happening import Happening, Profile, Telling, make_happening_id
from onrecord.model.ids import content_id
from onrecord.store.head import OpenRun
from onrecord.store.lookup import (
    events_of_happenings,
    links_among,
    missing_happenings,
    related_tellings,
    stale_happenings,
    unlike_tellings,
    unplaced_profiles,
    unprofiled_events,
)
from onrecord.store.record import Record, Removal

ROWS_A_BATCH = 20_000
REPORTS_A_BATCH = 4_000
PLACED_AT_ONCE = 10_000  # bounds what is in memory: tellings and their neighbours
HAPPENINGS_A_BATCH = 5_000

Row = dict[str, Any]


def settle_happenings(record: Record, run: OpenRun) -> OpenRun:
    """Gather what was coded since into happenings.

    Where reports were coded anew, or places are chosen in another way than before, all
    are chosen anew: what a telling follows rests on all that may be the same.
    """
    _take_profiles(record, run)
    weights = read_weights(WEIGHTS)
    version = _version(weights)
    unlike = unlike_tellings(record, version=version)
    run = forget_places(record, run, unlike=unlike)
    while _place(record, run, weights, version):
        pass
    _fill(record, run)
    return run


def forget_places(record: Record, run: OpenRun, *, unlike: bool = False) -> OpenRun:
    """Take all places away where the run coded reports anew, or they are `unlike`."""
    if not run.unsettled and not unlike:
        return run
    run = msgspec.structs.replace(run, unsettled=False)
    gone = [Removal(table, "doc_id", None) for table in ("tellings", "happenings")]
    record.commit(run=run, remove=gone)
    return run


def _version(weights: Weights) -> str:
    """Return what tells one way of choosing places from another."""
    parts = (f"{feature} {weight!r}" for feature, weight in sorted(weights.items()))
    return content_id("way", PROFILE_VERSION, str(ENOUGH), WINDOW, COMPARED, *parts)


def _take_profiles(record: Record, run: OpenRun) -> None:
    lexemes = Lexemes(load_story_words())
    by_report = groupby(
        unprofiled_events(record, version=PROFILE_VERSION), key=itemgetter("doc_id")
    )
    while some := [list(rows) for _, rows in islice(by_report, REPORTS_A_BATCH)]:
        old: tuple[Removal, ...] = ()
        if run.number > 1:
            ids = tuple(rows[0]["doc_id"] for rows in some)
            old = (Removal("profiles", "doc_id", ids),)
        rows = [
            _profile_row(profile)
            for events in some
            for profile in make_profiles(
                events, date=events[0]["date"], lexemes=lexemes
            )
        ]
        record.commit(run=run, remove=old, add={"profiles": rows})


def _place(record: Record, run: OpenRun, weights: Weights, version: str) -> bool:
    """Choose what some tellings follow, and their happenings; say if any was left."""
    rows = list(unplaced_profiles(record, most=PLACED_AT_ONCE))
    if not any(row["chosen"] for row in rows):
        return False
    neighbours = Neighbours((_profile_of(row) for row in rows), weights)
    follows: dict[str, str | None] = {}
    before: dict[str, Telling] = {}
    now: dict[str, tuple[str | None, float | None, str | None]] = {}
    for row in rows:
        telling_id = row["telling_id"]
        if row["placed"]:
            before[telling_id] = _telling_of(row)
        if row["chosen"]:
            profile = neighbours.profiles[telling_id]
            (best, chance), against = choose(profile, neighbours)
            now[telling_id] = (best, chance, against)
    moved = {
        telling_id
        for telling_id, (best, _, _) in now.items()
        if telling_id not in before or before[telling_id].follows != best
    }
    follows = {t: best for t, (best, _, _) in now.items() if t in moved}
    profiles = dict(neighbours.profiles)
    for telling in _related(record, moved, follows, profiles):
        before.setdefault(telling.telling_id, telling)
        follows.setdefault(telling.telling_id, telling.follows)
    firsts = assemble(follows, profiles)
    _write(record, run, firsts, profiles, before, now, version)
    return True


def _related(
    record: Record,
    moved: Iterable[str],
    follows: Mapping[str, str | None],
    profiles: dict[str, Profile],
) -> Iterator[Telling]:
    """Yield the tellings whose happening may change with what moved ones follow.

    Their profiles are put into `profiles`.
    """
    seen: set[str] = set()
    happenings: set[str] = set()
    asked = {*moved, *(f for f in follows.values() if f is not None)}
    ask_of: set[str] = set()
    while asked or ask_of:
        found = list(related_tellings(record, asked, ask_of))
        happenings |= ask_of
        seen |= asked
        asked, ask_of = set(), set()
        for row in found:
            telling = _telling_of(row)
            yield telling
            profiles.setdefault(telling.telling_id, _profile_of(row))
            if telling.telling_id not in seen:
                asked.add(telling.telling_id)
            if telling.follows is not None and telling.follows not in seen:
                asked.add(telling.follows)
            if telling.happening_id not in happenings:
                ask_of.add(telling.happening_id)


def _write(
    record: Record,
    run: OpenRun,
    firsts: Mapping[str, str],
    profiles: Mapping[str, Profile],
    before: Mapping[str, Telling],
    now: Mapping[str, tuple[str | None, float | None, str | None]],
    version: str,
) -> None:
    """Write the places that are new or other; those that were placed come first."""
    changed: list[Telling] = []
    for telling_id in {**firsts, **now}:
        old = before.get(telling_id)
        if telling_id in now:
            best, chance, against = now[telling_id]
        else:
            assert old is not None  # what is not chosen anew has a place
            best, chance, against = old.follows, old.chance, old.against
        first = firsts.get(telling_id)
        if first is not None:
            happening_id = make_happening_id(first)
        else:
            assert old is not None  # what is new is among the firsts
            happening_id = old.happening_id
        telling = Telling(
            telling_id=telling_id,
            doc_id=profiles[telling_id].doc_id,
            happening_id=happening_id,
            follows=best,
            chance=chance,
            against=against,
        )
        if telling != old:
            changed.append(telling)
    changed.sort(key=lambda one: (one.telling_id not in before, one.telling_id))
    for start in range(0, len(changed), ROWS_A_BATCH):
        some = changed[start : start + ROWS_A_BATCH]
        old_rows = [before[t.telling_id] for t in some if t.telling_id in before]
        touched = {t.happening_id for t in (*some, *old_rows)}
        record.commit(
            run=run,
            remove=(
                Removal("tellings", "telling_id", _ids(old_rows)),
                Removal("happenings", "happening_id", tuple(sorted(touched))),
            ),
            add={
                "tellings": [
                    {**msgspec.structs.asdict(one), "version": version} for one in some
                ]
            },
        )


def _ids(tellings: Iterable[Telling]) -> tuple[str, ...]:
    return tuple(one.telling_id for one in tellings)


def _fill(record: Record, run: OpenRun) -> None:
    """Write the rows of happenings that are missing or no longer true."""
    stale = stale_happenings(record)
    if stale:
        gone = (Removal("happenings", "happening_id", stale),)
        record.commit(run=run, remove=gone)
    missing = missing_happenings(record)
    for start in range(0, len(missing), HAPPENINGS_A_BATCH):
        some = missing[start : start + HAPPENINGS_A_BATCH]
        told = [
            list(group)
            for _, group in groupby(
                events_of_happenings(record, some), key=itemgetter("happening_id")
            )
        ]
        links = _links(record, told)
        rows = [_happening_row(make_happening(rows, links)) for rows in told]
        record.commit(run=run, add={"happenings": rows})


def _links(
    record: Record, told: Sequence[Sequence[Mapping[str, Any]]]
) -> list[tuple[str, str]]:
    """Return which of the reports of happenings with several depend on which."""
    several = {
        row["doc_id"]
        for rows in told
        if len({row["doc_id"] for row in rows}) > 1
        for row in rows
    }
    return list(links_among(record, several)) if several else []


def _profile_row(profile: Profile) -> Row:
    row: Row = msgspec.to_builtins(profile)
    numbers = [{"of": of, "value": value} for of, value in profile.numbers]
    return {**row, "numbers": numbers, "version": PROFILE_VERSION}


def _profile_of(row: Mapping[str, Any]) -> Profile:
    numbers = [(number["of"], number["value"]) for number in row["numbers"]]
    return msgspec.convert({**row, "numbers": numbers}, Profile)


def _telling_of(row: Mapping[str, Any]) -> Telling:
    return msgspec.convert(row, Telling)


def _happening_row(happening: Happening) -> Row:
    row: Row = msgspec.to_builtins(happening, builtin_types=(dt.date,))
    return row
