"""Find the metadata that opens a report's text.

Either one line that goes on with the report, "date 2022-01-29 A Russian MP …", or a
block of lines "Key: value" that holds a date, such as "Date: 29 January 2022" alone.
The text keeps them; they only tell where the report proper begins.
"""

import re
from collections.abc import Mapping

import msgspec

from onrecord.read.columns import load_column_names
from onrecord.read.dates import MAX_DATE_CHARS, parse_date

MAX_HEADER_LINES = 20
MAX_HEADER_CHARS = 1000  # of one line; a longer one is the report itself
MIN_DATE_DIGITS = 4  # "Date: 29/1/22" tries to be a date, "Date: tomorrow" does not
_INLINE = re.compile(
    r"\s* date (?:[ \t]*:[ \t]*|[ \t]+) (?P<date>\d{4}-\d{1,2}-\d{1,2}) (?=\s|\Z)",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_BLANK = re.compile(r"\s*")
_LINE = re.compile(r"[ \t]*(?P<line>[^\r\n]*)(?P<end>\r\n|\r|\n|\Z)")
_KEY = re.compile(r"(?P<key>[A-Za-z_]+)[ \t]*:[ \t]*(?P<value>.*)")
_DATE_LINE = re.compile(r"date[ \t]+(?P<value>.+)", re.IGNORECASE)


class Head(msgspec.Struct, frozen=True):
    """Where the report begins, and the fields said before it."""

    body_start: int = 0
    fields: Mapping[str, str] = {}


def read_head(text: str) -> Head:
    """Return the metadata that opens `text`.

    >>> read_head("date 2022-01-29 A Russian MP is encouraging residents.")
    Head(body_start=16, fields={'date': '2022-01-29'})
    """
    block = _read_block(text)
    if block:
        return block
    inline = _INLINE.match(text)
    if inline:
        return Head(_skip_blank(text, inline.end()), {"date": inline["date"]})
    return Head()


def _read_block(text: str) -> Head | None:
    """Return the header lines if they are followed by an end and hold a date."""
    at = _skip_blank(text, 0)
    fields: dict[str, str] = {}
    for _ in range(MAX_HEADER_LINES):
        found = _LINE.match(text, at)
        entry = _read_entry(found["line"]) if found else None
        if found is None or entry is None:
            break
        fields.setdefault(*entry)
        at = found.end()
    if "date" not in fields:
        return None
    return Head(_skip_blank(text, at), fields)


def _read_entry(line: str) -> tuple[str, str] | None:
    """Return (field, value) of one header line, None when it is ordinary text."""
    if len(line) > MAX_HEADER_CHARS:
        return None
    keyed = _KEY.fullmatch(line)
    dated = None if keyed else _DATE_LINE.fullmatch(line)
    field = _field_of(keyed["key"]) if keyed else "date"
    found = keyed or dated
    if found is None or field is None:
        return None
    value = found["value"].strip()
    if field == "date" and not parse_date(value):
        return (field, value) if keyed and _tries_to_be_date(line, value) else None
    return field, value


def _tries_to_be_date(line: str, value: str) -> bool:
    """Tell a date we cannot read from a report that goes on in the date's line."""
    digits = sum(map(str.isdigit, value))
    return (
        len(value) <= MAX_DATE_CHARS
        and digits >= MIN_DATE_DIGITS
        and not _INLINE.match(line)
    )


def _field_of(key: str) -> str | None:
    """Return the field that a header's key names; the text itself is not one."""
    wanted = key.lower()
    for field, aliases in load_column_names().fields.items():
        if wanted in aliases and field != "text":
            return field
    return None


def _skip_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
