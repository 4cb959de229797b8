"""Columns: that every table has those, of the types, that some version of it had."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyarrow as pa

from onrecord.store.delta import open_table
from onrecord.store.head import Head
from onrecord.store.tables import TABLES
from onrecord.store.verify.finding import Finding

# What tables of older versions have that those of this one have not.
RETIRED = frozenset(
    {
        "events.happening_id",
        "profiles.names",
        "profiles.rarities",
        "profiles.rules",
        "profiles.triggers",
        "profiles.words",
    }
)
UNKNOWN = (
    "a newer onrecord may have added it: verify with that one, or run the reports again"
    " into a new record"
)
OTHER = "run the reports again into a new record, and report the fault"


@cache
def first_columns() -> dict[str, list[str]]:
    """Return for each table the columns that it has had since it was first made."""
    path = Path(__file__).resolve().parent / "columns.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def wrong_columns(record: Path, head: Head) -> Iterator[Finding]:
    """Yield tables and columns that no version of the program makes."""
    for name, version in head.versions.items():
        if name not in TABLES:
            problem = "no version of onrecord that this one knows has such a table"
            yield Finding(where=name, problem=problem, advice=UNKNOWN)
            continue
        table = open_table(record / name, version)
        have = pa.schema(table.schema().to_arrow())
        for column in first_columns().get(name, ()):
            if column not in have.names:
                problem = "the column is missing, which every version has"
                yield Finding(where=f"{name}.{column}", problem=problem, advice=OTHER)
        yield from _wrong(name, pa.struct(list(have)), pa.struct(list(TABLES[name])))


def _wrong(place: str, have: pa.DataType, want: pa.DataType) -> Iterator[Finding]:
    """Compare types, in depth; fields that only `want` has may be newer."""
    if pa.types.is_list(have) and pa.types.is_list(want):
        yield from _wrong(place, have.value_type, want.value_type)
    elif pa.types.is_struct(have) and pa.types.is_struct(want):
        wanted = {field.name: field.type for field in want}
        for field in have:
            inner = f"{place}.{field.name}"
            if field.name in wanted:
                yield from _wrong(inner, field.type, wanted[field.name])
            elif inner not in RETIRED:
                problem = "the column is one that this version does not know"
                yield Finding(where=inner, problem=problem, advice=UNKNOWN)
    elif have != want:
        problem = f"holds {have}, not {want}"
        yield Finding(where=place, problem=problem, advice=OTHER)
