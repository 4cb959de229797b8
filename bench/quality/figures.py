"""The figures that were measured, kept in a file without any text of the gold.

`figures.toml` has a table for each measure: when and with what it was made, and its
figures. A list of figures in order, such as the rows by confidence, is a list of lists.
"""

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

FIGURES = Path(__file__).parent / "figures.toml"
HEAD = """\
# What was measured, by which command, when, and with which program. Made by
# `python -m bench.quality`; docs/quality.md is made from it. No text of any report.
"""
DIGITS = 6

Figures = dict[str, Any]


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """Figures with how they came about.

    `note` says so where they were not made anew by the command on that day.
    """

    date: str
    command: str
    program: str
    lexicon: str
    model: str
    seconds: int | None = None
    note: str | None = None
    figures: Figures


def read_figures(path: Path = FIGURES) -> dict[str, Made]:
    """Return what was measured, by measure; nothing where the file is not there."""
    if not path.exists():
        return {}
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), dict[str, Made])


def write_figures(made: Mapping[str, Made], path: Path = FIGURES) -> None:
    """Write what was measured, in order of names."""
    lines = [HEAD.rstrip()]
    for name in sorted(made):
        lines += ["", *_table(name, msgspec.to_builtins(made[name]))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def today() -> str:
    """Return the date to note beside figures."""
    return dt.datetime.now(dt.UTC).date().isoformat()


def flatten(figures: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, float]]:
    """Yield every number with its names joined by dots."""
    for name, value in figures.items():
        path = f"{above}.{name}" if above else name
        if isinstance(value, Mapping):
            yield from flatten(value, path)
        elif isinstance(value, int | float):
            yield path, value


def _table(path: str, table: Mapping[str, Any]) -> Iterator[str]:
    yield f"[{path}]"
    inner = {}
    for name, value in table.items():
        if isinstance(value, Mapping) and _is_deep(value):
            inner[name] = value
        elif value is not None:
            yield f"{_key(name)} = {_value(value)}"
    for name, value in inner.items():
        yield ""
        yield from _table(f"{path}.{_key(name)}", value)


def _is_deep(table: Mapping[str, Any]) -> bool:
    return any(isinstance(value, Mapping) for value in table.values())


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else f'"{name}"'


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(round(value, DIGITS))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        pairs = (f"{_key(k)} = {_value(v)}" for k, v in value.items() if v is not None)
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
