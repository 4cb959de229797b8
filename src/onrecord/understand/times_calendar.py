"""Resolve calendar dates, with what they leave out."""

import datetime as dt

from msgspec.structs import replace

from onrecord.understand.times_context import Context, Resolved, base_day
from onrecord.understand.times_days import (
    ONE_DAY,
    Days,
    add_days,
    easter,
    month_days,
    months_days,
    one_day,
    part_of,
    season_days,
    week_of,
    year_days,
)
from onrecord.understand.times_exprs import Calendar

# A date without a year and without a tense lies behind the report unless that would
# be more than so many days ago while it is nearer ahead.
PAST_REACH = 240
# History goes on: a month so many months before the last one is next year's.
ROLL_MONTHS = 8
_HOLIDAY = "EASTER"


def resolve_calendar(date: Calendar, context: Context) -> Resolved:
    """Return value and days of a calendar date."""
    if date.century is not None or date.decade is not None:
        return _long_unit(date)
    if date.holiday is not None:
        date = _as_day(date, context)
    if date.weekday is not None and date.month is None:
        return _weekday(date, context)
    if date.day is not None and date.month is None:
        return _lone_day(date, context)
    year, bc = _year_of(date, context)
    return _dated(date, year, bc)


def _long_unit(date: Calendar) -> Resolved:
    """Resolve decades and centuries; those before our era have no days."""
    era = "BC" if date.bc else ""
    if date.century is not None:
        value = f"{era}{date.century:02}"
        first, last = date.century * 100 + 1, date.century * 100 + 100
        granularity = "century"
    else:
        decade = date.decade or 0
        value = f"{era}{decade:03}"
        first, last = decade * 10, decade * 10 + 9
        granularity = "decade"
    if date.bc or not 1 <= first <= last <= dt.MAXYEAR:
        return Resolved("DATE", value, None, granularity, bc=date.bc)
    days = _part_of_years(Days(*_years(first, last)), date.part)
    return Resolved("DATE", value, days, granularity, year=first)


def _years(first: int, last: int) -> tuple[dt.date, dt.date]:
    days = year_days(first, last)
    return days.start, days.end


