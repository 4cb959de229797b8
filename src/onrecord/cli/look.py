"""What the commands that look into a record share: find lines, print them."""

import itertools
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

import click

from onrecord.cli.output import (
    SEPARATORS,
    default_format,
    open_output,
    write_lines,
    write_sheet,
)
from onrecord.show.flat import COLUMNS, flat_columns, flat_row
from onrecord.show.glance import glance_columns, glance_row
from onrecord.show.values import value_cell

TABLE_ROWS = 100  # what a table shows unless told; more is no longer read


def print_records(
    kind: str,
    records: Iterable[Mapping[str, Any]],
    *,
    form: str | None,
    limit: int | None,
) -> None:
    """Print lines of one kind as a table, JSON lines, CSV or TSV."""
    form = default_format(form)
    if form == "table":
        _print_table(kind, records, limit)
        return
    chosen = itertools.islice(records, limit)
    with open_output(None) as stream:
        if form == "jsonl":
            write_lines(chosen, stream)
        elif kind in COLUMNS:
            rows = map(flat_row, chosen)
            write_sheet(flat_columns(kind), rows, stream, separator=SEPARATORS[form])
        else:
            _write_plain_sheet(chosen, stream, separator=SEPARATORS[form])


def _print_table(
    kind: str, records: Iterable[Mapping[str, Any]], limit: int | None
) -> None:
    from onrecord.cli.render import print_table

    most = limit or TABLE_ROWS
    found = list(itertools.islice(records, most + 1))
    if not found:
        click.echo("nothing found", err=True)
        return
    rows = [glance_row(kind, record) for record in found[:most]]
    print_table(glance_columns(kind), rows)
    if len(found) > most and limit is None:
        click.echo(f"the first {most:,} are shown; more with --limit", err=True)


def _write_plain_sheet(
    records: Iterable[Mapping[str, Any]], stream: TextIO, *, separator: str
) -> None:
    """Write lines as they are, a column a key; nested values are JSON."""
    lines = iter(records)
    first = next(lines, None)
    if first is None:
        return
    rows = (map(value_cell, line.values()) for line in itertools.chain([first], lines))
    write_sheet(first, rows, stream, separator=separator)
