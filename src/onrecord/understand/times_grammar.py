"""Find words of time in one sentence: dates, clock times, relative times, spans."""

import re
from collections.abc import Callable

from msgspec.structs import replace

from onrecord.understand.counts import read_count
from onrecord.understand.times_dates import read_one
from onrecord.understand.times_exprs import (
    Anchor,
    Calendar,
    Duration,
    Found,
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
from onrecord.understand.times_line import Line, parse_near, read_day, skip_the
from onrecord.understand.times_ranges import read_dates
from onrecord.understand.words import match_phrase

Wholes = Calendar | Shift
_UNITS = frozenset({"D", "W", "M", "Y", "DE", "CE", "WE", "Q"})
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?:[:.][0-5]\d)?")
_MILITARY = re.compile(r"([01]\d|2[0-4])([0-5]\d)")
_HOUR = re.compile(r"1[0-2]|[1-9]")
_DASHES = frozenset({"-", "–", "‐", "‑"})


def find_exprs(line: Line) -> tuple[Found, ...]:
    """Return the words of time of a sentence, in order, none overlapping."""
    founds: list[Found] = []
    at = 0
    while at < len(line.words):
        if not _can_open(line, at):
            at += 1
            continue
        best: tuple[Found, ...] = ()
        for reader in _READERS:
            read = reader(line, at)
            if read and (not best or read[-1].last > best[-1].last):
                best = read
        if not best:
            at += 1
            continue
        at = best[-1].last
        founds += [f for f in best if f.rule != SKIPPED]
    return _mark_ranges(line, founds)


def _can_open(line: Line, at: int) -> bool:
    """Tell cheaply whether a time may begin at `at`."""
    word = line.words[at]
    return (
        word.is_digit
        or word.low in line.times.openers
        or word.low in line.numbers.openers
        or word.text[1:2].isdecimal()
    )


SKIPPED = "skipped"  # words that look like a time and are none: an age


def _mark_ranges(line: Line, founds: list[Found]) -> tuple[Found, ...]:
    """Put `+from` and `+to` behind the rules of the two ends of a range."""
    for k in range(len(founds) - 1):
        first, second = founds[k], founds[k + 1]
        if not (isinstance(first.expr, Calendar) and isinstance(second.expr, Calendar)):
            continue
        if second.first != first.last + 1:
            continue
        joint = line.times.joiner.get(line.low(first.last))
        between = line.low(first.first - 1) in line.times.between
        if joint == "RANGE" or (joint == "LIST" and between):
            founds[k] = replace(first, rule=first.rule.removesuffix("+to") + "+from")
            founds[k + 1] = replace(second, rule=second.rule + "+to")
    return tuple(founds)


def _single(at: int, end: int, expr: Wholes, rule: str) -> tuple[Found, ...]:
    return (Found(at, end, expr, rule),)


def _read_whole(line: Line, at: int) -> tuple[int, Wholes] | None:
    """Return end and meaning of one date or shifted unit at `at`."""
    best: tuple[int, Wholes] | None = None
    for reader in (_read_dates, _read_shift, _read_deictic):
        found = reader(line, at)
        if not found or not isinstance(found[0].expr, Calendar | Shift):
            continue
        if best is None or found[0].last > best[0]:
            best = found[0].last, found[0].expr
    return best


def _read_context(line: Line, at: int) -> tuple[int, Wholes] | None:
    """Return "the month", "the year": the unit that the text is in."""
    whole = _read_whole(line, at)
    if whole is not None:
        return whole
    start = skip_the(line, at)
    unit = line.times.unit.get(line.low(start))
    if start == at or unit not in _UNITS:
        return None
    anchor = Anchor.TEXT if unit == "D" else Anchor.CONTEXT
    return start + 1, Shift(unit=unit, near=Near(anchor, 0))


def _read_dates(line: Line, at: int) -> tuple[Found, ...]:
    """Read dates, with an approximator before and a time of day behind."""
    approx = match_phrase(line.words, at, line.times.approx)
    founds = read_dates(line, at)
    if not founds and approx is not None and approx[0] == at + 1 and (
        line.low(at) in line.times.approx_date
    ):
        founds = read_dates(line, approx[0])
        if founds:
            founds = (replace(founds[0], first=at), *founds[1:])
    if not founds:
        return ()
    last = founds[-1]
    if not isinstance(last.expr, Calendar):
        return founds
    end, timed = _add_time_behind(line, last.last, last.expr)
    return (*founds[:-1], replace(last, last=end, expr=timed))


