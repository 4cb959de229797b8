"""Read dates and units placed by the report or the text: "last week", "yesterday"."""

from msgspec.structs import replace

from onrecord.understand.times_amounts import read_amount
from onrecord.understand.times_clock import add_time_behind
from onrecord.understand.times_dates import read_one
from onrecord.understand.times_exprs import (
    Anchor,
    Calendar,
    Found,
    Near,
    Shift,
    Slice,
    Wholes,
    Window,
)
from onrecord.understand.times_line import Line, parse_near, read_day, skip_the
from onrecord.understand.times_ranges import read_dates as read_plain_dates
from onrecord.understand.words import match_phrase

_UNITS = frozenset({"D", "W", "M", "Y", "DE", "CE", "WE", "Q"})


def one_found(at: int, end: int, expr: Wholes, rule: str) -> tuple[Found, ...]:
    return (Found(at, end, expr, rule),)


def read_whole(line: Line, at: int) -> tuple[int, Wholes] | None:
    """Return end and meaning of one date or shifted unit at `at`."""
    best: tuple[int, Wholes] | None = None
    for reader in (read_dates, read_shift, read_deictic):
        found = reader(line, at)
        if not found or not isinstance(found[0].expr, Calendar | Shift):
            continue
        if best is None or found[0].last > best[0]:
            best = found[0].last, found[0].expr
    return best


def read_context(line: Line, at: int) -> tuple[int, Wholes] | None:
    """Return "the month", "the year": the unit that the text is in."""
    whole = read_whole(line, at)
    if whole is not None:
        return whole
    start = skip_the(line, at)
    unit = line.times.unit.get(line.low(start))
    if start == at or unit not in _UNITS:
        return None
    anchor = Anchor.TEXT if unit == "D" else Anchor.CONTEXT
    return start + 1, Shift(unit=unit, near=Near(anchor, 0))


def read_dates(line: Line, at: int) -> tuple[Found, ...]:
    """Read dates, with an approximator before and a time of day behind."""
    approx = match_phrase(line.words, at, line.times.approx)
    founds = read_plain_dates(line, at)
    if (
        not founds
        and approx is not None
        and approx[0] == at + 1
        and (line.low(at) in line.times.approx_date)
    ):
        founds = read_plain_dates(line, approx[0])
        if founds:
            founds = (replace(founds[0], first=at), *founds[1:])
    if not founds:
        return ()
    last = founds[-1]
    if not isinstance(last.expr, Calendar):
        return founds
    end, timed = add_time_behind(line, last.last, last.expr)
    return (*founds[:-1], replace(last, last=end, expr=timed))


def read_deictic(line: Line, at: int) -> tuple[Found, ...]:
    """Read "yesterday", "tomorrow morning", "tonight"."""
    found = match_phrase(line.words, at, line.times.deictic)
    if found is not None:
        near = Near(Anchor.REPORT, found[1])
        end, whole = add_time_behind(line, found[0], Shift(unit="D", near=near))
        return one_found(at, end, whole, "deictic.day")
    night = match_phrase(line.words, at, line.times.deictic_night)
    if night is None:
        return ()
    # "overnight" is the night that led to the report's day
    part = "NIGHT" if night[1] < 0 else None
    near = Near(Anchor.REPORT, night[1])
    shift = Shift(unit="D", near=near, time="NI", part=part)
    return one_found(at, night[0], shift, "deictic.day")


def read_shift(line: Line, at: int) -> tuple[Found, ...]:
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
        end, whole = (
            add_time_behind(line, end + 1, shift) if unit == "D" else (end + 1, shift)
        )
        return one_found(at, end, whole, "shift.unit")
    daypart = line.times.daypart.get(low)
    if daypart is not None:
        shift = Shift(unit="D", near=near, time=daypart)
        return one_found(at, end + 1, shift, "shift.daypart")
    return _read_shifted_date(line, at, end, near)


