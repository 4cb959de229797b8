"""Read parts of dates and days: "late July", "the end of the year", "5 p.m. Friday"."""

from msgspec.structs import replace

from onrecord.understand.times_clock import read_clock_time, takes_time
from onrecord.understand.times_dates import read_one
from onrecord.understand.times_exprs import (
    Anchor,
    Calendar,
    Found,
    Hour,
    Near,
    Reference,
    Shift,
    Window,
)
from onrecord.understand.times_line import DASHES, Line, read_day, skip_the
from onrecord.understand.times_relative import one_found, read_context, read_whole
from onrecord.understand.words import match_phrase


def read_part(line: Line, at: int) -> tuple[Found, ...]:
    """Read "early May", "late on Sunday", "mid-2015", "late last year"."""
    part = line.times.part.get(line.low(at))
    start = skip_the(line, at)
    if part is None and start > at:
        part = line.times.part.get(line.low(start))
    if part is None:
        return ()
    end = start + 1
    end += line.low(end) in DASHES
    end += line.low(end) in line.times.on
    whole = read_context(line, end)
    if whole is None:
        return ()
    return one_found(at, whole[0], replace(whole[1], part=part), "part")


def read_part_noun(line: Line, at: int) -> tuple[Found, ...]:
    """Read "the end of March", "the second half of 2008", "the middle of the week"."""
    start = skip_the(line, at)
    noun = match_phrase(line.words, start, line.times.part_noun)
    if noun is None or line.low(noun[0]) not in line.times.of:
        return ()
    whole = read_context(line, noun[0] + 1)
    if whole is None:
        return ()
    return one_found(at, whole[0], replace(whole[1], part=noun[1]), "part.noun")


def read_possessed_end(line: Line, at: int) -> tuple[Found, ...]:
    """Read "month's end", "the year's end", "year-end"."""
    start = skip_the(line, at)
    unit = line.times.unit.get(line.low(start))
    joint = line.low(start + 1)
    behind = start + 1 + (joint == "'s" or joint in DASHES)
    noun = line.times.part_noun.get(line.low(behind))
    is_end = noun == "FINISH" and line.low(at - 1) not in DASHES
    if unit not in ("M", "Y", "W") or noun is None or not (joint == "'s" or is_end):
        return ()
    near = Near(Anchor.CONTEXT, 0)
    shift = Shift(unit=unit, near=near, part=noun)
    return one_found(at, behind + 1, shift, "part.noun")


def read_within(line: Line, at: int) -> tuple[Found, ...]:
    """Read "later that month", "earlier this year", "later in the evening"."""
    part = line.times.within.get(line.low(at))
    if part is None:
        return ()
    end = at + 1 + (line.low(at + 1) in line.times.on)
    whole = read_context(line, end)
    if whole is not None:
        return one_found(at, whole[0], replace(whole[1], part=part), "part.within")
    hour = _read_daypart(line, end)
    return (replace(hour[0], first=at),) if hour else ()


def read_week_of(line: Line, at: int) -> tuple[Found, ...]:
    """Read "the week of 21 October"."""
    start = skip_the(line, at)
    if line.times.unit.get(line.low(start)) != "W":
        return ()
    if start == at or line.low(start + 1) not in line.times.of:
        return ()
    core = read_one(line, start + 2)
    if core is None or core[1].day is None or core[1].month is None:
        return ()
    return one_found(at, core[0], replace(core[1], part="WEEK"), "part.week")


def read_timed(line: Line, at: int) -> tuple[Found, ...]:
    """Read a time of day and its date: "5 p.m. Friday", "the night of 6 June".

    Of "5 p.m. on Friday" the clock time alone, with that date; Friday comes next.
    """
    clock = read_clock_time(line, at)
    if clock is not None:
        end, time = clock
        linked = line.low(end) in line.times.on
        start = end + (linked or line.low(end) == ",")
        whole = read_whole(line, start)
        if whole is not None and takes_time(whole[1]):
            timed = replace(whole[1], time=time)
            return one_found(at, end if linked else whole[0], timed, "time.date")
        return (Found(at, end, Hour(time=time), "time.clock"),)
    return _read_daypart(line, at)


def _read_daypart(line: Line, at: int) -> tuple[Found, ...]:
    """Read "the morning of 9 May", "the early evening", "night"."""
    times = line.times
    start = skip_the(line, at)
    article = start > at
    part_at = start
    if times.part.get(line.low(start)) and line.low(start + 1) in times.daypart:
        start += 1
    named = match_phrase(line.words, start, times.daypart)
    if named is None or (line.words[start].is_capital and start > 0):
        return ()
    end, daypart = named
    end += times.units.get(line.low(end)) == "TH"
    if line.low(end) in times.of or line.low(end) in times.on:
        whole = read_whole(line, end + 1)
        if whole is not None and takes_time(whole[1]):
            timed = replace(whole[1], time=daypart)
            return one_found(at, whole[0], timed, "time.date")
    if line.low(at) in times.deictic_night:
        return ()
    generic = not article and line.low(at - 1) not in times.in_count
    generic = generic and part_at == start
    return (Found(at, end, Hour(time=daypart, generic=generic), "time.daypart"),)


def read_reference(line: Line, at: int) -> tuple[Found, ...]:
    """Read "now", "recently", "the future"."""
    times = line.times
    for table in (times.present, times.past, times.future):
        found = match_phrase(line.words, at, table)
        if found is None or match_phrase(line.words, at, times.reference_guard):
            continue
        end, value = found
        if line.words[at].is_capital and line.low(at - 1).isalpha():
            continue
        unit = times.units.get(line.low(end))
        if unit is not None and table is times.past:
            window = Window(count=None, unit=unit, near=Near(Anchor.REPORT, -1))
            return (Found(at, end + 1, window, "window"),)
        return (Found(at, end, Reference(value=value), "reference"),)
    return ()


def read_lone_day(line: Line, at: int) -> tuple[Found, ...]:
    """Read "the 20th", "the 28th of that month" where it is a day of a known month."""
    start = skip_the(line, at)
    day = read_day(line, start)
    if start == at or day is None or line.words[start].text.isdecimal():
        return ()
    if line.low(at - 1) not in line.times.lone_day_before:
        return ()
    end = start + 1
    near = Near(Anchor.TEXT, 0)
    if line.low(end) in line.times.of:
        whole = read_context(line, end + 1)
        if whole is None or not isinstance(whole[1], Shift) or whole[1].unit != "M":
            return ()
        end, near = whole[0], whole[1].near
    elif (
        end < len(line.words)
        and line.words[end].text[0].isalpha()
        and (
            line.low(end) not in line.times.joiner
            and line.low(end) not in line.times.clause_edge
        )
    ):
        return ()
    return one_found(at, end, Calendar(day=day, near=near), "date.lone-day")
