"""Compare our times with normalised dates as TEI writes them.

Gold gives a date as `when` (a year, month, day or moment), as `from`/`to`, or by
bounds, `notBefore`/`notAfter`. Ours is right when

  when          its value cut to gold's precision is gold's, or its days are gold's;
                of a recurring date (--10, --09-15) the parts that gold gives
  both ends     it shares at least half of the days that either covers: where a week, a
                season, "late September" or a century begins is a convention
  one bound     it begins not before, or ends not after, the bound; PAST_REF and
                FUTURE_REF, or a duration without days, stand for such a bound

Exactly right means the same first and last day (the same value for `when`). Gold dates
whose value cannot be read are counted as `unread` and left out.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = dict[str, Any]
Days = tuple[dt.date, dt.date]
HALF = 0.5
_WHEN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")
_RECURRING = re.compile(r"--\d\d(?:-\d\d)?")
_BOUNDS = (("from", "to"), ("notBefore", "notAfter"), ("notBefore", "to"))


def score_dates(
    gold: Iterable[Row], made: Mapping[str, Sequence[Row]]
) -> dict[str, dict[str, float]]:
    """Return, by genre and in all, how many dates are found, right, exactly right."""
    tallies: dict[str, dict[str, int]] = {}
    for report in gold:
        for start, end, value in report["dates"]:
            near = [t for t in made[report["id"]] if _over(t, start, end)]
            for name in (report["genre"], "all"):
                _count(tallies.setdefault(name, _new()), value, near)
    return {name: _shares(tally) for name, tally in sorted(tallies.items())}


def _new() -> dict[str, int]:
    return dict.fromkeys(("n", "unread", "found", "right", "exact"), 0)


def _over(time: Row, start: int, end: int) -> bool:
    return bool(time["start"] < end and start < time["end"])


def _count(tally: dict[str, int], value: Row, near: Sequence[Row]) -> None:
    if not is_readable(value):
        tally["unread"] += 1
        return
    tally["n"] += 1
    tally["found"] += bool(near)
    tally["right"] += any(agrees(value, time) for time in near)
    tally["exact"] += any(is_same(value, time) for time in near)


def _shares(tally: dict[str, int]) -> dict[str, float]:
    n = max(1, tally["n"])
    shares = {k: 100 * tally[k] / n for k in ("found", "right", "exact")}
    return {"n": tally["n"], "unread": tally["unread"], **shares}


def is_readable(value: Row) -> bool:
    """Tell whether gold's value is one that the rule knows."""
    given = [v for k, v in value.items() if k in ("when", "from", "to")]
    given += [v for k, v in value.items() if k in ("notBefore", "notAfter")]
    return bool(given) and all(
        _RECURRING.fullmatch(v) or _days(v) is not None for v in given
    )


def agrees(value: Row, time: Row) -> bool:
    """Tell whether one of our times means what gold's value does."""
    when = value.get("when")
    if when is not None:
        return is_same(value, time)
    ends = _ends(value)
    ours = _own_days(time)
    if ends is None:
        return _keeps_bound(value, time, ours)
    if isinstance(ends, str):
        return str(time["value"])[5:7] == ends[2:4]
    return ours is not None and _shared(ends, ours) >= HALF


def is_same(value: Row, time: Row) -> bool:
    """Tell whether our value, or our first and last day, are exactly gold's."""
    ours = _own_days(time)
    when: str | None = value.get("when")
    own = str(time["value"] or "")
    if when is None:
        return ours is not None and _ends(value) == ours
    if _RECURRING.fullmatch(when):
        return own[4:].startswith(when[1:])
    date = when.split("T")[0]
    is_value = own == date or own.startswith((date + "-", date + "T"))
    return is_value or _days(when) == ours


def _ends(value: Row) -> Days | str | None:
    """Return the days between two ends, a recurring beginning, or None: one bound."""
    for first, last in _BOUNDS:
        if first in value and last in value:
            if _RECURRING.fullmatch(value[first]):
                return str(value[first])
            begin, end = _days(value[first]), _days(value[last])
            return (begin[0], end[1]) if begin and end else None
    return None


def _keeps_bound(value: Row, time: Row, ours: Days | None) -> bool:
    lowest = _days(value.get("notBefore") or value.get("from") or "")
    highest = _days(value.get("notAfter") or value.get("to") or "")
    if ours is None:
        wanted = "FUTURE_REF" if highest is None else "PAST_REF"
        return bool(time["value"] == wanted or time["type"] == "DURATION")
    if highest is not None:
        return ours[1] <= highest[1]
    return lowest is not None and ours[0] >= lowest[0]


def _shared(gold: Days, ours: Days) -> float:
    first, last = max(gold[0], ours[0]), min(gold[1], ours[1])
    both = max(gold[1], ours[1]) - min(gold[0], ours[0])
    return max(0, (last - first).days + 1) / (both.days + 1)


def _own_days(time: Row) -> Days | None:
    if not time["from"] or not time["to"]:
        return None
    return dt.date.fromisoformat(time["from"]), dt.date.fromisoformat(time["to"])


def _days(value: str) -> Days | None:
    """Return the first and last day of a year, month, day or moment."""
    match = _WHEN.fullmatch(value)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            return dt.date(year or 0, 1, 1), dt.date(year or 0, 12, 31)
        last = day or calendar.monthrange(year, month)[1]
        return dt.date(year, month, day or 1), dt.date(year, month, last)
    except (ValueError, calendar.IllegalMonthError):
        return None
