"""The writer's connection to DuckDB: what does not fit in its memory goes to disk."""

import os
from pathlib import Path

import duckdb

SCRATCH = ".scratch"  # in the record, where there is room; gone when the writer ends
MEMORY = "512MB"
THREADS = 4  # each takes its part of the memory


def open_workspace(record: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection that holds at most `MEMORY`, whatever is asked of it."""
    return duckdb.connect(
        config={
            "memory_limit": MEMORY,
            "temp_directory": str(record.absolute() / SCRATCH),
            "threads": min(THREADS, os.cpu_count() or 1),
        }
    )
