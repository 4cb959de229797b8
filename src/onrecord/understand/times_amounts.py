"""Read counted units of time: durations, "ago", "later", "every two weeks"."""

from onrecord.understand.counts import read_count
from onrecord.understand.times_exprs import (
    Anchor,
    Duration,
    Found,
    Near,
    Offset,
    Recurring,
    Shift,
    Window,
    duration_value,
)
from onrecord.understand.times_line import (
    DASHES,
    FIRST_YEAR,
    Line,
    parse_near,
    skip_the,
)
from onrecord.understand.words import match_phrase

POSSESSIVES = frozenset({"'s", "'", "’"})
SKIPPED = "skipped"  # words that look like a time and are none: an age


def read_amount(line: Line, at: int) -> tuple[int, float | None, str] | None:
    """Return end, count (None: vague) and unit of "three weeks", "a few days"."""
    times = line.times
    vague = match_phrase(line.words, at, times.vague_count)
    counted = read_count(line.words, at, line.numbers)
    indefinite = vague is None and line.low(at) in times.indefinite
    count: float | None
    longer = vague is not None and counted is not None and vague[0] > counted.end
    if counted is not None and not counted.vague and not longer:
        end, count = counted.end, counted.value
    elif vague is not None:
        end, count = vague[0], None if vague[1] == "X" else float(vague[1])
    elif counted is not None:
        end, count = counted.end, None
    elif indefinite:
        end, count = at + 1, 1.0
    else:
        return None
    end += line.low(end) in DASHES
    if line.low(end) in times.unit_skip:
        end += 1
    low = line.low(end)
    unit = times.units.get(low) or times.unit.get(low) or times.half_unit.get(low)
    if unit is None or unit in ("WE", "Q"):
        return None
    if unit == "TS" and low in times.unit and not (counted and counted.digits):
        return None
    if low in times.unit and end == at + 1 and (count or 0) >= FIRST_YEAR:
        return None  # "World Cup 2018 day five"
    if low in times.half_unit:
        count = 0.5 * (count or 1.0)
    if count is not None and indefinite and low in times.units:
        return None
    return end + 1, count, unit


def read_counted(line: Line, at: int) -> tuple[Found, ...]:
    """Read "three weeks", "two weeks ago", "a few days later", "months", "aged 40"."""
    times = line.times
    if line.low(at) in times.aged and read_count(line.words, at + 1, line.numbers):
        return (Found(at, at + 2, Duration(count=None, unit="Y"), SKIPPED),)
    approx = match_phrase(line.words, at, times.approx)
    start = approx[0] if approx is not None else at
    start = skip_the(line, start) if approx is not None else start
    amount = read_amount(line, start)
    if amount is None and (approx is None or start == at):
        unit = times.units.get(line.low(at))
        if unit is not None and unit not in ("WE", "TS", "Q"):
            amount = at + 1, None, unit
        start = at
    if amount is None:
        return ()
    end, count, unit = amount
    age = end + (line.low(end) in DASHES)
    if unit in ("Y", "M") and match_phrase(line.words, age, times.age):
        return (Found(at, age + 1, Duration(count=count, unit=unit), SKIPPED),)
    offset = _read_offset(line, at, end, count, unit)
    if offset:
        return offset
    long = end + (line.low(end) in DASHES)
    if line.low(long) in times.long:
        end = long + 1
        # "a month-long war": the article belongs to the war
        at = at + 1 if start == at and line.low(at) in times.article else at
    after_in = line.low(at - 1) in times.in_count and not _hangs_on_noun(line, end - 1)
    if after_in and line.low(end) in POSSESSIVES and line.low(end + 1) in times.in_time:
        end += 2
    expr = Duration(count=count, unit=unit, after_in=after_in)
    return (Found(at, end, expr, "duration"),)


