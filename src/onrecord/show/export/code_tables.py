"""Codes of other systems, from `tables/*.tsv`."""

import functools
from collections.abc import Mapping
from pathlib import Path

from onrecord.lexicon.files import read_tsv

FOLDER = Path(__file__).resolve().parent / "tables"
COLUMNS = {
    "countries": ("code", "name", "fips", "cameo", "origin"),
    "bodies": ("code", "cameo", "group", "kind", "origin"),
    "sectors": ("code", "cameo", "icews", "origin"),
    "roots": ("code", "name", "origin"),
}

Entry = Mapping[str, str]


@functools.cache
def load_codes(table: str) -> Mapping[str, Entry]:
    """Return the rows of a table by code; a cell that says nothing is empty."""
    columns = COLUMNS[table]
    rows = read_tsv(FOLDER / f"{table}.tsv", columns)
    return {cells[0]: dict(zip(columns, cells, strict=True)) for _, cells in rows}


def country_name(code: str | None) -> str | None:
    """Return a country's English name; None for bodies that are no country."""
    entry = load_codes("countries").get(code or "")
    return entry["name"] if entry else None


def fips_code(code: str | None) -> str | None:
    """Return a country's FIPS 10-4 code; None where it has none of its own."""
    entry = load_codes("countries").get(code or "")
    return (entry["fips"] or None) if entry else None
