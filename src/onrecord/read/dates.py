"""Read the date a report is given, and find one where none is given.

Only full dates that can be read in one way: never "03/04/2022", a month, or a number
of seconds. A time of day is passed over and the day is kept as it is written, so
"2022-01-29T23:30-05:00" is 29 January, the day where the report came out.
"""

import datetime as dt
import functools
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files

import msgspec

from onrecord.model.document import DateBasis

MAX_DATE_CHARS = 60  # a longer value is prose

_TIME = r"""
    (?: (?: T | ,?\s+ )
        \d{1,2} [:.] \d{2} (?: :\d{2} (?: [.,]\d+ )? )?
        \s* (?: [ap]\.?m\.? )?
        \s* (?: Z | [+-]\d{2} :? (?:\d{2})? | \(?[A-Z]{2,5}\)? )?
    )?
"""
_FLAGS = re.VERBOSE | re.ASCII | re.IGNORECASE
_NUMBERS = re.compile(
    rf"(?P<y>\d{{4}}) (?P<sep>[-/.]) (?P<m>\d{{1,2}}) (?P=sep) (?P<d>\d{{1,2}})"
    rf"{_TIME}",
    _FLAGS,
)
_DIGITS = re.compile(
    r"(?P<y>\d{4}) (?P<m>\d{2}) (?P<d>\d{2}) (?: T?\d{6} (?:\.\d+)? Z? )?", _FLAGS
)
_WEEKDAY = r"(?: (?P<w>[a-z]{3,9}) (?: \.?,\s* | \.?\s+ ) )?"
_DAY = r"(?P<d>\d{1,2}) (?: st | nd | rd | th )?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY} {_DAY} [\s-]+"
    rf"(?P<m>[a-z]{{3,9}}) \.? ,? [\s-]+ (?P<y>\d{{4}}) {_TIME}",
    _FLAGS,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY} (?P<m>[a-z]{{3,9}}) \.? \s+ {_DAY} (?: ,\s* | \s+ ) (?P<y>\d{{4}})"
    rf"{_TIME}",
    _FLAGS,
)
_IN_URL = re.compile(
    r"""/ (?P<y>(?:19|20)\d{2}) (?P<sep>[/-])
        (?P<m>\d{1,2}|[a-z]{3}) (?P=sep) (?P<d>\d{1,2}) (?![\d]) """,
    _FLAGS,
)
_IN_NAME = re.compile(
    r"(?P<y>(?:19|20)\d{2}) (?P<sep>[-_.]?) (?P<m>\d{2}) (?P=sep) (?P<d>\d{2}) (?!\d)",
    _FLAGS,
)


class _DateWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `data/read/dates.toml`."""

    id: str
    origin: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]


@functools.cache
def _load_words() -> _DateWords:
    path = files("onrecord") / "data" / "read" / "dates.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return msgspec.convert(raw, type=_DateWords)


def parse_date(value: object) -> dt.date | None:
    """Return the day that `value` names, None when it is not one full date.

    A weekday that contradicts the day makes it unreadable.

    >>> parse_date("Sat, 29 Jan 2022 10:00:00 GMT")
    datetime.date(2022, 1, 29)
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value).strip()
    if len(text) > MAX_DATE_CHARS:
        return None
    for pattern in (_NUMBERS, _DIGITS, _DAY_FIRST, _MONTH_FIRST):
        found = pattern.fullmatch(text)
        if found:
            return _as_date(found)
    return None


def find_date(
    first_line: str, url: str | None, name: str | None
) -> tuple[dt.date | None, DateBasis]:
    """Return a date that nobody gave as such, and where it was found.

    A first line that is nothing but a date, then a day in the address' path, then one
    that opens the file's name (`name` is None where a file holds several reports).
    """
    dateline = parse_date(first_line)
    if dateline:
        return dateline, DateBasis.TEXT
    in_url = _IN_URL.search(url or "")
    if in_url and (date := _as_date(in_url)):
        return date, DateBasis.URL
    in_name = _IN_NAME.match(name or "")
    if in_name and (date := _as_date(in_name)):
        return date, DateBasis.FILE
    return None, DateBasis.UNKNOWN


def _as_date(found: re.Match[str]) -> dt.date | None:
    words = _load_words()
    parts = found.groupdict()
    month = words.months.get(parts["m"].lower()) or _number(parts["m"])
    try:
        date = dt.date(int(parts["y"]), month, int(parts["d"]))
    except ValueError:
        return None
    weekday = parts.get("w")
    if weekday and words.weekdays.get(weekday.lower()) != date.isoweekday():
        return None
    return date


def _number(month: str) -> int:
    return int(month) if month.isdigit() else 0
