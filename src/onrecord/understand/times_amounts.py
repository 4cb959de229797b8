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
    duration_value,
)
from onrecord.understand.times_line import DASHES, Line, parse_near, skip_the
from onrecord.understand.words import match_phrase

SKIPPED = "skipped"  # words that look like a time and are none: an age


def read_amount(line: Line, at: int) -> tuple[int, float | None, str] | None:
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
    end += line.low(end) in DASHES
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


def read_day_around(line: Line, at: int) -> tuple[Found, ...]:
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
    return (Found(at, end, shift, "shift.unit"),)


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
