"""Parquet: the columns of `events`, nested, with the report's beside them."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.show.export.account import Tally

GROUP_ROWS = 50_000
COMPRESSION = "zstd"


def write_parquet(batches: pa.RecordBatchReader, path: Path, tally: Tally) -> None:
    """Write Arrow batches as they come, a row group at a time."""
    waiting: list[pa.RecordBatch] = []
    held = 0
    with pq.ParquetWriter(path, batches.schema, compression=COMPRESSION) as writer:
        for batch in batches:
            waiting.append(batch)
            held += batch.num_rows
            tally.events += batch.num_rows
            if held >= GROUP_ROWS:
                writer.write_table(pa.Table.from_batches(waiting))
                waiting, held = [], 0
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting))
    tally.rows = tally.events
