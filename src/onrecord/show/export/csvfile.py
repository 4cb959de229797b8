"""CSV and TSV: the flat columns that `onrecord events` has, and the report's."""

import csv
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from onrecord.show.export.account import Options, Tally
from onrecord.show.flat import flat_columns, flat_row
from onrecord.show.visible import sheet_cell

Row = Mapping[str, Any]

REPORT = ("date", "title", "url", "outlet", "language")
TOLD = ("happening_id", "mentions", "articles", "origins")
COLUMNS = (
    *flat_columns("event"),
    *(f"report_{name}" for name in REPORT),
    *TOLD,
)
TEXT = "report_text"


def write_csv(
    rows: Iterable[Row], stream: TextIO, options: Options, tally: Tally
) -> None:
    """Write a sheet with commas."""
    _write(rows, stream, options, tally, separator=",")


def write_tsv(
    rows: Iterable[Row], stream: TextIO, options: Options, tally: Tally
) -> None:
    """Write a sheet with tabs."""
    _write(rows, stream, options, tally, separator="\t")


def _write(
    rows: Iterable[Row],
    stream: TextIO,
    options: Options,
    tally: Tally,
    *,
    separator: str,
) -> None:
    writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
    if options.header:
        writer.writerow([*COLUMNS, TEXT] if options.texts else COLUMNS)
    for row in rows:
        report = row["report"]
        cells = [*flat_row(row)]
        cells += [report[name] for name in REPORT]
        cells += [row[name] for name in TOLD]
        if options.texts:
            cells.append(report["text"])
        # Most cells are absent: a call for each of them is a third of the time.
        writer.writerow(["" if cell is None else sheet_cell(cell) for cell in cells])
        tally.wrote()
