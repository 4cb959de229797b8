"""What words of time say before they are resolved: small records, no dates yet."""

from enum import StrEnum

import msgspec


class Anchor(StrEnum):
    """What a relative time counts from.

    REPORT: the report's date. TEXT: the text's last time. CONTEXT: the report's date
    where the text is news, the text's last time where it is history.
    """

    REPORT = "R"
    TEXT = "T"
    CONTEXT = "C"


class Near(msgspec.Struct, frozen=True, gc=False):
    """So many units before (negative) or after the anchor."""

    anchor: Anchor
    by: int


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """A date by its parts; what is missing comes from the context.

    `near` places the whole ("last Friday"), `year_near` its year ("May of that year").
    `decade` and `century` are their TIMEX3 digits ("the 1990s" 199, "the 21st
    century" 20).
    `division` is Q1-Q4 or H1-H2, `season` SP SU FA WI, `holiday` an entry's value.
    `time` is THH:MM or a part of the day (MO AF EV NI ...), `part` a part of the whole.
    `generic`: perhaps of any year ("in winter").
    """

    year: int | None = None
    bc: bool = False
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    division: str | None = None
    decade: int | None = None
    century: int | None = None
    holiday: str | None = None
    near: Near | None = None
    year_near: Near | None = None
    time: str | None = None
    part: str | None = None
    generic: bool = False


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """A whole unit around the anchor: "last week", "the next day", "yesterday"."""

    unit: str
    near: Near
    time: str | None = None
    part: str | None = None


class Offset(msgspec.Struct, frozen=True, kw_only=True):
    """Counted units from the anchor: "two weeks ago". `count` None: unknown.

    `near` None: counted from something the text tells in other words. `of`: the day or
    unit that it is counted from ("a year ago this week").
    """

    count: float | None
    unit: str
    near: Near | None
    time: str | None = None
    of: Shift | None = None


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Counted units that end or begin at the anchor: "the last four years"."""

    count: float | None
    unit: str
    near: Near


class Slice(msgspec.Struct, frozen=True, kw_only=True):
    """Units of a date: "the first ten months of 1915", "the second week of May".

    Counted from the end if `last`; `skip` units lie before it.
    """

    count: float | None
    unit: str
    last: bool
    skip: int = 0
    of: "Calendar | Shift"


class Duration(msgspec.Struct, frozen=True, kw_only=True):
    """So much time. `after_in`: behind "in", so perhaps a time to come."""

    count: float | None
    unit: str
    after_in: bool = False


class Recurring(msgspec.Struct, frozen=True, kw_only=True):
    """A time that comes again, as its TIMEX3 value."""

    value: str


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """PRESENT_REF, PAST_REF or FUTURE_REF."""

    value: str


class Hour(msgspec.Struct, frozen=True, kw_only=True):
    """A time of day without a date. `generic`: any day's ("at night")."""

    time: str
    generic: bool = False


Wholes = Calendar | Shift
Expr = (
    Calendar | Shift | Offset | Window | Slice | Duration | Recurring | Reference | Hour
)


class Found(msgspec.Struct, frozen=True, gc=False):
    """Pieces `first` to `last` (exclusive) that say `expr`, by grammar rule `rule`."""

    first: int
    last: int
    expr: Expr
    rule: str


def duration_value(count: float | None, unit: str) -> str:
    """Return TIMEX3's P3D, PT2H, PXM, P2.5Y."""
    if unit == "FN":
        count, unit = count and count * 2, "W"
    number = "X" if count is None else f"{count:.15g}"
    return f"PT{number}{unit[1]}" if unit[0] == "T" else f"P{number}{unit}"
