"""Read lists and ranges of dates: "3-5 May", "May 4 and 5, 2019", "1914-18"."""

from msgspec.structs import replace

from onrecord.understand.times_dates import read_one
from onrecord.understand.times_exprs import Calendar, Found
from onrecord.understand.times_line import (
    DASHES,
    Line,
    is_plural,
    read_day,
    read_year_behind,
    skip_the,
)

MAX_LIST = 4  # days before the last one, as in "3, 4 and 5 May"


def read_dates(line: Line, at: int) -> tuple[Found, ...]:
    """Return the longest date that begins at `at`; of a list or range, each date.

    Each date of a range has its own words and value, as in TIMEX3; what one lacks
    (month, year) it takes from the other.
    """
    listed = _read_listed(line, at)
    single = read_one(line, at)
    if single is None or (listed and listed[-1].last > single[0]):
        return listed
    end, date, rule = single
    return _read_behind(line, Found(at, end, date, rule))


def _read_listed(line: Line, at: int) -> tuple[Found, ...]:
    """Read bare days or years whose month, year or era stands behind the last one."""
    heads: list[tuple[int, int, int]] = []  # first, last, number
    begin = at
    while len(heads) < MAX_LIST:
        start = skip_the(line, begin)
        number = _bare_number(line, start)
        joint = line.low(start + 1)
        if number is None or not (joint in line.times.joiner or joint == ","):
            break
        heads.append((begin, start + 1, number))
        begin = start + 2
    if not heads:
        return ()
    last = read_one(line, begin)
    if last is None or not _completes(line, last[1], heads):
        return ()
    founds = [
        Found(first, end, _completed(last[1], number), last[2])
        for first, end, number in heads
    ]
    return (*founds, Found(begin, last[0], last[1], last[2]))


def _bare_number(line: Line, at: int) -> int | None:
    day = read_day(line, at)
    if day is not None:
        return day
    if at < len(line.words) and line.words[at].text.isdecimal():
        text = line.words[at].text
        return int(text) if text.isascii() and 1 < len(text) <= 4 else None
    return None


def _completes(line: Line, last: Calendar, heads: list[tuple[int, int, int]]) -> bool:
    """Tell whether the bare numbers are of one kind with the date behind them."""
    numbers = [number for _, _, number in heads]
    if last.day is not None and last.month is not None and last.weekday is None:
        days = [*numbers, last.day]
        return days == sorted(set(days)) and days[-1] <= 31
    return last.bc and last.year is not None and last.month is None


def _completed(last: Calendar, number: int) -> Calendar:
    if last.day is not None:
        return replace(last, day=number)
    return replace(last, year=number)


def _read_behind(line: Line, found: Found) -> tuple[Found, ...]:
    """Add the short second end of a range or list, or take the year from it."""
    date = found.expr
    if not isinstance(date, Calendar):
        return (found,)
    joint = line.low(found.last)
    if joint not in line.times.joiner:
        return (found,)
    if date.day is not None and date.month is not None and date.year_near is None:
        second = _read_second_day(line, found, date)
        if second:
            return second
    if date.year is not None and date.month is None and date.season is None:
        return _read_second_year(line, found, date)
    if date.year is None and date.year_near is None and date.month is not None:
        return (_take_year(line, found, date),)
    return (found,)


def _read_second_day(
    line: Line, found: Found, date: Calendar
) -> tuple[Found, ...] | None:
    """Read "and 5, 2019" behind "May 4"."""
    start = skip_the(line, found.last + 1)
    day = read_day(line, start)
    if day is None or date.year is not None or day <= (date.day or 0):
        return None
    if read_one(line, start) is not None or _counts_on(line, start + 1):
        return None
    end, second = read_year_behind(
        line, start + 1, replace(date, day=day, weekday=None)
    )
    first = replace(date, year=second.year, bc=second.bc, year_near=second.year_near)
    return (
        replace(found, expr=first),
        Found(found.last + 1, end, second, found.rule),
    )


def _counts_on(line: Line, at: int) -> bool:
    """Tell whether what stands at `at` is counted by the number before it."""
    low = line.low(at)
    if at >= len(line.words):
        return False
    return (
        low in line.times.meridiem
        or low in line.times.units
        or low in line.numbers.scale
        or low in line.numbers.percent
        or is_plural(line, at)
    )


def _read_second_year(line: Line, found: Found, date: Calendar) -> tuple[Found, ...]:
    """Read "-18" behind "1914"."""
    words, start = line.words, found.last + 1
    if line.low(found.last) not in DASHES or start >= len(words) or date.bc:
        return (found,)
    text = words[start].text
    if not (words[start].glued and text.isdecimal() and len(text) == 2):
        return (found,)
    year = (date.year or 0) // 100 * 100 + int(text)
    if year <= (date.year or 0) or line.low(start + 1) in DASHES:
        return (found,)
    return found, Found(start, start + 1, replace(date, year=year), found.rule)


def _take_year(line: Line, found: Found, date: Calendar) -> Found:
    """Give "29 April" the year of "5 May 2019" behind it."""
    behind = read_one(line, found.last + 1)
    if behind is None:
        return found
    later = behind[1]
    if later.month is None or (later.year is None and later.year_near is None):
        return found
    year = later.year
    crosses = (date.month or 0, date.day or 0) > (later.month, later.day or 31)
    if crosses and year is not None:
        year += 1 if later.bc else -1
    return replace(
        found, expr=replace(date, year=year, bc=later.bc, year_near=later.year_near)
    )
