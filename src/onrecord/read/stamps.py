"""The day that a time stamp of a feed, a news item or a mail names.

In the zone it is written in: 23:30 -0500 on 29 January is 29 January.
"""

import datetime as dt
import re

from onrecord.read.dates import parse_date

MAX_STAMP_CHARS = 200
_COMMENT = re.compile(r"\s*\([^()]{0,80}\)")  # "+0000 (UTC)"
_SHORT_YEAR = re.compile(r"(?i)((?:[a-z]{3,9},?\s+)?\d{1,2}\s+[a-z]{3,9}\s+)(\d{2})\b")
_BASIC = re.compile(r"(\d{8})(?:T\d{4,6}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?(?:\d{2})?)?)?")
_NAMED_OFFSET = re.compile(r"\b(?:GMT|UTC?)(?=[+-]\d)")  # "GMT+0100"
_PIVOT = 50  # RFC 5322 section 4.3: "49" is 2049, "50" is 1950


def read_stamp(value: object) -> dt.date | None:
    """Return the day, None where `value` is no full date that reads in one way.

    >>> read_stamp("Sat, 29 Jan 22 23:30:00 -0500 (EST)")
    datetime.date(2022, 1, 29)
    >>> read_stamp("20220129T233000-0500")
    datetime.date(2022, 1, 29)
    """
    if not isinstance(value, str) or len(value) > MAX_STAMP_CHARS:
        return None
    text = " ".join(_COMMENT.sub("", value).split())
    basic = _BASIC.fullmatch(text)
    if basic:
        return parse_date(basic[1])
    text = _NAMED_OFFSET.sub("", text)
    short = _SHORT_YEAR.match(text)
    if short:
        text = f"{short[1]}{_century(short[2])}{short[2]}{text[short.end() :]}"
    return parse_date(text)


def first_day(*values: object) -> dt.date | None:
    """Return the day of the first of several stamps that can be read."""
    return next((day for value in values if (day := read_stamp(value))), None)


def _century(year: str) -> str:
    return "20" if int(year) < _PIVOT else "19"
