"""Find a report's fields under the names that different sources give them."""

import functools
import math
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import msgspec

from onrecord.model.document import DateBasis


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a source says of one report, not yet checked. Absent is None.

    `extractor` took the text out of a page ("trafilatura 2.3.1"). `date_basis` says
    where the date was found; None: it was given as such.
    """

    text: Any = None
    title: Any = None
    date: Any = None
    url: Any = None
    outlet: Any = None
    language: Any = None
    id: Any = None
    extractor: str | None = None
    date_basis: DateBasis | None = None


class ColumnNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `data/read/columns.toml`: field names, and marks for "not known"."""

    id: str
    origin: str
    absent: frozenset[str]
    fields: Mapping[str, tuple[str, ...]]


@functools.cache
def load_column_names() -> ColumnNames:
    """Return the names of the fields; read once."""
    path = files("onrecord") / "data" / "read" / "columns.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return msgspec.convert(raw, type=ColumnNames)


def pick_fields(cells: Iterable[tuple[object, Any]]) -> Given:
    """Return the fields among (column, value) pairs; of several, the first filled.

    >>> pick_fields([("Headline", "Talks end"), ("maintext", "They left.")]).title
    'Talks end'
    """
    names = load_column_names()
    filled: dict[str, Any] = {}
    for name, value in cells:
        if not is_absent(value):
            filled.setdefault(normal(name), value)
    return Given(
        **{
            field: next((filled[a] for a in aliases if a in filled), None)
            for field, aliases in names.fields.items()
        }
    )


def known_columns(columns: Iterable[object]) -> frozenset[str]:
    """Return the fields (`text`, `date`, …) that these columns hold."""
    present = {normal(column) for column in columns}
    return frozenset(
        field
        for field, aliases in load_column_names().fields.items()
        if present.intersection(aliases)
    )


def is_field(column: object) -> bool:
    """Tell whether a column holds a field of a report."""
    return bool(known_columns([column]))


def normal(name: object) -> str:
    """Return a column's name as it is compared."""
    return str(name).strip().lower()


def is_absent(value: object) -> bool:
    """Tell whether a cell says nothing: null, blank, NaN, or a mark such as "n/a"."""
    if isinstance(value, str):
        if len(value) > _longest_mark():
            return value.isspace()
        stripped = value.strip().lower()
        return not stripped or stripped in load_column_names().absent
    if isinstance(value, float):
        return math.isnan(value)
    return value is None


@functools.cache
def _longest_mark() -> int:
    return max(map(len, load_column_names().absent))