def _add_time_behind(line: Line, end: int, whole: Wholes) -> tuple[int, Wholes]:
    """Read "night" behind "Friday", "9:30 am" behind "May 5"."""
    if not _takes_time(whole):
        return end, whole
    daypart = line.times.daypart.get(line.low(end))
    if daypart is not None and not line.words[end].is_capital:
        return end + 1, replace(whole, time=daypart)
    daypart = line.times.daypart.get(line.low(end + 1))
    if daypart is not None and line.low(end) in line.times.part:
        return end + 2, replace(whole, time=daypart)
    clock = _read_clock_time(line, end)
    if clock is not None:
        return clock[0], replace(whole, time=clock[1])
    return end, whole


def _read_shift(line: Line, at: int) -> tuple[Found, ...]:
    """Read "last week", "the following day", "next Friday", "the last four years"."""
    start = skip_the(line, at)
    phrase = match_phrase(line.words, start, line.times.shift)
    if phrase is None:
        return _read_weekend(line, at, start)
    end, value = phrase
    if start > at:
        value = line.times.shift_definite.get(line.low(end - 1), value)
    near = parse_near(value)
    window = _read_window(line, at, end, near)
    if window:
        return window
    low = line.low(end)
    unit = line.times.unit.get(low)
    if unit in _UNITS and line.low(end - 1) in line.times.window_word:
        window_expr = Window(count=1.0, unit=unit, near=near)
        return (Found(at, end + 1, window_expr, "window"),)
    if unit == "Y" and (dated := _read_dated_year(line, at, end + 1, near)):
        return dated
    if unit in _UNITS and not line.words[end].text.isupper():
        shift = Shift(unit=unit, near=near)
        end, whole = _add_time_behind(line, end + 1, shift) if unit == "D" else (
            end + 1, shift)
        return _single(at, end, whole, "shift.unit")
    daypart = line.times.daypart.get(low)
    if daypart is not None:
        shift = Shift(unit="D", near=near, time=daypart)
        return _single(at, end + 1, shift, "shift.daypart")
    return _read_shifted_date(line, at, end, near)


def _read_dated_year(line: Line, at: int, end: int, near: Near) -> tuple[Found, ...]:
    """Read the day behind "last year": "last year on 8 August"."""
    core = read_one(line, end + (line.low(end) in line.times.on))
    if core is None or core[1].month is None or core[1].year is not None:
        return ()
    date = replace(core[1], year_near=near)
    return _single(at, core[0], date, "shift.year-date")


def _read_week_of(line: Line, at: int) -> tuple[Found, ...]:
    """Read "the week of 21 October"."""
    start = skip_the(line, at)
    if line.times.unit.get(line.low(start)) != "W":
        return ()
    if start == at or line.low(start + 1) not in line.times.of:
        return ()
    core = read_one(line, start + 2)
    if core is None or core[1].day is None or core[1].month is None:
        return ()
    return _single(at, core[0], replace(core[1], part="WEEK"), "part.week")


def _read_weekend(line: Line, at: int, start: int) -> tuple[Found, ...]:
    """Read "the weekend"."""
    if start == at or line.times.unit.get(line.low(start)) != "WE":
        return ()
    shift = Shift(unit="WE", near=Near(Anchor.CONTEXT, 0))
    return _single(at, start + 1, shift, "shift.unit")


def _read_shifted_date(
    line: Line, at: int, end: int, near: Near
) -> tuple[Found, ...]:
    """Read "next Friday", "this past December", "the previous March", "last summer"."""
    times = line.times
    low = line.low(end)
    if end < len(line.words) and line.words[end].is_capital:
        if low in times.weekday:
            date = Calendar(weekday=times.weekday[low], near=near)
            behind, whole = _add_time_behind(line, end + 1, date)
            return _single(at, behind, whole, "shift.weekday")
        if low in times.month:
            day = read_day(line, end + 1)
            date = Calendar(month=times.month[low], day=day, near=near)
            last = end + 1 + (day is not None)
            return _single(at, last, date, "shift.month")
    season = times.season.get(low)
    if season is not None:
        return _single(at, end + 1, Calendar(season=season, near=near), "shift.season")
    return ()


def _read_window(line: Line, at: int, end: int, near: Near) -> tuple[Found, ...]:
    """Read the count and plural unit behind "the last", "the coming"."""
    counted = _read_amount(line, end)
    if counted is None:
        unit = line.times.units.get(line.low(end))
        if unit is None or unit == "WE":
            return ()
        counted = end + 1, None, unit
    last, count, unit = counted
    sliced = _read_slice(line, at, last, count, unit, near)
    if sliced:
        return sliced
    return (Found(at, last, Window(count=count, unit=unit, near=near), "window"),)


