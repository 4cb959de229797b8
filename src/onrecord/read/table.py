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
from onrecord.read.limits import DEFAULT_LIMITS, Limits, beyond
from onrecord.read.origin import Origin, listed, reject

MAX_READINGS = 2
_ADVICE = "write a quote inside a quoted cell twice"


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it was read, with its first and last line.

    `replayed`: its first line was part of a broken row. `odd`: its quotes do not pair.
    """

    line: int
    last: int
    cells: tuple[str, ...] = ()
    problem: str | None = None
    replayed: bool = False
    odd: bool = False


def read_table(
    stream: io.BufferedReader, origin: Origin, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Document | Rejected]:
    """Yield the reports of a table.

    Without an id of its own a report is called by the file and its line: `day#12`.
    """
    rows = _read_rows(stream, limits)
    header = next(rows, _Row(line=1, last=1, problem="the table is empty"))
    problem = header.problem or _check_header(header.cells)
    if problem:
        yield reject(origin, problem, position=f"line {header.line}")
        return
    empty = True
    for row in _join_pieces(rows, len(header.cells)):
        empty = False
        yield _build_row(header, row, origin, limits)
    if empty:
        yield reject(origin, "the table has a header and no reports under it")


def _join_pieces(rows: Iterator[_Row], cell_count: int) -> Iterator[_Row]:
    """Yield the rows, the pieces behind a broken one as part of it.

    Pieces are what cannot be rows: a wrong number of cells, quotes that do not pair.
    """
    broken: _Row | None = None
    for row in rows:
        if broken:
            whole = not row.problem and len(row.cells) == cell_count and not row.odd
            if not whole and (row.replayed or not row.problem):
                broken = msgspec.structs.replace(broken, last=row.last)
                continue
            yield broken
        broken = row if row.problem else None
        if not broken:
            yield row
    if broken:
        yield broken


def _check_header(columns: tuple[str, ...]) -> str | None:
    """Return why no report can be read under these columns, None when it can."""
    if "text" in known_columns(columns):
        return None
    names = load_column_names().fields["text"]
    return (
        f"the table has no text column: it has {listed(columns)}; "
        f"name the text's column one of {listed(names)}"
    )


def _build_row(
    header: _Row, row: _Row, origin: Origin, limits: Limits
) -> Document | Rejected:
    source_id = f"{origin.stem}#{row.line}"
    one = row.line == row.last or not row.problem
    position = f"line {row.line}" if one else f"lines {row.line}-{row.last}"
    problem = row.problem
    if not problem and len(row.cells) != len(header.cells):
        problem = (
            f"the row has {len(row.cells)} cells, the header {len(header.cells)}; "
            "put cells that hold the delimiter into quotes"
        )
    if problem:
        return reject(origin, problem, position=position, source_id=source_id)
    given = pick_fields(zip(header.cells, row.cells, strict=True))
    return build_document(
        given, origin, position=position, source_id=source_id, limits=limits
    )


def _read_rows(stream: io.BufferedReader, limits: Limits) -> Iterator[_Row]:
    """Yield the rows that are not blank, broken ones with what is wrong."""
    # The limit is the process's: set where it is needed. Rows are measured by _Lines.
    csv.field_size_limit(limits.record_bytes)
    delimiter, said = sniff_delimiter(stream.peek().decode("utf-8", "replace"))
    lines = _Lines(read_lines(stream, limits.record_bytes), limits.record_bytes)
    if said:
        next(lines)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    replayed = 0
    # Lines may be read a few times each, whatever their number: one stray quote early
    # in a long table makes all of it be read again.
    while replayed <= limits.table_replayed_lines + MAX_READINGS * lines.furthest:
        line, again = lines.start_row()
        try:
            cells = next(reader, None)
        except csv.Error as err:
            problem = _describe(err, limits)
            yield _Row(line=line, last=line, problem=problem, replayed=again)
            replayed += lines.replay()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        if cells is None:
            return
        if any(map(str.strip, cells)):
            yield _Row(
                line=line,
                last=lines.number,
                cells=tuple(cells),
                replayed=again,
                odd=lines.count_quotes() % 2 == 1,
            )
    line, _ = lines.start_row()
    yield _Row(line=line, last=line, problem=_too_many(limits))


def _too_many(limits: Limits) -> str:
    found = f"too many broken quotes, so that lines are read again; {_ADVICE}"
    return beyond(limits, "table_replayed_lines", found)


def _describe(err: csv.Error, limits: Limits) -> str:
    if isinstance(err, _TooLong):
        return beyond(limits, "record_bytes", "the row is too long")
    return f"its quotes are broken ({err}); {_ADVICE}"


class _TooLong(csv.Error):
    """Say that a row goes beyond the limit."""


class _Lines:
    """The lines of a table, of which those of a broken row can be read again."""

    def __init__(self, lines: Iterator[bytes | None], max_size: int) -> None:
        self._lines = lines
        self._max_size = max_size
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0
        self.number = 0  # of the line given out last, from 1
        self.furthest = 0  # the highest number so far

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        self.number += 1
        self.furthest = max(self.furthest, self.number)
        self._row.append(line)
        self._size += len(line)
        if not line or self._size > self._max_size:
            raise _TooLong
        return line

    def start_row(self) -> tuple[int, bool]:
        """Return the next line's number, and whether it was part of a broken row."""
        self._row.clear()
        self._size = 0
        return self.number + 1, bool(self._again)

    def count_quotes(self) -> int:
        """Return how many quotes the row's lines hold."""
        return sum(line.count('"') for line in self._row)

    def replay(self) -> int:
        """Give the row's lines out again, but for its first; return how many."""
        again = self._row[1:]
        self._again.extendleft(reversed(again))
        self.number -= len(again)
        return len(again)

    def _read(self) -> str:
        """Return the next line, "" for one that is too long.

        Bytes that are not UTF-8 are escaped here and found when used.
        """
        raw = next(self._lines)
        return "" if raw is None else raw.decode("utf-8", "surrogateescape")
