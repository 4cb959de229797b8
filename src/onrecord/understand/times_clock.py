"""Read clock times and the time of day behind a date."""

import re

from msgspec.structs import replace

from onrecord.understand.times_exprs import Shift, Wholes
from onrecord.understand.times_line import Line
from onrecord.understand.words import match_phrase

_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?:[:.][0-5]\d)?")
_MILITARY = re.compile(r"([01]\d|2[0-4])([0-5]\d)")
_HOUR = re.compile(r"1[0-2]|[1-9]")


def read_clock_time(line: Line, at: int) -> tuple[int, str] | None:
    """Return end and THH:MM of the clock time at `at`."""
    words, times = line.words, line.times
    if at >= len(words):
        return None
    named = times.clock.get(line.low(at))
    if named is not None:
        return (at + 1, f"T{named}") if not words[at].is_capital or at == 0 else None
    text = words[at].text
    clock, military = _CLOCK.fullmatch(text), _MILITARY.fullmatch(text)
    meridiem = times.meridiem.get(line.low(at + 1))
    zone = match_phrase(words, at + 1, times.zone)
    if clock and (":" in text or meridiem is not None or zone is not None):
        hour, minute = int(clock[1]), int(clock[2])
    elif meridiem is not None and _HOUR.fullmatch(text):
        hour, minute = int(text), 0
    elif zone is not None and military and zone[0] > at + 1:
        return zone[0], f"T{military[1]}:{military[2]}"
    elif zone is not None and _HOUR.fullmatch(text) and "'" in line.low(at + 1):
        hour, minute = int(text), 0
    else:
        return None
    end = at + 1
    if meridiem is not None:
        hour, end = hour % 12 + meridiem, end + 1
    zone = match_phrase(words, end, times.zone)
    end = zone[0] if zone is not None else end
    return end, f"T{hour:02}:{minute:02}"


def takes_time(whole: Wholes) -> bool:
    if isinstance(whole, Shift):
        return whole.unit == "D" and whole.time is None
    return (whole.day or whole.weekday or whole.holiday) is not None


def add_time_behind(line: Line, end: int, whole: Wholes) -> tuple[int, Wholes]:
    """Read "night" behind "Friday", "9:30 am" behind "May 5"."""
    if not takes_time(whole):
        return end, whole
    daypart = line.times.daypart.get(line.low(end))
    if daypart is not None and not line.words[end].is_capital:
        return end + 1, replace(whole, time=daypart)
    daypart = line.times.daypart.get(line.low(end + 1))
    if daypart is not None and line.low(end) in line.times.part:
        return end + 2, replace(whole, time=daypart)
    clock = read_clock_time(line, end)
    if clock is not None:
        return clock[0], replace(whole, time=clock[1])
    return end, whole
