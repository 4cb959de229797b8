"""Find words of time in one sentence: dates, clock times, relative times, spans."""

from collections.abc import Callable

from msgspec.structs import replace

from onrecord.understand.times_amounts import (
    SKIPPED,
    read_counted,
    read_day_around,
    read_nth_running,
    read_set,
)
from onrecord.understand.times_exprs import Calendar, Found
from onrecord.understand.times_line import Line
from onrecord.understand.times_parts import (
    read_lone_day,
    read_part,
    read_part_noun,
    read_possessed_end,
    read_reference,
    read_timed,
    read_week_of,
    read_within,
)
from onrecord.understand.times_relative import (
    read_dates,
    read_deictic,
    read_ordinal_slice,
    read_shift,
)

RANGE_BEGIN, RANGE_END = "+from", "+to"


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


def _mark_ranges(line: Line, founds: list[Found]) -> tuple[Found, ...]:
    """Put `RANGE_BEGIN` and `RANGE_END` behind the rules of the ends of a range."""
    for k in range(len(founds) - 1):
        first, second = founds[k], founds[k + 1]
        if not (isinstance(first.expr, Calendar) and isinstance(second.expr, Calendar)):
            continue
        if second.first != first.last + 1:
            continue
        joint = line.times.joiner.get(line.low(first.last))
        between = line.low(first.first - 1) in line.times.between
        if joint == "RANGE" or (joint == "LIST" and between):
            founds[k] = replace(
                first, rule=first.rule.removesuffix(RANGE_END) + RANGE_BEGIN
            )
            founds[k + 1] = replace(second, rule=second.rule + RANGE_END)
    return tuple(founds)


_READERS: tuple[Callable[[Line, int], tuple[Found, ...]], ...] = (
    read_dates,
    read_part,
    read_part_noun,
    read_possessed_end,
    read_within,
    read_week_of,
    read_timed,
    read_shift,
    read_ordinal_slice,
    read_deictic,
    read_day_around,
    read_nth_running,
    read_counted,
    read_set,
    read_lone_day,
    read_reference,
)
