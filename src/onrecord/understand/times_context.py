"""What a time is resolved against: the report's date and the text so far."""

import datetime as dt

import msgspec

from onrecord.understand.times_days import Days
from onrecord.understand.times_exprs import Anchor, Near


class Resolved(msgspec.Struct, frozen=True, gc=False):
    """A TIMEX3 type and value, the inclusive days if known, and the granularity."""

    type: str
    value: str | None
    days: Days | None
    granularity: str
    year: int | None = None
    bc: bool = False


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """The report's date and the text's last times when a time is met.

    `history`: the text tells of years far from its own date (or has none), so that
    its times count from one another. `last` is the last date or time resolved, `day`
    the last known to a day, said `day_age` sentences ago; `year` the last year named
    or meant and `month` the last month in it, `sentence_year` the one named before in
    this sentence, `coming_year` the one behind. `ahead` says that the clause speaks of
    what is to come, None when nothing tells; `begun` that "since" stands before.
    """

    report: dt.date | None
    history: bool
    last: Resolved | None = None
    day: dt.date | None = None
    day_age: int = 0
    year: int | None = None
    month: int | None = None
    bc: bool = False
    sentence_year: int | None = None
    coming_year: int | None = None
    ahead: bool | None = None
    begun: bool = False


def base_day(near: Near, unit: str, context: Context) -> dt.date | None:
    """Return the day that `near` counts from, None when the report does not tell.

    In history, days do not count from the report: nobody tells a war by "yesterday".
    """
    if near.anchor is Anchor.REPORT and not (context.history and unit != "D"):
        return None if context.history else context.report
    if near.anchor is Anchor.REPORT and context.report is None:
        return None
    if near.anchor is Anchor.CONTEXT and not context.history:
        return context.report
    if unit in ("D", "TH", "TM", "TS"):
        return context.day
    last = context.last.days if context.last is not None else None
    if last is None:
        return None if context.history else context.report
    return last.start