def _read_slice(
    line: Line, at: int, last: int, count: float | None, unit: str, near: Near
) -> tuple[Found, ...]:
    """Read "of 1915" behind "the last ten months"."""
    if near.by >= 0 or line.low(last) not in line.times.of:
        return ()
    whole = _read_context(line, last + 1)
    if whole is None:
        return ()
    expr = Slice(count=count, unit=unit, last=True, of=whole[1])
    return (Found(at, whole[0], expr, "slice"),)


def _read_ordinal_slice(line: Line, at: int) -> tuple[Found, ...]:
    """Read "the first ten months of 1915", "the last week of May"."""
    start = skip_the(line, at)
    side = line.times.slice.get(line.low(start))
    if side is None or start == at:
        return ()
    amount = _read_amount(line, start + 1)
    if amount is None:
        unit = line.times.unit.get(line.low(start + 1))
        if unit is None or unit == "Q":
            return ()
        amount = start + 2, 1.0, unit
    end, count, unit = amount
    if line.low(end) not in line.times.of:
        return ()
    whole = _read_context(line, end + 1)
    if whole is None:
        return ()
    expr = Slice(count=count, unit=unit, last=side == "LAST", of=whole[1])
    return (Found(at, whole[0], expr, "slice"),)


def _read_deictic(line: Line, at: int) -> tuple[Found, ...]:
    """Read "yesterday", "tomorrow morning", "tonight"."""
    found = match_phrase(line.words, at, line.times.deictic)
    if found is not None:
        near = Near(Anchor.REPORT, found[1])
        end, whole = _add_time_behind(line, found[0], Shift(unit="D", near=near))
        return _single(at, end, whole, "deictic.day")
    night = match_phrase(line.words, at, line.times.deictic_night)
    if night is None:
        return ()
    shift = Shift(unit="D", near=Near(Anchor.REPORT, night[1]), time="NI")
    return _single(at, night[0], shift, "deictic.day")


def _read_part(line: Line, at: int) -> tuple[Found, ...]:
    """Read "early May", "late on Sunday", "mid-2015", "late last year"."""
    part = line.times.part.get(line.low(at))
    start = skip_the(line, at)
    if part is None and start > at:
        part = line.times.part.get(line.low(start))
    if part is None:
        return ()
    end = start + 1
    end += line.low(end) in _DASHES
    end += line.low(end) in line.times.on
    whole = _read_context(line, end)
    if whole is None:
        return ()
    return _single(at, whole[0], replace(whole[1], part=part), "part")


def _read_part_noun(line: Line, at: int) -> tuple[Found, ...]:
    """Read "the end of March", "the second half of 2008", "the middle of the week"."""
    start = skip_the(line, at)
    noun = match_phrase(line.words, start, line.times.part_noun)
    if noun is None or line.low(noun[0]) not in line.times.of:
        return ()
    whole = _read_context(line, noun[0] + 1)
    if whole is None:
        return ()
    return _single(at, whole[0], replace(whole[1], part=noun[1]), "part.noun")


def _read_possessed_end(line: Line, at: int) -> tuple[Found, ...]:
    """Read "month's end", "the year's end"."""
    start = skip_the(line, at)
    unit = line.times.unit.get(line.low(start))
    if unit not in ("M", "Y", "W") or line.low(start + 1) != "'s":
        return ()
    noun = line.times.part_noun.get(line.low(start + 2))
    if noun is None:
        return ()
    near = Near(Anchor.CONTEXT, 0)
    return _single(at, start + 3, Shift(unit=unit, near=near, part=noun), "part.noun")


def _read_within(line: Line, at: int) -> tuple[Found, ...]:
    """Read "later that month", "earlier this year", "later in the evening"."""
    part = line.times.within.get(line.low(at))
    if part is None:
        return ()
    end = at + 1 + (line.low(at + 1) in line.times.on)
    whole = _read_context(line, end)
    if whole is not None:
        return _single(at, whole[0], replace(whole[1], part=part), "part.within")
    hour = _read_daypart(line, end)
    return (replace(hour[0], first=at),) if hour else ()


