"""Delta Lake tables in a folder: make, open at a version, name their files.

The only file that calls deltalake's table API, with `record.py`, which writes.
"""

import re
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa
from deltalake import (
    CommitProperties,
    DeltaTable,
    PostCommitHookProperties,
    WriterProperties,
)
from deltalake.exceptions import DeltaError

from onrecord.errors import RecordDamaged, StoreError
from onrecord.store.head import COPY_FILE

# No old version is ever cleaned away: `--as-of` and `diff` open them.
CONFIGURATION = {
    "delta.enableExpiredLogCleanup": "false",
    "delta.checkpointInterval": "50",
}
# Statistics of other columns would copy whole reports into the log.
STATISTICS = ("doc_id", "story_id", "date", "when_from", "when_to")
HOOKS = PostCommitHookProperties(create_checkpoint=True, cleanup_expired_logs=False)
COMMIT = CommitProperties(max_commit_retries=0)
WRITER = WriterProperties(compression="ZSTD", compression_level=3)

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
LINES_OF_A_REASON = 3  # what follows is a backtrace

# delta-rs loses its way, or aborts, in a path with one of these.
FORBIDDEN_IN_PATHS = frozenset("[]|^\\%")


def check_path(record: Path) -> None:
    """Raise `StoreError` where Delta Lake cannot keep tables."""
    found = sorted(FORBIDDEN_IN_PATHS & set(str(record.absolute())))
    if found:
        raise StoreError(
            f"{record}: a record's path may not hold {' '.join(found)}; choose another"
        )


def create_table(folder: Path, schema: pa.Schema) -> DeltaTable:
    """Make an empty table in `folder`."""
    measured = [name for name in STATISTICS if name in schema.names] or schema.names[:1]
    return DeltaTable.create(
        folder,
        schema,
        configuration={
            **CONFIGURATION,
            "delta.dataSkippingStatsColumns": ",".join(measured),
        },
        commit_properties=COMMIT,
        post_commithook_properties=HOOKS,
    )


def open_table(folder: Path, version: int | None = None) -> DeltaTable:
    """Open a table, at its newest version unless one is named.

    Raises `RecordDamaged` with the folder and what to do.
    """
    try:
        return DeltaTable(folder, version=version)
    except (DeltaError, OSError, ValueError) as err:
        at = "" if version is None else f" at version {version}"
        raise RecordDamaged(
            f"{folder}: the table cannot be opened{at} ({reason_of(err)}); put back"
            " a copy of this folder, or run the reports again into a new record"
        ) from err


def table_files(
    table: DeltaTable, folder: Path, *, fetch: bool = True
) -> tuple[Path, ...]:
    """Return the Parquet files that are the table, in the order of the log.

    Those of a copy of a record that is kept elsewhere are fetched, unless told not to.
    """
    actions = pa.table(table.get_add_actions())
    files = tuple(folder / unquote(p) for p in actions.column("path").to_pylist())
    if fetch and (folder.parent / COPY_FILE).exists():
        from onrecord.store.remote import fill_in

        fill_in(folder.parent, files)
    return files


def small_files(table: DeltaTable, *, below: int) -> int:
    """Return how many files of a table have fewer bytes than `below`."""
    sizes = pa.table(table.get_add_actions()).column("size_bytes").to_pylist()
    return sum(size < below for size in sizes)


def reason_of(err: Exception) -> str:
    """Return in one line what went wrong; Delta Lake draws a tree of it."""
    lines = COLOURS.sub("", str(err)).splitlines()
    return ": ".join(line.strip(" ↳") for line in lines[:LINES_OF_A_REASON] if line)
