"""Parquet: one report a row, read in small batches."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.model.document import Document, Rejected
from onrecord.read.build import build_document
from onrecord.read.columns import (
    is_field,
    known_columns,
    load_column_names,
    pick_fields,
)
from onrecord.read.limits import DEFAULT_LIMITS, PARQUET_BATCH_ROWS, Limits
from onrecord.read.origin import Origin, listed, reject, said


def read_parquet(
    source: Path | BinaryIO, origin: Origin, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Document | Rejected]:
    """Yield the reports of a Parquet file; a stream must be seekable.

    Rows are counted from 1.

    Without an id of its own a report is called by the file and its row: `day#12`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(source) as table:
            columns = tuple(table.schema_arrow.names)
            if "text" not in known_columns(columns):
                yield reject(origin, _no_text(columns))
                return
            wanted = [name for name in columns if is_field(name)]
            for batch in table.iter_batches(PARQUET_BATCH_ROWS, columns=wanted):
                for row in range(batch.num_rows):
                    number += 1
                    yield _build_row(batch, row, origin, number, limits)
    except (pa.ArrowException, OSError) as err:
        reason = f"damaged Parquet: {said(err)}; write the file again"
        position = f"behind row {number}" if number else None
        yield reject(origin, reason, position=position)
        return
    if number == 0:
        yield reject(origin, "the table has no rows")


def _build_row(
    batch: Any, row: int, origin: Origin, number: int, limits: Limits
) -> Document | Rejected:
    position, source_id = f"row {number}", f"{origin.stem}#{number}"
    try:
        cells = [
            (name, _as_python(column, row))
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
        ]
    except (ValueError, OverflowError) as err:
        reason = f"a cell cannot be read: {said(err)}; write the row again"
        return reject(origin, reason, position=position, source_id=source_id)
    return build_document(
        pick_fields(cells),
        origin,
        position=position,
        source_id=source_id,
        limits=limits,
    )


def _as_python(column: Any, row: int) -> object:
    """Return a cell; Arrow's nanoseconds are cut, as the day is all that counts."""
    cell = column[row]
    if str(cell.type).startswith("timestamp[ns"):
        import pyarrow as pa

        cell = cell.cast(pa.timestamp("us", cell.type.tz), safe=False)
    return cell.as_py()


def _no_text(columns: tuple[str, ...]) -> str:
    names = load_column_names().fields["text"]
    return (
        f"the table has no text column: it has {listed(columns)}; "
        f"name the text's column one of {listed(names)}"
    )
