"""Tell which character parts the cells of a table."""

import csv
import io
import re

from onrecord.read.columns import known_columns

DELIMITERS = (",", ";", "\t", "|")
# How Excel marks a delimiter. csv takes no quote, line end or NUL for one.
_SEP_LINE = re.compile(r'sep=(?P<delimiter>\t|[^\w\s"\0])\r?\n', re.IGNORECASE)


def sniff_delimiter(sample: str) -> tuple[str, bool]:
    """Return the delimiter, and whether a first line "sep=;" says it outright.

    Else the one under which the header has a text column and the most columns.
    """
    said = _SEP_LINE.match(sample)
    if said:
        return said["delimiter"], True
    return max(DELIMITERS, key=lambda d: _rank_header(sample, d)), False


def count_known_columns(sample: str) -> int:
    """Return how many fields the header names, 0 if the text is not among them."""
    delimiter, _ = sniff_delimiter(sample)
    known = known_columns(_read_header(sample, delimiter))
    return len(known) if "text" in known else 0


def _rank_header(sample: str, delimiter: str) -> tuple[bool, int]:
    header = _read_header(sample, delimiter)
    return "text" in known_columns(header), len(header)


def _read_header(sample: str, delimiter: str) -> list[str]:
    """Return the first row that is not blank, [] when there is none."""
    rows = csv.reader(io.StringIO(sample, newline="\n"), delimiter=delimiter)
    try:
        return next(filter(None, rows), [])
    except csv.Error:
        return []
