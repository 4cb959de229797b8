"""Resolve what words of time say to TIMEX3 values and days."""

import datetime as dt
from typing import assert_never

from msgspec.structs import replace

from onrecord.understand.times_calendar import resolve_calendar
from onrecord.understand.times_context import Context, Resolved, base_day
from onrecord.understand.times_days import (
    ONE_DAY,
    Days,
    add_days,
    add_months,
    month_days,
    one_day,
    part_of,
    quarter_of,
    week_of,
    weekend_of,
    year_days,
)
from onrecord.understand.times_exprs import (
    Anchor,
    Calendar,
    Duration,
    Expr,
    Hour,
    Near,
    Offset,
    Recurring,
    Reference,
    Shift,
    Slice,
    Window,
    duration_value,
)

GRANULARITY = {
    "TH": "hour",
    "TM": "hour",
    "TS": "hour",
    "D": "day",
    "W": "week",
    "FN": "week",
    "WE": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
}
UNKNOWN = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "FN": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "DE": "XXX",
    "CE": "XX",
}
# Months in the units that are counted in months.
MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
DAYS = {"D": 1, "W": 7, "FN": 14, "WE": 7}
EARLY_WEEK = 3  # up to Wednesday, a past "this weekend" is the one just over
DAY_HOURS = 24
FRESH = 4  # sentences for which a day stays the day that a clock time means


def resolve(expr: Expr, context: Context) -> Resolved:
    """Return the value and days of `expr` in its context."""
    match expr:
        case Calendar():
            return resolve_calendar(expr, context)
        case Shift():
            return _resolve_shift(expr, context)
        case Offset():
            return _resolve_offset(expr, context)
        case Window():
            return _resolve_window(expr, context)
        case Slice():
            return _resolve_slice(expr, context)
        case Duration():
            return _resolve_duration(expr, context)
        case Recurring():
            return Resolved("SET", expr.value, None, _set_granularity(expr.value))
        case Reference():
            return _resolve_reference(expr, context)
        case Hour():
            return _resolve_hour(expr, context)
        case _:
            assert_never(expr)


def _set_granularity(value: str) -> str:
    if value.startswith("XXXX"):
        return "hour" if "T" in value else "day"
    return GRANULARITY.get("T" + value[-1] if "T" in value else value[-1], "day")


def _resolve_shift(shift: Shift, context: Context) -> Resolved:
    """Resolve "last week", "that year", "yesterday", "the next morning"."""
    unit, by = shift.unit, shift.near.by
    base = base_day(shift.near, unit, context)
    kind = "TIME" if shift.time else "DATE"
    granularity = "hour" if shift.time else GRANULARITY[unit]
    whole = _shifted(unit, by, base, shift, context) if base is not None else None
    if whole is None:
        return Resolved(kind, _timed(UNKNOWN[unit], shift.time), None, granularity)
    value, days = whole
    days = _clip(days, shift, context)
    if shift.part == "NIGHT":
        days = Days(days.start, days.end + ONE_DAY)
    days = part_of(days, granularity, shift.part)
    return Resolved(
        kind, _timed(value, shift.time), days, granularity, year=days.start.year
    )


def _timed(value: str, time: str | None) -> str:
    if time is None:
        return value
    return value + (time if time.startswith("T") else "T" + time)


def _shifted(
    unit: str, by: int, base: dt.date, shift: Shift, context: Context
) -> tuple[str, Days] | None:
    """Return value and days of the unit `by` units from `base`."""
    if unit in DAYS:
        day = add_days(base, DAYS[unit] * by)
        if unit == "W" and by == 0 and context.ahead and base.isoweekday() == 7:
            day = add_days(base, 1)  # on a Sunday, a week that is to come is the next
        if unit == "WE":
            day = _weekend_day(base, shift.near, context)
    else:
        day = add_months(base, MONTHS[unit] * by)
    return whole_unit(unit, day) if day is not None else None