def _part_of_years(days: Days, part: str | None) -> Days:
    """Return whole years: of a decade the first, middle or last three or four."""
    first, last = days.start.year, days.end.year
    third = (last - first + 1) // 3
    if part in ("START", "BEGIN"):
        return year_days(first, first + third)
    if part == "MID":
        return year_days(first + third + 1, last - third)
    if part in ("END", "FINISH"):
        return year_days(last - third + 1, last)
    if part == "H1":
        return year_days(first, first + (last - first) // 2)
    if part == "H2":
        return year_days(first + (last - first) // 2 + 1, last)
    return days


def _as_day(date: Calendar, context: Context) -> Calendar:
    """Give a holiday its month and day."""
    holiday = date.holiday or ""
    if not holiday.startswith(_HOLIDAY):
        parts = [int(part) for part in holiday.split("-")]
        year = parts[0] if len(parts) == 3 else date.year
        return replace(date, holiday=None, year=year, month=parts[-2], day=parts[-1])
    year = (
        date.year
        if date.year is not None
        else _year_of(replace(date, month=4, day=10), context)[0]
    )
    if year is None or date.bc or year < 1583:
        return replace(date, holiday=None, month=None, season=None, year=year)
    day = easter(year) + dt.timedelta(days=int(holiday[len(_HOLIDAY) :] or 0))
    return replace(date, holiday=None, year=year, month=day.month, day=day.day)


def _year_of(date: Calendar, context: Context) -> tuple[int | None, bool]:
    """Return the year a date means, and whether it is before our era."""
    if date.year is not None:
        return date.year, date.bc
    if date.year_near is not None:
        return _near_year(date, context)
    if date.near is not None:
        return _shifted_year(date, context), False
    if date.generic and not context.history:
        return None, False
    if context.history:
        return _history_year(date, context)
    if context.sentence_year is not None and not context.ahead:
        return context.sentence_year, False
    return _news_year(date, context), False


def _near_year(date: Calendar, context: Context) -> tuple[int | None, bool]:
    near = date.year_near
    if near is None:
        return None, False
    if near.anchor == "R" and not context.history:
        return (context.report.year + near.by if context.report else None), False
    if context.bc and context.year is not None:
        return context.year - near.by, True
    base = base_day(near, "Y", context)
    year = context.year if near.anchor != "R" and context.year else None
    if year is None and base is not None:
        year = base.year
    return (year + near.by if year is not None else None), False


def _month_of(date: Calendar) -> int:
    """Return the month a date begins in."""
    if date.month is not None:
        return date.month
    return {"SP": 3, "SU": 6, "FA": 9, "WI": 12}.get(date.season or "", 1)


def _shifted_year(date: Calendar, context: Context) -> int | None:
    """Return the year of "last May", "next spring", "this summer"."""
    near = date.near
    base = base_day(near, "M", context) if near is not None else None
    if near is None or base is None:
        return None
    month = _month_of(date)
    if near.by == 0:
        return base.year
    if near.by < 0:
        ended = _unit_days(date, base.year) if _is_on_calendar(base.year) else None
        before = ended is not None and ended.end < base
        return base.year if before else base.year - 1
    return base.year if month > base.month else base.year + 1


def _unit_days(date: Calendar, year: int) -> Days | None:
    if date.division is not None:
        return _days_in(date, year)
    if date.season is not None:
        return season_days(year, date.season)
    if date.month is not None and date.day is not None:
        day = _safe_date(year, date.month, date.day)
        return one_day(day) if day is not None else None
    return month_days(year, date.month) if date.month is not None else None


def _is_on_calendar(year: int) -> bool:
    """Tell whether all days of a year, and of its winter, can be told."""
    return dt.MINYEAR <= year < dt.MAXYEAR


def _safe_date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _history_year(date: Calendar, context: Context) -> tuple[int | None, bool]:
    """Carry the text's last year on; a much earlier month opens the next year."""
    if context.year is None:
        return context.coming_year, False
    behind = context.month - _month_of(date) if context.month is not None else 0
    step = -1 if context.bc else 1
    return context.year + (step if behind >= ROLL_MONTHS else 0), context.bc


def _news_year(date: Calendar, context: Context) -> int | None:
    """Return the year that puts a date at the side of the report its clause tells."""
    report = context.report
    if report is None:
        return None
    past, coming = (
        next((y for y in years if _fits(date, y, report, sign)), None)
        for sign, years in (
            (-1, range(report.year, report.year - 9, -1)),
            (1, range(report.year, report.year + 9)),
        )
    )
    if past is None or coming is None or past == coming:
        return coming if past is None else past
    if context.ahead or context.begun:
        return coming if context.ahead else past
    days = _unit_days(date, past)
    ago = (report - days.end).days if days is not None else 0
    return past if ago <= PAST_REACH else coming


def _fits(date: Calendar, year: int, report: dt.date, sign: int) -> bool:
    """Tell whether a date of `year` begins before (or ends after) the report."""
    if not _is_on_calendar(year):
        return False
    days = _unit_days(date, year)
    if days is None:
        return date.day is None
    if date.division is not None and sign < 0:
        return days.end < report  # what a quarter brought is told when it is over
    return days.start <= report if sign < 0 else days.end >= report


def _dated(date: Calendar, year: int | None, bc: bool) -> Resolved:
    """Return value and days of a date whose year is settled."""
    kind = "TIME" if date.time is not None else "DATE"
    granularity, tail = _grain(date)
    known = f"{year:04}" if year is not None else "XXXX"
    value = ("BC" if bc else "") + known + tail
    if date.time is not None:
        value += date.time if date.time.startswith("T") else "T" + date.time
    days = None
    if year is not None and not bc and _is_on_calendar(year):
        days = _days_in(date, year)
        if days is None:
            return Resolved(kind, None, None, granularity, year=year)
        if date.part == "WEEK":
            return _week_around(days.start)
        days = part_of(days, granularity, date.part)
        if date.part in ("H1", "H2") and granularity == "year":
            value += f"-{date.part}"
    if date.time is not None:
        granularity = "hour"
    return Resolved(kind, value, days, granularity, year=year, bc=bc)


def _week_around(day: dt.date) -> Resolved:
    """Return the week that is named by one of its days."""
    iso = day.isocalendar()
    value = f"{iso.year:04}-W{iso.week:02}"
    return Resolved("DATE", value, week_of(day), "week", year=day.year)


def _grain(date: Calendar) -> tuple[str, str]:
    """Return a date's granularity and what follows the year in its value."""
    if date.day is not None:
        return "day", f"-{date.month:02}-{date.day:02}"
    if date.month is not None:
        return "month", f"-{date.month:02}"
    if date.season is not None:
        return "season", f"-{date.season}"
    if date.division is not None:
        return ("quarter" if date.division[0] == "Q" else "year"), f"-{date.division}"
    return "year", ""


def _days_in(date: Calendar, year: int) -> Days | None:
    """Return the days of a date in its year; None for a 30 February."""
    if date.division is not None:
        number = int(date.division[1])
        size = 3 if date.division[0] == "Q" else 6
        return months_days(year, (number - 1) * size + 1, number * size)
    if date.month is None and date.season is None:
        return year_days(year, year)
    return _unit_days(date, year)


def _weekday(date: Calendar, context: Context) -> Resolved:
    """Resolve a weekday: the last one up to the report, ahead the next one."""
    kind = "TIME" if date.time is not None else "DATE"
    granularity = "hour" if date.time is not None else "day"
    day = _find_weekday(date, context)
    value = day.isoformat() if day is not None else f"XXXX-WXX-{date.weekday}"
    if date.time is not None:
        value += date.time if date.time.startswith("T") else "T" + date.time
    days = one_day(day) if day is not None else None
    return Resolved(
        kind, value, days, granularity, year=day.year if day is not None else None
    )


def _find_weekday(date: Calendar, context: Context) -> dt.date | None:
    near, weekday = date.near, (date.weekday or 1) - 1
    if near is None:
        base, by = (None if context.history else context.report), 0
    else:
        base, by = base_day(near, "W" if near.anchor == "R" else "D", context), near.by
    if base is None:
        return None
    back = (base.weekday() - weekday) % 7
    if by < 0:
        return add_days(base, -(back or 7))
    if by > 0:
        return add_days(base, 7 - back)
    if near is not None and near.anchor == "T":
        return week_of(base).start + weekday * ONE_DAY
    if context.ahead:
        return add_days(base, (7 - back) % 7)
    return add_days(base, -back)


def _lone_day(date: Calendar, context: Context) -> Resolved:
    """Resolve "the 20th": of the month the text is at."""
    last = context.last.days if context.last is not None else None
    base = last.start if last is not None else None
    if base is None and not context.history:
        base = context.report
    if base is None or date.day is None:
        return Resolved("DATE", f"XXXX-XX-{date.day:02}", None, "day")
    return _dated(replace(date, month=base.month, near=None), base.year, False)
