"""The shape of numbers over time: what is counted, each value with who says so."""

import datetime as dt

import msgspec

from onrecord.model.happening import Status
from onrecord.show.views.cite import Cite


class NumberPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One value, as one voice gives it.

    `of` is what is counted in the report's words, `modifier` as in `Quantity`. `low`
    and `high` bound the value, as said or as the modifier has it ("more than 100":
    low 100); None where nothing does. `toward` and `places` are of
    the event that has the number. `since` is the day of the first report in which
    this voice gives this value, `until` that of the last; `reports` counts those
    that are no copies. The voice is `cite.by`, or the outlet where that is empty.
    """

    value: float
    low: float | None
    high: float | None
    modifier: str | None
    of: str | None
    factuality: str | None
    toward: tuple[str, ...]
    places: tuple[str, ...]
    since: dt.date | None
    until: dt.date | None
    reports: int
    cite: Cite


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """What the voices say last: from the least to the greatest value.

    `open_high`: somebody says "more than"; `open_low`: "at most". Only words of the
    days from `since` on count, and of each voice only the last.
    """

    low: float
    high: float
    open_low: bool
    open_high: bool
    voices: int
    since: dt.date | None
    until: dt.date | None


class NumberLine(msgspec.Struct, frozen=True, kw_only=True):
    """Values of one count, in order of time.

    `of` stands for its synonyms. `about` is a country or name: by `slot` that of the
    words ("Russian troops"), else of the event's actor, recipient or place, else of
    the last country before it in what is said (sentence); both are None where nothing
    says so. Numbers of
    what happened, of what is ahead and of what is denied are lines of their own;
    `status` is None for numbers outside of events. `event_type` is given where what is
    counted is as broad as "people", and a line has numbers of one type only.
    `differing`: values that no two bounds reconcile stand side by side.
    """

    of: str | None
    about: str | None
    slot: str | None
    status: Status | None
    event_type: str | None
    points: tuple[NumberPoint, ...]
    differing: bool
    current: Range | None


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """The lines that are shown, those about somebody and with the most points first.

    `more` counts the lines that a limit left out, `unnamed` the numbers that do not
    say what they count, or only measure ("percent") and are in no event.
    """

    lines: tuple[NumberLine, ...]
    more: int
    unnamed: int
