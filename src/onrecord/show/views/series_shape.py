"""The shape of a time series: a point for every step of time, and where it changes."""

import datetime as dt
from enum import StrEnum

import msgspec

from onrecord.show.views.cite import Cite


class Step(StrEnum):
    """How long a step of time is; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class What(StrEnum):
    """What is counted: each happening once, or each event that a report tells."""

    HAPPENINGS = "happenings"
    EVENTS = "events"


class Clock(StrEnum):
    """Which day counts: that of the event itself, or that of the first report of it.

    What is feared, asked for or denied seldom has a day of its own.
    """

    EVENT = "event"
    REPORT = "report"


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many there are of each factuality; they are never added up."""

    happened: int = 0
    planned: int = 0
    hypothetical: int = 0
    negated: int = 0
    denied: int = 0


class TypeCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of one event type; `score` is the sum of what happened."""

    event_type: str
    quad: int
    counts: Counts
    score: float = 0.0


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One step of time, `start` to `end` inclusive; an empty one has zeros.

    `score` is the sum of PLOVER's scores, and `quads` are the counts of PLOVER's
    quads 1 to 4, both of what happened only. `types` has the types that occur.
    """

    start: dt.date
    end: dt.date
    counts: Counts = Counts()
    score: float = 0.0
    quads: tuple[int, int, int, int] = (0, 0, 0, 0)
    types: tuple[TypeCounts, ...] = ()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A step with which the rate of what happened rises or falls.

    `before` and `after` are means of `counts.happened` a step, between this change
    and its neighbours. `event_ids` are events of the first step (of a fall there may
    be none), likeliest first and at most some; `events` is how many there are.
    `likeliest` are the sentences of the three that the most independent reports tell
    and whose type changed the most. `gain` is the logarithm of how much likelier the
    counts are with the change than without it.
    """

    at: dt.date
    before: float
    after: float
    gain: float
    types: tuple[str, ...]
    event_ids: tuple[str, ...]
    events: int
    likeliest: tuple[Cite, ...]


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """Counts over time of what fits the filters.

    `unknown` are those without a day, `wider` those whose time is longer than a step,
    `outside` those before the first or after the last point: past the days that were
    asked for, or told as history. None of these is in a point.
    """

    what: What
    step: Step
    clock: Clock
    start: dt.date | None
    end: dt.date | None
    points: tuple[Point, ...]
    changes: tuple[Change, ...]
    unknown: Counts
    wider: Counts
    outside: Counts