def _hangs_on_noun(line: Line, at: int) -> bool:
    """Tell whether the tree makes a noun's attribute of it: "a rise in three years"."""
    return line.tokens[line.words[at].token].deprel == "nmod"


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
    whole = read_shifted(line, last) if near == Near(Anchor.REPORT, -1) else None
    if whole is not None and unit in ("W", "M", "Y"):
        expr = Offset(count=count, unit=unit, near=near, of=whole[1])
        return (Found(at, whole[0], expr, "offset"),)
    return (Found(at, last, Offset(count=count, unit=unit, near=near), "offset"),)


def read_shifted(line: Line, at: int) -> tuple[int, Shift] | None:
    """Read the "today", "tomorrow night" or "this week" of "a year ago this week"."""
    times = line.times
    day = match_phrase(line.words, at, times.deictic)
    if day is not None:
        daypart = times.daypart.get(line.low(day[0]))
        near = Near(Anchor.REPORT, day[1])
        shift = Shift(unit="D", near=near, time=daypart)
        return day[0] + (daypart is not None), shift
    phrase = match_phrase(line.words, at, times.shift)
    if phrase is None or parse_near(phrase[1]) != Near(Anchor.REPORT, 0):
        return None
    unit = times.unit.get(line.low(phrase[0]))
    if unit not in ("W", "M"):
        return None
    return phrase[0] + 1, Shift(unit=unit, near=Near(Anchor.REPORT, 0))


def _closes(line: Line, at: int) -> bool:
    """Tell whether nothing that a preposition could govern stands at `at`."""
    if at >= len(line.words):
        return True
    return not line.words[at].text[0].isalnum() or line.low(at) in line.times.joiner


def read_day_around(line: Line, at: int) -> tuple[Found, ...]:
    """Read "the day before", "the day after the vote", "the week following"."""
    start = skip_the(line, at)
    time = line.times.daypart.get(line.low(start))
    unit = "D" if time else line.times.unit.get(line.low(start))
    by = line.times.day_offset.get(line.low(start + 1))
    if start == at or unit not in ("D", "W", "M", "Y") or by is None:
        return ()
    end = start + 2
    if not _closes(line, end):
        expr = Offset(count=1.0, unit=unit, near=None)
        return (Found(at, end, expr, "offset.event"),)
    shift = Shift(unit=unit, near=Near(Anchor.TEXT, by), time=time)
    return (Found(at, end, shift, "shift.unit"),)


def read_nth_running(line: Line, at: int) -> tuple[Found, ...]:
    """Read "the fourth night in a row", "a third straight day"."""
    times = line.times
    start = at + (line.low(at) in times.the or line.low(at) in times.indefinite)
    number = line.numbers.ordinal.get(line.low(start), 0)
    end = start + 1
    straight = line.low(end) in times.running
    end += straight
    unit = "D" if line.low(end) in times.daypart else times.unit.get(line.low(end))
    if number < 2 or start == at or unit not in ("D", "W", "M", "Y"):
        return ()
    behind = match_phrase(line.words, end + 1, times.running_behind)
    if not straight and behind is None:
        return ()
    end = behind[0] if behind is not None else end + 1
    window = Window(count=number - 1, unit=unit, near=Near(Anchor.CONTEXT, -1))
    return (Found(at, end, window, "window.running"),)


def read_set(line: Line, at: int) -> tuple[Found, ...]:
    """Read "daily", "every two weeks", "each Friday", "Mondays", "per day"."""
    times, words = line.times, line.words
    named = match_phrase(words, at, times.set)
    if named is not None:
        title = (
            words[at].is_capital
            and named[0] < len(words)
            and (words[named[0]].is_capital)
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
    amount = read_amount(line, end)
    unit = times.unit.get(low)
    if amount is None and unit is not None and unit not in ("WE", "Q"):
        amount = end + 1, 1.0, unit
    if amount is None:
        return ()
    value = duration_value((amount[1] or 1.0) * factor, amount[2])
    return (Found(at, amount[0], Recurring(value=value), "set.every"),)
