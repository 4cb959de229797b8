"""Text made safe to show: nothing of a report can steer a terminal or a sheet."""

import json
import re
from collections.abc import Mapping
from typing import Any

# Control characters, marks that turn the writing direction, and lone surrogates;
# not tab and newline, which the callers decide about.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
WHITE_SPACE = re.compile(r"[\s\x1c-\x1f\x85]+")
# What spreadsheets run; some the full-width signs too.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# One number, or several of a list in step: its sign is no formula.
NUMBERS = re.compile(r"[+-]?[\d.]+(e[+-]?\d+)?([;|]([+-]?[\d.]+(e[+-]?\d+)?)?)*")


def visible(text: str) -> str:
    r"""Return `text` with unsafe characters written out, such as `\x1b`."""
    return UNSAFE.sub(_written_out, text)


def one_line(text: str) -> str:
    """Return `text` safe and on one line; each run of white space is one blank."""
    return visible(WHITE_SPACE.sub(" ", text))


def json_line(record: Mapping[str, Any] | list[Any]) -> str:
    r"""Return a record as one line of JSON, unsafe characters as `\uXXXX`."""
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def sheet_cell(value: object) -> str:
    """Return a cell of a sheet: one line, absent empty, and never a formula.

    A text that a spreadsheet would run gets a quote in front, as OWASP advises;
    numbers keep their sign.
    """
    text = plain_cell(value)
    if not text.startswith(FORMULA_STARTS) or NUMBERS.fullmatch(text):
        return text
    return f"'{text}"


def plain_cell(value: object) -> str:
    """Return a value as a cell of one line, absent empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        # Most cells need nothing: what is printable has no white space but blanks.
        if value.isprintable() and "  " not in value:
            return value.strip()
        return one_line(value).strip()
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
