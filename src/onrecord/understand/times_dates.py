"""Read calendar dates: days, months, years, seasons, decades, centuries, holidays."""

import re
from collections.abc import Callable

from msgspec.structs import replace

from onrecord.understand.times_exprs import Calendar
from onrecord.understand.times_line import (
    DASHES,
    FIRST_YEAR,
    LAST_YEAR,
    Core,
    Line,
    full_year,
    is_year,
    read_day,
    read_month,
    read_year,
    read_year_behind,
    skip_the,
)
from onrecord.understand.words import match_phrase

_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)", re.IGNORECASE)
_DECADE = re.compile(r"['’]?(\d{2,4})['’]?s", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def read_one(line: Line, at: int) -> tuple[int, Calendar, str] | None:
    """Return end, date and rule of the longest single date at `at`."""
    best: tuple[int, Calendar, str] | None = None
    for rule, reader in _READERS.items():
        core = reader(line, at)
        if core is not None and (best is None or core[0] > best[0]):
            best = *core, rule
    return best


def _read_day_month(line: Line, at: int) -> Core | None:
    """Read "29 January 2022", "the 29th of January"."""
    start = skip_the(line, at)
    day = read_day(line, start)
    end = start + 1
    if day is None and (ordinal := _read_ordinal_word(line, start)) is not None:
        end, day = ordinal
        if line.low(end) not in line.times.of:
            return None
    if day is None:
        return None
    end += line.low(end) in line.times.of
    month = read_month(line, end, beside_number=True)
    if month is None:
        return None
    return read_year_behind(line, end + 1, Calendar(month=month, day=day))


def _read_ordinal_word(line: Line, at: int) -> tuple[int, int] | None:
    numbers = line.numbers
    if line.low(at) in numbers.tens and line.low(at + 1) == "-":
        unit = numbers.ordinal.get(line.low(at + 2), 0)
        day = int(numbers.tens[line.low(at)] + unit)
        return (at + 3, day) if 0 < unit < 10 and day <= 31 else None
    day = int(numbers.ordinal.get(line.low(at), 0))
    return (at + 1, day) if day else None


def _read_month_day(line: Line, at: int) -> Core | None:
    """Read "January 29, 2022", "Jan. 2014", "May of that year", "May"."""
    month = read_month(line, at, beside_number=True)
    if month is None:
        return None
    day_at = skip_the(line, at + 1)
    day = read_day(line, day_at)
    if day is not None and not _counts(line, at, day_at):
        core = Calendar(month=month, day=day)
        return read_year_behind(line, day_at + 1, core)
    end, core = read_year_behind(line, at + 1, Calendar(month=month))
    if end > at + 1:
        return end, core
    return (at + 1, core) if read_month(line, at) is not None else None


def _counts(line: Line, month_at: int, day_at: int) -> bool:
    """Tell whether the number behind a month counts something ("in May 20 people")."""
    words = line.words
    follower = line.low(day_at + 1)
    if line.low(day_at + 1) == ":" or (
        words[day_at].text.isdecimal() and follower in line.numbers.scale
    ):
        return True
    if line.low(month_at - 1) not in line.times.of or day_at != month_at + 1:
        return False
    return follower in line.numbers.plural or (
        follower.endswith("s") and follower.isalpha() and len(follower) > 3
    )


def _read_weekday(line: Line, at: int) -> Core | None:
    """Read "Friday", "Fri., Jan. 28", "Saturday 29 January 2022"."""
    times, words = line.times, line.words
    start = skip_the(line, at)
    if start >= len(words) or not words[start].is_capital:
        return None
    weekday = times.weekday.get(line.low(start)) or times.weekday_short.get(
        line.low(start)
    )
    if weekday is None:
        return None
    behind = start + 1 + (line.low(start + 1) == ",")
    behind = skip_the(line, behind) if behind == start + 1 else behind
    for reader in (_read_month_day, _read_day_month):
        core = reader(line, behind)
        if core is not None and core[1].day is not None:
            return core[0], replace(core[1], weekday=weekday)
    if line.low(start) not in times.weekday:
        return None
    return (start + 1, Calendar(weekday=weekday)) if start == at else None


def _read_season(line: Line, at: int) -> Core | None:
    """Read "the spring of 1916", "summer 2014", "winter"."""
    times = line.times
    start = skip_the(line, at)
    season = times.season.get(line.low(start))
    if season is None or _opens_name(line, start):
        return None
    end, core = read_year_behind(line, start + 1, Calendar(season=season))
    if end > start + 1:
        return end, core
    year = read_year(line, at) if start == at else None
    if year is not None:
        return None
    if line.low(start) in times.season_guarded:
        before = line.low(start - 1 if start == at else start - 2)
        if line.low(end) in times.of or before not in times.bound:
            return None
    if start == at:
        core = replace(core, generic=True)
    return end, core


def _opens_name(line: Line, at: int) -> bool:
    """Tell whether a season is part of a name ("Winter Olympics")."""
    return line.words[at].is_capital and _is_capital(line, at + 1)


def _in_name(line: Line, first: int, last: int) -> bool:
    """Tell whether a capital stands beside, inside a sentence ("White Christmas")."""
    return _is_capital(line, last) or (first > 1 and _is_capital(line, first - 1))


def _is_capital(line: Line, at: int) -> bool:
    return at < len(line.words) and line.words[at].is_capital


def _read_decade(line: Line, at: int) -> Core | None:
    """Read "the 1990s", "the '90s", "the 460s BC"."""
    start = skip_the(line, at)
    if start >= len(line.words):
        return None
    named = line.times.decade.get(line.low(start))
    if named is not None:
        return (start + 1, Calendar(decade=named)) if start > at else None
    match = _DECADE.fullmatch(line.words[start].text)
    end = start + 1
    if match is None and _is_plural_mark(line, end):
        match, end = _YEAR.fullmatch(line.words[start].text), end + 1
    if match is None or match[1][-1] != "0":
        return None
    year = int(match[1])
    if line.times.era.get(line.low(end)) == "BC":
        return end + 1, Calendar(decade=year // 10, bc=True)
    if len(match[1]) == 4 and FIRST_YEAR <= year <= LAST_YEAR:
        return end, Calendar(decade=year // 10)
    if len(match[1]) == 2 and start > at:
        return end, Calendar(decade=full_year(year) // 10)
    return None


def _is_plural_mark(line: Line, at: int) -> bool:
    """Tell whether the "'s" of "the 1930's" is glued on at `at`."""
    return line.low(at) == "'s" and line.words[at].glued


def _read_century(line: Line, at: int) -> Core | None:
    """Read "the 19th century", "eighteenth-century", "the 4th century BC"."""
    start = skip_the(line, at)
    if start >= len(line.words):
        return None
    ordinal = _read_ordinal_word(line, start)
    match = _ORDINAL.fullmatch(line.words[start].text)
    if match:
        ordinal = start + 1, int(match[1])
    if ordinal is None:
        return None
    end, number = ordinal
    end += line.low(end) in DASHES
    if line.times.unit.get(line.low(end)) != "CE":
        return None
    era = line.times.era.get(line.low(end + 1))
    core = Calendar(century=number - 1, bc=era == "BC")
    return end + 1 + (era is not None), core


def _read_quarter(line: Line, at: int) -> Core | None:
    """Read "the first quarter of 2019", "Q1 2019"."""
    start = skip_the(line, at)
    low = line.low(start)
    if low in line.times.quarter_letter and line.words[start].is_capital:
        number = line.low(start + 1)
        glued = number in ("1", "2", "3", "4") and line.words[start + 1].glued
        return _divided(line, start + 2, f"Q{number}") if glued else None
    ordinal = _read_ordinal_word(line, start)
    if ordinal is None and start < len(line.words):
        match = _ORDINAL.fullmatch(line.words[start].text)
        ordinal = (start + 1, int(match[1])) if match else None
    if ordinal is None or ordinal[1] > 4:
        return None
    if line.times.unit.get(line.low(ordinal[0])) != "Q":
        return None
    core = _divided(line, ordinal[0] + 1, f"Q{ordinal[1]}")
    return core if start > at or core[1].year or core[1].year_near else None


def _divided(line: Line, end: int, division: str) -> Core:
    return read_year_behind(line, end, Calendar(division=division))


def _read_holiday(line: Line, at: int) -> Core | None:
    found = match_phrase(line.words, at, line.times.holiday)
    if found is None or not (line.words[at].is_capital or line.words[at].is_digit):
        return None
    if _in_name(line, at, found[0]):
        return None
    return read_year_behind(line, found[0], Calendar(holiday=found[1]))


def _read_numeric(line: Line, at: int) -> Core | None:
    """Read "2022-01-29", "2022-01", "1/29/2022", "29.01.2022".

    Slashes are American, month first, unless only the other order is a date.
    """
    words = line.words
    if at >= len(words) or not words[at].is_digit:
        return None
    slashed = _SLASHED.fullmatch(words[at].text)
    dotted = _DOTTED.fullmatch(words[at].text)
    if slashed:
        first, second, year = map(int, slashed.groups())
        year = year if year > 99 else full_year(year)
        month, day = (first, second) if first <= 12 else (second, first)
        return _checked(at + 1, year, month, day)
    if dotted:
        day, month, year = map(int, dotted.groups())
        return _checked(at + 1, year, month, day)
    return _read_iso(line, at)


def _read_iso(line: Line, at: int) -> Core | None:
    words = line.words
    parts = [words[at].text]
    while len(parts) < 3:
        dash = at + 2 * len(parts) - 1
        if not (
            dash + 1 < len(words)
            and words[dash].text == "-"
            and words[dash].glued
            and words[dash + 1].glued
            and len(words[dash + 1].text) == 2
            and words[dash + 1].text.isdecimal()
        ):
            break
        parts.append(words[dash + 1].text)
    if len(parts[0]) != 4 or not parts[0].isdecimal() or len(parts) < 3:
        return None
    return _checked(at + 5, int(parts[0]), int(parts[1]), int(parts[2]))


def _checked(end: int, year: int, month: int, day: int) -> Core | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 0 < month <= 12 and 0 < day <= 31):
        return None
    return end, Calendar(year=year, month=month, day=day)


def _read_bare_year(line: Line, at: int) -> Core | None:
    """Read "2014", "480 BC", "the year 1900" where it can be no count."""
    times, words = line.times, line.words
    start = skip_the(line, at)
    if times.units.get(line.low(start)) == "Y" or (
        times.unit.get(line.low(start)) == "Y" and start + 1 < len(words)
    ):
        year = read_year(line, start + 1)
        if year and words[start + 1].is_digit:
            return year[0], Calendar(year=year[1], bc=year[2])
        return None
    if start > at:
        return None
    year = read_year(line, at)
    if year is None:
        return _read_bc_year(line, at)
    if year[0] == at + 1 and not is_year(line, at):
        return None
    return year[0], Calendar(year=year[1], bc=year[2])


def _read_bc_year(line: Line, at: int) -> Core | None:
    """Read "in 480" in a text whose last year was before our era."""
    words = line.words
    if (
        not line.bc
        or at >= len(words)
        or line.low(at - 1) not in line.times.year_before
    ):
        return None
    text = words[at].text
    follower = line.low(at + 1)
    if not (text.isdecimal() and len(text) == 3) or (
        follower.isalpha()
        and follower not in line.times.clause_edge
        and follower not in line.times.year_before
    ):
        return None
    return at + 1, Calendar(year=int(text), bc=True)


_READERS: dict[str, Callable[[Line, int], Core | None]] = {
    "date.numeric": _read_numeric,
    "date.day-month": _read_day_month,
    "date.month-day": _read_month_day,
    "date.weekday": _read_weekday,
    "date.season": _read_season,
    "date.decade": _read_decade,
    "date.century": _read_century,
    "date.quarter": _read_quarter,
    "date.holiday": _read_holiday,
    "date.year": _read_bare_year,
}
