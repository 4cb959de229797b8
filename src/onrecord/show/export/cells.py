"""Cells of sheets and of tab-separated files, which any strict reader gets back."""

import json
import re
from collections.abc import Iterable, Sequence

from onrecord.show.visible import FORMULA_STARTS, one_line

# One number, or several of a list in step: its sign is no formula.
NUMBERS = re.compile(r"[+-]?[\d.]+(e[+-]?\d+)?([;|]([+-]?[\d.]+(e[+-]?\d+)?)?)*")
FULL_WIDTH_STARTS = ("＝", "＋", "－", "＠")  # some spreadsheets run these too
STARTS = FORMULA_STARTS + FULL_WIDTH_STARTS
QUOTE = '"'


def sheet_cell(value: object) -> str:
    """Return a cell of a sheet: one line, absent empty, and never a formula.

    A text that a spreadsheet would run gets a quote in front, as OWASP advises;
    numbers keep their sign.
    """
    text = plain_cell(value)
    if not text.startswith(STARTS):
        return text
    return text if NUMBERS.fullmatch(text) else f"'{text}"


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


def raw_line(values: Iterable[object]) -> str:
    """Return a tab-separated line that reads the same whether quotes count or not.

    Straight quotation marks become apostrophes: readers of these files differ in
    what they take them for, and one that begins a cell swallows the lines after it.
    """
    cells = (plain_cell(value).replace(QUOTE, "'") for value in values)
    return "\t".join(cells) + "\n"


def joined(values: Sequence[str | None], between: str) -> str | None:
    """Return texts with `between` in between; None when there are none."""
    kept = [value for value in values if value]
    return between.join(kept) if kept else None
