"""Fourth step of a run: what the reports tell is gathered into happenings.

Each part does what the tables say is left, so a run that was killed goes on. A row of
`happenings` is dropped in the commit that changes what belongs to it, and made anew
last.
"""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

import msgspec

from onrecord.collapse import (
    PROFILE_VERSION,
    WEIGHTS,
    Lexemes,
    load_story_words,
    make_happening,
    make_profiles,
)
from onrecord.collapse.happenings import COMPARED, ENOUGH, WINDOW
from onrecord.engine.place import place_tellings
from onrecord.lexicon.choices import Weights, read_weights
from onrecord.model.happening import Happening, Profile
from onrecord.model.ids import content_id
from onrecord.store.head import OpenRun
from onrecord.store.lookup import (
    events_of_happenings,
    links_told,
    missing_happenings,
    stale_happenings,
    unlike_tellings,
    unprofiled_events,
)
from onrecord.store.record import Record, Removal

PROFILES_A_BATCH = 4_000
HAPPENINGS_A_BATCH = 5_000

Row = dict[str, Any]
Going = TypeVar("Going", OpenRun, None)


def settle_happenings(record: Record, run: Going) -> Going:
    """Gather what was coded or corrected since into happenings.

    Where reports were coded anew, or places are chosen in another way than before, all
    are chosen anew: what a telling follows rests on all that may be the same. Between
    runs (`run` is None) that is left to the next one.
    """
    _take_profiles(record, run)
    weights = read_weights(WEIGHTS)
    version = _version(weights)
    if run is not None:
        unlike = unlike_tellings(record, version=version)
        run = forget_places(record, run, unlike=unlike)
    while place_tellings(record, run, weights, version):
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


def _take_profiles(record: Record, run: OpenRun | None) -> None:
    lexemes = Lexemes(load_story_words())
    by_report = groupby(
        unprofiled_events(record, version=PROFILE_VERSION), key=itemgetter("doc_id")
    )
    made: list[Row] = []
    reports: list[str] = []
    for doc_id, rows in by_report:
        events = list(rows)
        reports.append(doc_id)
        found = make_profiles(events, date=events[0]["date"], lexemes=lexemes)
        made += map(_profile_row, found)
        if len(made) >= PROFILES_A_BATCH:
            _write_profiles(record, run, reports, made)
            made, reports = [], []
    if reports:
        _write_profiles(record, run, reports, made)


def _write_profiles(
    record: Record, run: OpenRun | None, reports: Iterable[str], made: Iterable[Row]
) -> None:
    old: tuple[Removal, ...] = ()
    if run is None or run.number > 1:
        old = (Removal("profiles", "doc_id", tuple(reports)),)
    record.commit(run=run, remove=old, add={"profiles": made})


def _fill(record: Record, run: OpenRun | None) -> None:
    """Write the rows of happenings that are missing or no longer true."""
    stale = stale_happenings(record)
    if stale:
        gone = (Removal("happenings", "happening_id", stale),)
        record.commit(run=run, remove=gone)
    missing = missing_happenings(record)
    for start in range(0, len(missing), HAPPENINGS_A_BATCH):
        some = missing[start : start + HAPPENINGS_A_BATCH]
        links: dict[str, list[tuple[str, str]]] = {}
        for happening_id, link in links_told(record, some):
            links.setdefault(happening_id, []).append(link)
        told = groupby(
            events_of_happenings(record, some), key=itemgetter("happening_id")
        )
        rows = (
            _happening_row(make_happening(list(events), links.get(happening_id, ())))
            for happening_id, events in told
        )
        record.commit(run=run, add={"happenings": rows})


def _profile_row(profile: Profile) -> Row:
    row: Row = msgspec.to_builtins(profile)
    numbers = [{"of": of, "value": value} for of, value in profile.numbers]
    return {**row, "numbers": numbers, "version": PROFILE_VERSION}


def _happening_row(happening: Happening) -> Row:
    row: Row = msgspec.to_builtins(happening, builtin_types=(dt.date,))
    return row
