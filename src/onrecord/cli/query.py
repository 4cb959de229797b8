"""`onrecord query`: SQL over the record's tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from onrecord.cli.options import as_of_option, debug_option, example, record_argument
from onrecord.cli.output import (
    SEPARATORS,
    default_format,
    open_output,
    write_lines,
    write_sheet,
)
from onrecord.show.values import plain_value, value_cell


@click.command(
    "query",
    epilog=example(
        'onrecord query rec "SELECT event_type, count(*) AS n FROM events GROUP BY ALL"'
    ),
)
@record_argument
@click.argument("sql")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "jsonl", "csv", "tsv")),
    help="table on a terminal, else jsonl.",
)
@as_of_option
@debug_option
def command(record: Path, sql: str, form: str | None, as_of: str | None) -> None:
    """Run one SQL statement of DuckDB that reads the tables of RECORD.

    Tables: reports, events, event_parties, statements, quantities, stories,
    memberships, codings, runs, rejected, corrections. `DESCRIBE events` lists columns.
    """
    from onrecord.store.query import query

    reader = query(record, sql, as_of=as_of)
    header = tuple(reader.schema.names)
    rows = _rows(reader)
    form = default_format(form)
    with open_output(None) as stream:
        if form == "jsonl":
            write_lines((dict(zip(header, r, strict=True)) for r in rows), stream)
            return
        cells = (tuple(value_cell(v) for v in row) for row in rows)
        if form == "table":
            from onrecord.cli.render import print_table

            print_table(header, [tuple(map(str, row)) for row in cells])
            return
        write_sheet(header, cells, stream, separator=SEPARATORS[form])


def _rows(reader: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a stream of Arrow batches as plain values."""
    from onrecord.store.query import PYTHON_ROWS

    for batch in reader:
        for start in range(0, batch.num_rows, PYTHON_ROWS):
            some = batch.slice(start, PYTHON_ROWS)
            columns = [column.to_pylist() for column in some.columns]
            for row in zip(*columns, strict=True):
                yield tuple(plain_value(value) for value in row)
