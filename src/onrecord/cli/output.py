"""Where a command's data goes: standard output or a file, in the format asked for."""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from onrecord.errors import UsageError
from onrecord.show.visible import json_line, sheet_cell

Row = Mapping[str, Any]


def default_format(form: str | None) -> str:
    """Return the format asked for; else a table on a terminal, JSON lines in a pipe."""
    if form is not None:
        return form
    return "table" if sys.stdout.isatty() else "jsonl"


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """Open the file of `-o` for writing, or standard output."""
    if path is None:
        yield sys.stdout
        return
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file after -o")
    with path.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def set_utf8(stream: TextIO) -> None:
    """Write UTF-8 with bare line feeds, whatever the locale says."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="\n")


def write_lines(records: Iterable[Row], stream: TextIO) -> int:
    """Write records as JSON lines; return how many."""
    count = 0
    for record in records:
        stream.write(json_line(record) + "\n")
        count += 1
    return count


def write_array(records: Iterable[Row], stream: TextIO) -> int:
    """Write records as one JSON array, a record a line; return how many."""
    count = 0
    for record in records:
        stream.write(("," if count else "[") + "\n" + json_line(record))
        count += 1
    stream.write("\n]\n" if count else "[]\n")
    return count


def write_sheet(
    header: Iterable[str],
    rows: Iterable[Iterable[object]],
    stream: TextIO,
    *,
    separator: str,
) -> int:
    """Write a CSV or TSV sheet; return how many rows.

    A cell never holds a line break, a tab of its own, or a formula.
    """
    writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
    writer.writerow([sheet_cell(name) for name in header])
    count = 0
    for row in rows:
        writer.writerow([sheet_cell(cell) for cell in row])
        count += 1
    return count


SEPARATORS: Mapping[str, str] = {"csv": ",", "tsv": "\t"}
LINE_WRITERS: Mapping[str, Callable[[Iterable[Row], TextIO], int]] = {
    "jsonl": write_lines,
    "json": write_array,
}