def _read_weekend(line: Line, at: int, start: int) -> tuple[Found, ...]:
    """Read "the weekend"."""
    if start == at or line.times.unit.get(line.low(start)) != "WE":
        return ()
    shift = Shift(unit="WE", near=Near(Anchor.CONTEXT, 0))
    return one_found(at, start + 1, shift, "shift.unit")


def _read_dated_year(line: Line, at: int, end: int, near: Near) -> tuple[Found, ...]:
    """Read the day behind "last year": "last year on 8 August"."""
    core = read_one(line, end + (line.low(end) in line.times.on))
    if core is None or core[1].month is None or core[1].year is not None:
        return ()
    date = replace(core[1], year_near=near)
    return one_found(at, core[0], date, "shift.year-date")


def _read_shifted_date(line: Line, at: int, end: int, near: Near) -> tuple[Found, ...]:
    """Read "next Friday", "this past December", "the previous March", "last summer"."""
    times = line.times
    low = line.low(end)
    if end < len(line.words) and line.words[end].is_capital:
        if low in times.weekday:
            date = Calendar(weekday=times.weekday[low], near=near)
            behind, whole = add_time_behind(line, end + 1, date)
            return one_found(at, behind, whole, "shift.weekday")
        if low in times.month:
            day = read_day(line, end + 1)
            date = Calendar(month=times.month[low], day=day, near=near)
            last = end + 1 + (day is not None)
            return one_found(at, last, date, "shift.month")
    season = times.season.get(low)
    if season is not None:
        return one_found(
            at, end + 1, Calendar(season=season, near=near), "shift.season"
        )
    return ()


def _read_window(line: Line, at: int, end: int, near: Near) -> tuple[Found, ...]:
    """Read the count and plural unit behind "the last", "the coming"."""
    counted = read_amount(line, end)
    if near.by == 0 and (counted is None or counted[1] is None):
        return ()
    if counted is None:
        unit = line.times.units.get(line.low(end))
        if unit is None or unit == "WE":
            return ()
        counted = end + 1, None, unit
    last, count, unit = counted
    if near.by == 0 and match_phrase(line.words, last, line.times.offset):
        return ()  # "a reminder that two weeks ago"
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
    whole = read_context(line, last + 1)
    if whole is None:
        return ()
    expr = Slice(count=count, unit=unit, last=True, of=whole[1])
    return (Found(at, whole[0], expr, "slice"),)


def read_ordinal_slice(line: Line, at: int) -> tuple[Found, ...]:
    """Read "the first ten months of 1915", "the last week of May"."""
    start = skip_the(line, at)
    side = line.times.slice.get(line.low(start))
    if side is None and start > at:
        return _read_nth(line, at, start)
    if side is None or start == at:
        return ()
    amount = read_amount(line, start + 1)
    if amount is None:
        unit = line.times.unit.get(line.low(start + 1))
        if unit is None or unit == "Q":
            return ()
        amount = start + 2, 1.0, unit
    end, count, unit = amount
    if line.low(end) not in line.times.of:
        return ()
    whole = read_context(line, end + 1)
    if whole is None:
        return ()
    expr = Slice(count=count, unit=unit, last=side == "LAST", of=whole[1])
    return (Found(at, whole[0], expr, "slice"),)


def _read_nth(line: Line, at: int, start: int) -> tuple[Found, ...]:
    """Read "the second week of May", "the third month of 1915"."""
    number = int(line.numbers.ordinal.get(line.low(start), 0))
    unit = line.times.unit.get(line.low(start + 1))
    if number < 2 or unit not in ("W", "M") or line.low(start + 2) not in line.times.of:
        return ()
    whole = read_context(line, start + 3)
    if whole is None or (isinstance(whole[1], Shift) and whole[1].unit == unit):
        return ()
    expr = Slice(count=1.0, unit=unit, last=False, skip=number - 1, of=whole[1])
    return (Found(at, whole[0], expr, "slice"),)