def _read_timed(line: Line, at: int) -> tuple[Found, ...]:
    """Read a time of day and its date: "5 p.m. Friday", "the night of 6 June".

    Of "5 p.m. on Friday" the clock time alone, with that date; Friday comes next.
    """
    clock = _read_clock_time(line, at)
    if clock is not None:
        end, time = clock
        linked = line.low(end) in line.times.on
        start = end + (linked or line.low(end) == ",")
        whole = _read_whole(line, start)
        if whole is not None and _takes_time(whole[1]):
            timed = replace(whole[1], time=time)
            return _single(at, end if linked else whole[0], timed, "time.date")
        return (Found(at, end, Hour(time=time), "time.clock"),)
    return _read_daypart(line, at)


def _takes_time(whole: Wholes) -> bool:
    if isinstance(whole, Shift):
        return whole.unit == "D" and whole.time is None
    return (whole.day or whole.weekday or whole.holiday) is not None


def _read_daypart(line: Line, at: int) -> tuple[Found, ...]:
    """Read "the morning of 9 May", "the early evening", "night"."""
    times = line.times
    start = skip_the(line, at)
    article = start > at
    part_at = start
    if times.part.get(line.low(start)) and line.low(start + 1) in times.daypart:
        start += 1
    daypart = times.daypart.get(line.low(start))
    if daypart is None or (line.words[start].is_capital and start > 0):
        return ()
    end = start + 1
    end += times.units.get(line.low(end)) == "TH"
    if line.low(end) in times.of or line.low(end) in times.on:
        whole = _read_whole(line, end + 1)
        if whole is not None and _takes_time(whole[1]):
            timed = replace(whole[1], time=daypart)
            return _single(at, whole[0], timed, "time.date")
    generic = not article and line.low(at - 1) not in times.in_count
    generic = generic and part_at == start
    return (Found(at, end, Hour(time=daypart, generic=generic), "time.daypart"),)


def _read_clock_time(line: Line, at: int) -> tuple[int, str] | None:
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


def _read_amount(line: Line, at: int) -> tuple[int, float | None, str] | None:
    """Return end, count (None: vague) and unit of "three weeks", "a few days"."""
    times = line.times
    vague = match_phrase(line.words, at, times.vague_count)
    counted = read_count(line.words, at, line.numbers)
    indefinite = line.low(at) in times.indefinite
    count: float | None
    if counted is not None and not counted.vague:
        end, count = counted.end, counted.value
    elif vague is not None:
        end, count = vague[0], None if vague[1] == "X" else float(vague[1])
    elif counted is not None:
        end, count = counted.end, None
    elif indefinite:
        end, count = at + 1, 1.0
    else:
        return None
    end += line.low(end) in _DASHES
    if line.low(end) in times.unit_skip:
        end += 1
    low = line.low(end)
    unit = times.units.get(low) or times.unit.get(low) or times.half_unit.get(low)
    if unit is None or unit in ("WE", "Q"):
        return None
    if unit == "TS" and low in times.unit and not (counted and counted.digits):
        return None
    if low in times.half_unit:
        count = 0.5 * (count or 1.0)
    if count is not None and indefinite and low in times.units:
        return None
    return end + 1, count, unit


def _read_counted(line: Line, at: int) -> tuple[Found, ...]:
    """Read "three weeks", "two weeks ago", "a few days later", "months", "aged 40"."""
    times = line.times
    if line.low(at) in times.aged and read_count(line.words, at + 1, line.numbers):
        return (Found(at, at + 2, Duration(count=None, unit="Y"), SKIPPED),)
    approx = match_phrase(line.words, at, times.approx)
    start = approx[0] if approx is not None else at
    start = skip_the(line, start) if approx is not None else start
    amount = _read_amount(line, start)
    if amount is None and (approx is None or start == at):
        unit = times.units.get(line.low(at))
        if unit is not None and unit not in ("WE", "TS", "Q"):
            amount = at + 1, None, unit
        start = at
    if amount is None:
        return ()
    end, count, unit = amount
    age = end + (line.low(end) in _DASHES)
    if unit in ("Y", "M") and match_phrase(line.words, age, times.age):
        return (Found(at, age + 1, Duration(count=count, unit=unit), SKIPPED),)
    offset = _read_offset(line, at, end, count, unit)
    if offset:
        return offset
    long = end + (line.low(end) in _DASHES)
    if line.low(long) in times.long:
        end = long + 1
        # "a month-long war": the article belongs to the war
        at = at + 1 if start == at and line.low(at) in times.article else at
    after_in = line.low(at - 1) in times.in_count
    expr = Duration(count=count, unit=unit, after_in=after_in)
    return (Found(at, end, expr, "duration"),)


