"""CSV, TSV and their kin: a header, then one report a row.

A row is called by the line it begins in, the header standing in line 1; quoted cells
may hold line ends. A broken row costs that row: where a quote is never closed, the
lines it swallowed are read again.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator

import msgspec

from onrecord.model.document import Document, Rejected
from onrecord.read.build import build_document
from onrecord.read.columns import known_columns, load_column_names, pick_fields
from onrecord.read.decode import read_lines
from onrecord.read.delimiters import sniff_delimiter
from onrecord.read.limits import MAX_RECORD_BYTES, MAX_REPLAYED_LINES
from onrecord.read.origin import Origin, listed, reject

_ADVICE = "write a quote inside a quoted cell twice"


class _Row(msgspec.Struct, frozen=True):
    """One row as it was read; `fragment`: it may be a piece of a broken row."""

    line: int
    cells: tuple[str, ...] = ()
    problem: str | None = None
    fragment: bool = False


def read_table(
    stream: io.BufferedReader, origin: Origin
) -> Iterator[Document | Rejected]:
    """Yield the reports of a table.

    Without an id of its own a report is called by the file and its line: `day#12`.
    """
    rows = _read_rows(stream)
    header = next(rows, _Row(1, problem="the table is empty"))
    problem = header.problem or _check_header(header.cells)
    if problem:
        yield reject(origin, problem, position=f"line {header.line}")
        return
    empty = True
    for row in rows:
        ragged = len(row.cells) != len(header.cells)
        if row.fragment and (row.problem or ragged):
            continue
        empty = False
        yield _build_row(header, row, origin)
    if empty:
        yield reject(origin, "the table has a header and no reports under it")


def _check_header(columns: tuple[str, ...]) -> str | None:
    """Return why no report can be read under these columns, None when it can."""
    if "text" in known_columns(columns):
        return None
    names = load_column_names().fields["text"]
    return (
        f"the table has no text column: it has {listed(columns)}; "
        f"name the text's column one of {listed(names)}"
    )


def _build_row(header: _Row, row: _Row, origin: Origin) -> Document | Rejected:
    position, source_id = f"line {row.line}", f"{origin.stem}#{row.line}"
    problem = row.problem
    if not problem and len(row.cells) != len(header.cells):
        problem = (
            f"the row has {len(row.cells)} cells, the header {len(header.cells)}; "
            "put cells that hold the delimiter into quotes"
        )
    if problem:
        return reject(origin, problem, position=position, source_id=source_id)
    given = pick_fields(zip(header.cells, row.cells, strict=True))
    return build_document(given, origin, position=position, source_id=source_id)


def _read_rows(stream: io.BufferedReader) -> Iterator[_Row]:
    """Yield the rows that are not blank, broken ones with what is wrong."""
    # The limit is the process's: set where it is needed, always to the same value.
    csv.field_size_limit(MAX_RECORD_BYTES)
    delimiter, said = sniff_delimiter(stream.peek().decode("utf-8", "replace"))
    lines = _Lines(read_lines(stream))
    if said:
        next(lines)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    replayed = 0
    while replayed <= MAX_REPLAYED_LINES:
        line, fragment = lines.start_row()
        try:
            cells = next(reader, None)
        except _TooLong as err:
            yield _Row(line, (), str(err), fragment)
        except csv.Error as err:
            yield _Row(line, (), f"its quotes are broken ({err}); {_ADVICE}", fragment)
        else:
            if cells is None:
                return
            if any(map(str.strip, cells)):
                yield _Row(line, tuple(cells), None, fragment)
            continue
        replayed += lines.replay()
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
    yield _Row(lines.start_row()[0], (), f"too many broken quotes; {_ADVICE}")


class _TooLong(csv.Error):
    """Say that a row goes beyond the limit."""


class _Lines:
    """The lines of a table, of which those of a broken row can be read again."""

    def __init__(self, lines: Iterator[bytes | None]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0
        self._number = 0  # of the line given out last

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        self._number += 1
        self._row.append(line)
        self._size += len(line)
        if not line or self._size > MAX_RECORD_BYTES:
            raise _TooLong(f"the row is longer than {MAX_RECORD_BYTES:,} bytes; cut it")
        return line

    def start_row(self) -> tuple[int, bool]:
        """Return the next line's number, and whether it was part of a broken row."""
        self._row.clear()
        self._size = 0
        return self._number + 1, bool(self._again)

    def replay(self) -> int:
        """Give the row's lines out again, but for its first; return how many."""
        again = self._row[1:]
        self._again.extendleft(reversed(again))
        self._number -= len(again)
        return len(again)

    def _read(self) -> str:
        """Return the next line, "" for one that is too long.

        Bytes that are not UTF-8 are escaped here and found when used.
        """
        raw = next(self._lines)
        return "" if raw is None else raw.decode("utf-8", "surrogateescape")
