"""A record opened for writing: all of a batch is committed, or nothing.

Every table is changed first, then the head file is replaced. A writer that finds
tables beyond the head (a run was killed) takes them back to it before it goes on.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import msgspec
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from onrecord.errors import NotARecord, RecordDamaged, StoreError
from onrecord.store.delta import (
    COMMIT,
    HOOKS,
    WRITER,
    check_path,
    create_table,
    open_table,
    small_files,
    sync_versions,
    table_files,
)
from onrecord.store.head import (
    HEAD_FILE,
    HOUSEKEEPING,
    Head,
    OpenRun,
    read_head,
    write_head,
)
from onrecord.store.lock import lock_record
from onrecord.store.query import make_view
from onrecord.store.tables import TABLES, make_table

SMALL_FILES = 32  # a table with more of them is compacted; a few dozen read fast
TARGET_BYTES = 32 * 2**20  # bounds what one later compaction or deletion rewrites
COMMITS_A_COMPACTION = 64
VALUES_A_DELETION = 2_000  # longer lists of values make slow predicates

Rows = Mapping[str, Iterable[Mapping[str, Any]]]


class Removal(msgspec.Struct, frozen=True):
    """Rows of `table` whose `column` holds one of `values`."""

    table: str
    column: str
    values: tuple[str, ...]


class Record:
    """A record this process alone may write; made by `open_record`."""

    def __init__(self, path: Path, head: Head, tables: dict[str, DeltaTable]) -> None:
        self.path = path
        self._head = head
        self._tables = tables
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._viewed: dict[str, int] = {}
        self._commits = 0

    @property
    def head(self) -> Head:
        """Return the record as last committed."""
        return self._head

    def commit(
        self,
        *,
        run: OpenRun | None,
        add: Rows | None = None,
        remove: Sequence[Removal] = (),
    ) -> None:
        """Remove rows, add rows and set the run in progress, in one step."""
        try:
            for removal in remove:
                self._remove(removal)
            for name, rows in (add or {}).items():
                self._add(name, rows)
        except (DeltaError, OSError) as err:
            raise StoreError(
                f"{self.path}: cannot write ({err}); nothing of this batch was kept:"
                " see to disk space and permissions, then run again to go on"
            ) from err
        self._commits += 1
        if self._commits % COMMITS_A_COMPACTION == 0:
            self._compact()
        self._advance(run)

    def connect(self, *names: str) -> duckdb.DuckDBPyConnection:
        """Return a connection with views of some tables as last committed.

        One connection serves the whole run; a result that is still being read stays
        as it was when later commits move the views.
        """
        if self._connection is None:
            self._connection = duckdb.connect()
        for name in names:
            version = self._head.versions[name]
            if self._viewed.get(name) != version:
                files = table_files(self._tables[name], self.path.absolute() / name)
                make_view(self._connection, name, files)
                self._viewed[name] = version
        return self._connection.cursor()

    def compact(self, *, run: OpenRun | None) -> None:
        """Join small files where a table has gathered many; no row changes."""
        self._compact()
        self._advance(run)

    def _compact(self) -> None:
        for table in self._tables.values():
            if small_files(table, below=TARGET_BYTES // 2) > SMALL_FILES:
                table.optimize.compact(
                    target_size=TARGET_BYTES,
                    writer_properties=WRITER,
                    commit_properties=COMMIT,
                    post_commithook_properties=HOOKS,
                )

    def _remove(self, removal: Removal) -> None:
        for start in range(0, len(removal.values), VALUES_A_DELETION):
            values = removal.values[start : start + VALUES_A_DELETION]
            quoted = ", ".join("'" + v.replace("'", "''") + "'" for v in values)
            self._tables[removal.table].delete(
                f'"{removal.column}" IN ({quoted})',
                writer_properties=WRITER,
                commit_properties=COMMIT,
                post_commithook_properties=HOOKS,
            )

    def _add(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        table = make_table(name, rows)
        if not table.num_rows:
            return
        write_deltalake(
            self._tables[name],
            table,
            mode="append",
            writer_properties=WRITER,
            commit_properties=COMMIT,
            post_commithook_properties=HOOKS,
        )

    def _advance(self, run: OpenRun | None) -> None:
        versions = {name: table.version() for name, table in self._tables.items()}
        for name, version in versions.items():
            before = self._head.versions.get(name, -1)
            if version > before:
                sync_versions(self.path / name, range(before + 1, version + 1))
        head = msgspec.structs.replace(self._head, versions=versions, run=run)
        if head != self._head:
            write_head(self.path, head)
        self._head = head


@contextmanager
def open_record(path: Path) -> Iterator[Record]:
    """Hold a record for writing; it is made if the folder is new or empty.

    Raises `NotARecord`, `RecordLocked`, `RecordDamaged`, or `StoreError` when the
    folder cannot be written to.
    """
    check_path(path)
    _make_folder(path)
    with lock_record(path):
        if not (path / HEAD_FILE).exists():
            write_head(path, Head())
        head = read_head(path)
        record = Record(path, head, dict(_tables_at(path, head)))
        record._advance(head.run)
        yield record


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        names = {entry.name for entry in path.iterdir()}
    except (FileExistsError, NotADirectoryError):
        raise NotARecord(f"{path}: is a file; name a folder for the record") from None
    except OSError as err:
        raise StoreError(
            f"{path}: {err.strerror}; choose a folder you may write to"
        ) from err
    if HEAD_FILE not in names and names - HOUSEKEEPING:
        raise NotARecord(
            f"{path}: holds files but no {HEAD_FILE}; choose an empty or new folder"
        )


def _tables_at(path: Path, head: Head) -> Iterator[tuple[str, DeltaTable]]:
    """Yield each table with the rows it has in `head`."""
    for name, schema in TABLES.items():
        folder = path / name
        version = head.versions.get(name)
        if version is None:
            # Made by a run that was killed before the head knew of it: empty.
            if folder.exists():
                shutil.rmtree(folder)
            yield name, create_table(folder, schema)
            continue
        table = open_table(folder)
        if table.version() < version:
            raise RecordDamaged(
                f"{folder}: ends at version {table.version()}, the record needs"
                f" {version}; put back a copy of this folder"
            )
        if table.version() > version:
            table.restore(version, commit_properties=COMMIT)
        yield name, table