def _read_offset(
    line: Line, at: int, end: int, count: float | None, unit: str
) -> tuple[Found, ...]:
    """Read "ago", "later", "before" behind an amount."""
    phrase = match_phrase(line.words, end, line.times.offset)
    if phrase is None:
        return ()
    last, value = phrase
    near = parse_near(value)
    if line.low(last - 1) in line.times.offset_guarded and not _closes(line, last):
        return ()
    return (Found(at, last, Offset(count=count, unit=unit, near=near), "offset"),)


def _closes(line: Line, at: int) -> bool:
    """Tell whether nothing that a preposition could govern stands at `at`."""
    if at >= len(line.words):
        return True
    return not line.words[at].text[0].isalnum() or line.low(at) in line.times.joiner


def _read_day_around(line: Line, at: int) -> tuple[Found, ...]:
    """Read "the day before", "the day after the vote", "the week following"."""
    start = skip_the(line, at)
    unit = line.times.unit.get(line.low(start))
    by = line.times.day_offset.get(line.low(start + 1))
    if start == at or unit not in ("D", "W", "M", "Y") or by is None:
        return ()
    end = start + 2
    if not _closes(line, end):
        expr = Offset(count=1.0, unit=unit, near=None)
        return (Found(at, end, expr, "offset.event"),)
    shift = Shift(unit=unit, near=Near(Anchor.TEXT, by))
    return _single(at, end, shift, "shift.unit")


def _read_set(line: Line, at: int) -> tuple[Found, ...]:
    """Read "daily", "every two weeks", "each Friday", "Mondays", "per day"."""
    times, words = line.times, line.words
    named = match_phrase(words, at, times.set)
    if named is not None:
        title = words[at].is_capital and named[0] < len(words) and (
            words[named[0]].is_capital
        )
        found = Found(at, named[0], Recurring(value=named[1]), "set.adverb")
        return () if title else (found,)
    low = line.low(at)
    if low in times.weekdays and words[at].is_capital:
        value = f"XXXX-WXX-{times.weekdays[low]}"
        return (Found(at, at + 1, Recurring(value=value), "set.weekday"),)
    every = match_phrase(words, at, times.every)
    if every is None:
        return ()
    end, factor = every
    low = line.low(end)
    if low in times.weekday:
        value = f"XXXX-WXX-{times.weekday[low]}"
        return (Found(at, end + 1, Recurring(value=value), "set.weekday"),)
    if low in times.daypart:
        value = f"XXXX-XX-XXT{times.daypart[low]}"
        return (Found(at, end + 1, Recurring(value=value), "set.every"),)
    amount = _read_amount(line, end)
    unit = times.unit.get(low)
    if amount is None and unit is not None and unit not in ("WE", "Q"):
        amount = end + 1, 1.0, unit
    if amount is None:
        return ()
    value = duration_value((amount[1] or 1.0) * factor, amount[2])
    return (Found(at, amount[0], Recurring(value=value), "set.every"),)


def _read_reference(line: Line, at: int) -> tuple[Found, ...]:
    """Read "now", "recently", "the future"."""
    times = line.times
    for table in (times.present, times.past, times.future):
        found = match_phrase(line.words, at, table)
        if found is None or match_phrase(line.words, at, times.reference_guard):
            continue
        end, value = found
        if line.words[at].is_capital and at > 0 and line.words[at].text != "Now":
            continue
        return (Found(at, end, Reference(value=value), "reference"),)
    return ()


def _read_lone_day(line: Line, at: int) -> tuple[Found, ...]:
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
        whole = _read_context(line, end + 1)
        if whole is None or not isinstance(whole[1], Shift) or whole[1].unit != "M":
            return ()
        end, near = whole[0], whole[1].near
    elif end < len(line.words) and line.words[end].text[0].isalpha() and (
        line.low(end) not in line.times.joiner
        and line.low(end) not in line.times.clause_edge
    ):
        return ()
    return _single(at, end, Calendar(day=day, near=near), "date.lone-day")


_READERS: tuple[Callable[[Line, int], tuple[Found, ...]], ...] = (
    _read_dates,
    _read_part,
    _read_part_noun,
    _read_possessed_end,
    _read_within,
    _read_week_of,
    _read_timed,
    _read_shift,
    _read_ordinal_slice,
    _read_deictic,
    _read_day_around,
    _read_counted,
    _read_set,
    _read_lone_day,
    _read_reference,
)