def whole_unit(unit: str, day: dt.date) -> tuple[str, Days] | None:
    """Return value and days of the unit that holds `day`."""
    year = day.year
    match unit:
        case "D":
            return day.isoformat(), one_day(day)
        case "W" | "FN":
            iso = day.isocalendar()
            return f"{iso.year:04}-W{iso.week:02}", week_of(day)
        case "WE":
            iso = day.isocalendar()
            return f"{iso.year:04}-W{iso.week:02}-WE", weekend_of(day)
        case "M":
            return f"{year:04}-{day.month:02}", month_days(year, day.month)
        case "Q":
            quarter = quarter_of(day)
            first = month_days(year, quarter * 3 - 2).start
            return f"{year:04}-Q{quarter}", Days(
                first, month_days(year, quarter * 3).end
            )
        case "Y":
            return f"{year:04}", year_days(year, year)
        case "DE":
            first_year = max(1, year // 10 * 10)
            return f"{year // 10:03}", year_days(first_year, year // 10 * 10 + 9)
        case "CE":
            first_year = max(1, year // 100 * 100)
            return f"{year // 100:02}", year_days(first_year, year // 100 * 100 + 99)
        case _:
            return None


def _weekend_day(base: dt.date, near: Near, context: Context) -> dt.date | None:
    """Return a day of the weekend meant: the last one begun, or the one to come."""
    if near.by > 0:
        return add_days(base, 7 * near.by)
    told = near.anchor is Anchor.REPORT and not (
        context.ahead is False and base.weekday() < EARLY_WEEK
    )
    if near.by == 0 and (context.ahead or told):
        return base
    back = 0 if base.weekday() >= 5 and near.by == 0 else 7
    return add_days(base, -back)


def _clip(days: Days, shift: Shift, context: Context) -> Days:
    """End "this week" of a past clause, and "earlier this year", at the report."""
    report = context.report
    current = (
        shift.near.anchor is Anchor.REPORT
        and shift.near.by == 0
        and report is not None
        and days.start <= report <= days.end
    )
    if not current or report is None:
        return days
    if shift.part == "EARLIER" or (
        shift.unit == "W" and shift.part is None and not context.ahead
    ):
        return Days(days.start, report)
    return Days(report, days.end) if shift.part == "LATER" else days


def _resolve_offset(offset: Offset, context: Context) -> Resolved:
    """Resolve "two weeks ago", "three days later"."""
    unit = offset.unit
    if offset.near is None:
        return Resolved("DATE", UNKNOWN.get(unit), None, GRANULARITY[unit])
    by = offset.near.by
    if offset.count is None:
        return Resolved(
            "DATE", "PAST_REF" if by < 0 else "FUTURE_REF", None, GRANULARITY[unit]
        )
    if offset.of is not None:
        return _resolve_anniversary(offset, offset.of, offset.count * by, context)
    base = base_day(offset.near, unit, context)
    if base is None and offset.near.anchor is Anchor.TEXT and not context.history:
        base = context.report
    if base is None:
        return Resolved("DATE", UNKNOWN.get(unit), None, GRANULARITY[unit])
    if unit.startswith("T"):
        return _resolve_hours(base, offset.count * by, unit)
    return _moved(base, offset.count * by, unit)


def _resolve_anniversary(
    offset: Offset, of: Shift, count: float, context: Context
) -> Resolved:
    """Resolve "a year ago this week": the unit as long before as that is."""
    whole = resolve(of, replace(context, ahead=True))
    days = whole.days
    middle = days.start + (days.end - days.start) // 2 if days is not None else None
    day = _step(middle, count, offset.unit) if middle is not None else None
    moved = whole_unit(of.unit, day) if day is not None else None
    if moved is None:
        return Resolved(whole.type, UNKNOWN.get(of.unit), None, whole.granularity)
    value, days = _timed(moved[0], of.time), moved[1]
    return Resolved(whole.type, value, days, whole.granularity, year=days.start.year)


def _moved(base: dt.date, count: float, unit: str) -> Resolved:
    if unit in DAYS:
        day = add_days(base, count * DAYS[unit])
        found = whole_unit("D", day) if day is not None else None
    else:
        day = add_months(base, round(count * MONTHS[unit]))
        whole = unit if unit == "M" or count % 1 == 0 else "M"
        whole = "Y" if whole in ("DE", "CE") else whole
        found = whole_unit(whole, day) if day is not None else None
    if found is None:
        return Resolved("DATE", UNKNOWN.get(unit), None, GRANULARITY[unit])
    value, days = found
    return Resolved("DATE", value, days, GRANULARITY[unit], year=days.start.year)


def _resolve_hours(base: dt.date, hours: float, unit: str) -> Resolved:
    """Resolve "two hours later": the day, as long as it can be no other."""
    if unit == "TH" and abs(hours) >= 24:
        day = add_days(base, round(hours / 24))
        base = day if day is not None else base
    return Resolved("TIME", f"{base.isoformat()}TXX", one_day(base), "hour")


def _resolve_window(window: Window, context: Context) -> Resolved:
    """Resolve "the last four years": so long, up to the anchor or from it on."""
    value = duration_value(window.count, window.unit)
    granularity = GRANULARITY[window.unit]
    near = window.near
    if near == Near(Anchor.TEXT, 1) and not (context.history or context.ahead is False):
        near = Near(Anchor.REPORT, 1)  # "over the next five years"
    base = base_day(near, window.unit, context)
    if base is None or window.count is None or window.near.by == 0:
        return Resolved("DURATION", value, None, granularity)
    other = _step(base, window.count * window.near.by, window.unit)
    if other is None:
        return Resolved("DURATION", value, None, granularity)
    days = Days(min(base, other), max(base, other))
    return Resolved("DURATION", value, days, granularity)


def _step(base: dt.date, count: float, unit: str) -> dt.date | None:
    if unit.startswith("T"):
        return add_days(base, count / DAY_HOURS) if unit == "TH" else base
    if unit in DAYS:
        return add_days(base, count * DAYS[unit])
    return add_months(base, round(count * MONTHS[unit]))


def _resolve_slice(slice_: Slice, context: Context) -> Resolved:
    """Resolve "the first ten months of 1915"."""
    whole = resolve(slice_.of, context)
    value = duration_value(slice_.count, slice_.unit)
    granularity = GRANULARITY[slice_.unit]
    if whole.days is None or slice_.count is None:
        return Resolved("DURATION", value, None, granularity)
    return Resolved(
        "DURATION", value, _cut(whole.days, slice_), granularity, year=whole.year
    )


def _cut(days: Days, slice_: Slice) -> Days:
    count = slice_.count or 1.0
    if slice_.last:
        behind = add_days(days.end, 1)
        start = _step(behind, -count, slice_.unit) if behind is not None else None
        return Days(max(start, days.start), days.end) if start is not None else days
    start = _step(days.start, slice_.skip, slice_.unit) if slice_.skip else days.start
    if start is None or start > days.end:
        return days
    behind = _step(start, count, slice_.unit)
    last = add_days(behind, -1) if behind is not None else None
    if last is None or last < start:
        return days
    return Days(start, min(last, days.end))


def _resolve_duration(duration: Duration, context: Context) -> Resolved:
    """Resolve "three days"; behind "in" and of what is to come, a date."""
    comes = context.ahead is not False and not context.history
    if duration.after_in and comes and duration.count is not None:
        near = Near(Anchor.REPORT, 1)
        offset = Offset(count=duration.count, unit=duration.unit, near=near)
        return _resolve_offset(offset, context)
    value = duration_value(duration.count, duration.unit)
    return Resolved("DURATION", value, None, GRANULARITY[duration.unit])


def _resolve_reference(reference: Reference, context: Context) -> Resolved:
    """Resolve "now" to the report's day, "recently" to no day."""
    today = context.report
    known = reference.value == "PRESENT_REF" and not context.history
    days = one_day(today) if known and today is not None else None
    return Resolved("DATE", reference.value, days, "day")


def _resolve_hour(hour: Hour, context: Context) -> Resolved:
    """Resolve a time of day to the day the text is at."""
    day = context.day if context.day_age <= FRESH else None
    if hour.generic or day is None:
        return Resolved("TIME", _timed("XXXX-XX-XX", hour.time), None, "hour")
    value = _timed(day.isoformat(), hour.time)
    return replace(Resolved("TIME", value, one_day(day), "hour"), year=day.year)
