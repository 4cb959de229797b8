"""Days of months, weeks, quarters, years; parts of them. Inclusive on both sides."""

import calendar
import datetime as dt

import msgspec

ONE_DAY = dt.timedelta(days=1)
# First and last month of the seasons of the north; winter ends in the next year.
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


class Days(msgspec.Struct, frozen=True, gc=False):
    """An inclusive run of days."""

    start: dt.date
    end: dt.date


def one_day(day: dt.date) -> Days:
    """Return the run of one day."""
    return Days(day, day)


def week_of(day: dt.date) -> Days:
    """Return the Monday to Sunday that hold `day`."""
    monday = day - dt.timedelta(days=day.weekday())
    return Days(monday, _plus(monday, 6))


def month_days(year: int, month: int) -> Days:
    """Return the days of a month."""
    last = calendar.monthrange(year, month)[1]
    return Days(dt.date(year, month, 1), dt.date(year, month, last))


def months_days(year: int, first: int, last: int) -> Days:
    """Return the days from one month to another of the same year."""
    return Days(month_days(year, first).start, month_days(year, last).end)


def year_days(first: int, last: int) -> Days:
    """Return the days from one year to another."""
    return Days(dt.date(first, 1, 1), dt.date(last, 12, 31))


def season_days(year: int, season: str) -> Days:
    """Return the days of a season; the winter of a year begins in its December."""
    first, last = SEASON_MONTHS[season]
    if last < first:
        return Days(month_days(year, first).start, month_days(year + 1, last).end)
    return months_days(year, first, last)


def weekend_of(day: dt.date) -> Days:
    """Return the Saturday and Sunday of the week of `day`."""
    sunday = week_of(day).end
    return Days(sunday - ONE_DAY, sunday)


def quarter_of(day: dt.date) -> int:
    """Return the quarter (1 to 4) that holds `day`."""
    return (day.month - 1) // 3 + 1


def add_months(day: dt.date, months: int) -> dt.date | None:
    """Return the day so many months away, at most the month's last; None if none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year < dt.MAXYEAR:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def add_days(day: dt.date, days: float) -> dt.date | None:
    """Return the day so many days away, None off the calendar."""
    try:
        return day + dt.timedelta(days=int(days))
    except OverflowError:
        return None


def _plus(day: dt.date, days: int) -> dt.date:
    return add_days(day, days) or dt.date.max


def part_of(days: Days, granularity: str, part: str | None) -> Days:
    """Return the early, middle or late part of a unit.

    A month: 1-10, 11-20, 21 to its end. A year: January to March, May to August,
    October to December; its beginning and end are its first and last month. Of
    anything else, thirds; a week's are Monday-Wednesday, Wednesday-Thursday,
    Thursday-Sunday. A day has no parts.
    """
    if part is None or granularity in ("day", "hour"):
        return days
    start, end = days.start, days.end
    if part in ("H1", "H2"):
        middle = start + (end - start) // 2
        if granularity == "year" and start.month == 1 and end.month == 12:
            middle = dt.date(end.year, 6, 30) if start.year == end.year else middle
        return Days(start, middle) if part == "H1" else Days(middle + ONE_DAY, end)
    if granularity == "month":
        return _part_of_month(days, part)
    if granularity == "year":
        return _part_of_year(days, part)
    if granularity == "week":
        return _part_of_week(days, part)
    third = (end - start) // 3
    if part in ("START", "BEGIN"):
        return Days(start, start + third)
    if part == "MID":
        return Days(start + third, end - third)
    if part in ("END", "FINISH"):
        return Days(end - third, end)
    return days


def _part_of_month(days: Days, part: str) -> Days:
    start = days.start
    if part in ("START", "BEGIN"):
        return Days(start, start.replace(day=10))
    if part == "MID":
        return Days(start.replace(day=11), start.replace(day=20))
    if part in ("END", "FINISH"):
        return Days(start.replace(day=21), days.end)
    return days


def _part_of_year(days: Days, part: str) -> Days:
    months = {
        "START": (1, 3),
        "BEGIN": (1, 1),
        "MID": (5, 8),
        "END": (10, 12),
        "FINISH": (12, 12),
    }.get(part)
    if months is None or days.start.year != days.end.year:
        return days
    return months_days(days.start.year, *months)


def _part_of_week(days: Days, part: str) -> Days:
    offsets = {
        "START": (0, 2),
        "BEGIN": (0, 2),
        "MID": (2, 3),
        "END": (3, 6),
        "FINISH": (3, 6),
    }.get(part)
    if offsets is None:
        return days
    return Days(_plus(days.start, offsets[0]), _plus(days.start, offsets[1]))


def easter(year: int) -> dt.date:
    """Return Easter Sunday (Gregorian; the anonymous computus of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)
