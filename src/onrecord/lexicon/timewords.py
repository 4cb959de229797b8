"""The words that the grammar of times knows."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from onrecord.lexicon.files import DATA
from onrecord.lexicon.wordtables import WordTable, fill, read_word_table


class TimeWords(msgspec.Struct, frozen=True, kw_only=True):
    """Forms (lower case, no full stops) and their values, by role.

    `month`, `weekday` are 1-based; `unit` and `units` give D W M Y DE CE Q WE FN and
    TH TM TS. `part` and `part_noun` give START MID END, BEGIN FINISH, H1 H2, REST.
    `shift` and `offset` give R (counts from the report) or T (from the text's last
    time) and a sign. `deictic` gives days from the report. `bound` tells what a
    preposition makes of a time: FROM it on, UNTIL it, or WITHIN it. Roles named
    `*_guarded` hold words that are also something else, `*_cue` words around a time.
    `decade` gives the first three digits of its years; behind a word of `begun` a time
    lies in the past. `holiday` gives MM-DD, YYYY-MM-DD, or days from EASTER.
    `openers` are the first words of all that can begin a time.
    """

    month: Mapping[str, int]
    month_short: Mapping[str, int]
    month_guarded: WordTable
    weekday: Mapping[str, int]
    weekdays: Mapping[str, int]
    weekday_short: Mapping[str, int]
    unit: WordTable
    units: WordTable
    half_unit: WordTable
    season: WordTable
    decade: Mapping[str, int]
    begun: WordTable
    quarter_letter: WordTable
    in_time: WordTable
    running: WordTable
    running_behind: WordTable
    season_guarded: WordTable
    part: WordTable
    part_noun: WordTable
    within: WordTable
    daypart: WordTable
    clock: WordTable
    deictic: Mapping[str, int]
    deictic_night: Mapping[str, int]
    shift: WordTable
    offset: WordTable
    day_offset: Mapping[str, int]
    vague_count: WordTable
    set: WordTable
    every: Mapping[str, int]
    present: WordTable
    past: WordTable
    future: WordTable
    reference_guard: WordTable
    approx: WordTable
    the: WordTable
    indefinite: WordTable
    article: WordTable
    of: WordTable
    on: WordTable
    in_count: WordTable
    unit_skip: WordTable
    approx_date: WordTable
    slice: WordTable
    to: WordTable
    scheduled: WordTable
    scheduled_link: WordTable
    shift_definite: WordTable
    perfect: WordTable
    window_word: WordTable
    aged: WordTable
    long: WordTable
    offset_guarded: WordTable
    lone_day_before: WordTable
    joiner: WordTable
    between: WordTable
    year_before: WordTable
    count_before: WordTable
    count_after: WordTable
    era: WordTable
    meridiem: Mapping[str, int]
    zone: WordTable
    future_cue: WordTable
    plan_cue: WordTable
    past_cue: WordTable
    clause_edge: WordTable
    bound: WordTable
    holiday: WordTable
    age: WordTable
    openers: frozenset[str]


# Roles of words that stand beside a time and never begin one.
_BESIDE = frozenset(
    {
        "month_guarded",
        "season_guarded",
        "begun",
        "in_time",
        "running",
        "running_behind",
        "of",
        "on",
        "in_count",
        "to",
        "scheduled",
        "scheduled_link",
        "shift_definite",
        "perfect",
        "window_word",
        "long",
        "unit_skip",
        "offset",
        "offset_guarded",
        "lone_day_before",
        "day_offset",
        "joiner",
        "between",
        "article",
        "reference_guard",
        "year_before",
        "count_before",
        "count_after",
        "meridiem",
        "zone",
        "future_cue",
        "plan_cue",
        "past_cue",
        "clause_edge",
        "bound",
        "age",
    }
)


def load_timewords(path: Path | None = None) -> TimeWords:
    """Return the words of `data/times/words.tsv`, or of `path`."""
    path = path or DATA / "times" / "words.tsv"
    roles = tuple(f for f in TimeWords.__struct_fields__ if f != "openers")
    tables = read_word_table(path, roles)
    openers = frozenset(
        word
        for role, table in tables.items()
        if role not in _BESIDE
        for form in table
        for word in (form, form.split()[0], form.split("-")[0])
    )
    return fill(TimeWords, tables, openers, path)
