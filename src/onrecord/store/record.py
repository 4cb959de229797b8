"""A record opened for writing: all of a batch is committed, or nothing.

Every table is changed first, then the journal gets a line, then the head file is
replaced. A writer that finds tables beyond the head (a run was killed) takes them back
to it before it goes on, and mends what was damaged meanwhile.
"""

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import duckdb
import msgspec
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from onrecord.errors import NotARecord, RecordDamaged, StoreError
from onrecord.records import SCHEMA_VERSION
from onrecord.store.delta import (
    COMMIT,
    HOOKS,
    WRITER,
    check_path,
    create_table,
    open_table,
    reason_of,
    small_files,
    table_files,
)
from onrecord.store.head import (
    COPY_FILE,
    HEAD_FILE,
    HOUSEKEEPING,
    JOURNAL_FILE,
    Head,
    OpenRun,
    read_head,
    sync_folder,
    write_head,
)
from onrecord.store.journal import Commit, append_commit, sync_log, version_of
from onrecord.store.lock import lock_record
from onrecord.store.lost import ANEW, FOUND_IN_REPORTS, WHAT_NOW, find_gone
from onrecord.store.mend import Mended, mend_files, put_aside
from onrecord.store.migrate import bring_up, differs, is_mixed
from onrecord.store.query import make_view
from onrecord.store.reviewed import FOR_EVENTS, add_judged_events
from onrecord.store.seal import Seal
from onrecord.store.sweep import sweep_scratch
from onrecord.store.tables import TABLES, make_table
from onrecord.store.workspace import open_workspace

SMALL_FILES = 32  # a table with more of them is compacted; a few dozen read fast
TARGET_BYTES = 32 * 2**20  # bounds what one later compaction or deletion rewrites
COMMITS_A_COMPACTION = 64
VALUES_A_DELETION = 2_000  # longer lists of values make slow predicates

logger = logging.getLogger(__name__)

Rows = Mapping[str, Iterable[Mapping[str, Any]]]


class Removal(msgspec.Struct, frozen=True):
    """Rows of `table` whose `column` holds one of `values`; without them all rows."""

    table: str
    column: str
    values: tuple[str, ...] | None


class Record:
    """A record this process alone may write; made by `open_record`."""

    def __init__(
        self,
        path: Path,
        head: Head,
        tables: dict[str, DeltaTable],
        seal: Seal,
        after_commit: Callable[[], None],
    ) -> None:
        self.path = path
        self._seal = seal
        self._after_commit = after_commit
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
        with _telling(self.path):
            for removal in remove:
                self._remove(removal)
            for name, rows in (add or {}).items():
                self._add(name, rows)
            self._commits += 1
            if self._commits % COMMITS_A_COMPACTION == 0:
                self._compact()
            self._advance(run)

    def connect(self, *names: str) -> duckdb.DuckDBPyConnection:
        """Return a connection with views of some tables as last committed.

        With those that corrections need there is `judged_events` too, the events as
        corrected. One connection serves the whole run; a result that is still being
        read stays as it was when later commits move the views.
        """
        if self._connection is None:
            self._connection = open_workspace(self.path)
        for name in names:
            version = self._head.versions[name]
            if self._viewed.get(name) != version:
                table = self._tables[name]
                files = table_files(table, self.path.absolute() / name)
                mixed = is_mixed(table, TABLES[name])
                make_view(self._connection, name, files, mixed=mixed)
                self._viewed[name] = version
        if set(names) >= FOR_EVENTS:
            add_judged_events(self._connection)
        return self._connection.cursor()

    def compact(self, *, run: OpenRun | None) -> None:
        """Join small files where a table has gathered many; no row changes."""
        with _telling(self.path):
            self._compact()
            self._advance(run)

    def _open(self, gone: Mapping[str, tuple[Path, ...]]) -> None:
        """Bring the tables up to this program, and let go of files that are gone."""
        with _telling(self.path):
            for name, table in self._tables.items():
                bring_up(table, name, TABLES[name])
            for name, files in gone.items():
                self._let_go(name, files)
            lost = [f"{name}/{path.name}" for name in gone for path in gone[name]]
            mending = tuple(sorted({*self._head.mending, *gone}))
            self._advance(self._head.run, mending=mending, lost=tuple(lost))
            if mending:
                reports = self._remove_lost(mending)
                self._advance(self._head.run, mending=(), gone=reports)

    def _let_go(self, name: str, files: Iterable[Path]) -> None:
        for path in files:
            state = "was damaged and is put aside" if path.exists() else "is missing"
            logger.warning("%s: %s; %s", path, state, WHAT_NOW.get(name, ANEW))
            put_aside(path)
        self._tables[name].repair(
            commit_properties=COMMIT, post_commithook_properties=HOOKS
        )

    def _remove_lost(self, tables: Sequence[str]) -> tuple[str, ...]:
        """Take away what rested on files that are gone, for the run to make again.

        Returns the reports that are gone.
        """
        gone = find_gone(self.connect(*TABLES), tables)
        for name in gone.whole:
            self._remove_all(name)
        for name in FOUND_IN_REPORTS:
            self._remove(Removal(name, "doc_id", (*gone.doc_ids, *gone.reports)))
        self._remove(Removal("fingerprints", "doc_id", gone.reports))
        self._remove(Removal("rejected", "rejected_id", gone.rejected_ids))
        return gone.reports

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
        if removal.values is None:
            self._remove_all(removal.table)
            return
        for start in range(0, len(removal.values), VALUES_A_DELETION):
            values = removal.values[start : start + VALUES_A_DELETION]
            quoted = ", ".join("'" + v.replace("'", "''") + "'" for v in values)
            self._tables[removal.table].delete(
                f'"{removal.column}" IN ({quoted})',
                writer_properties=WRITER,
                commit_properties=COMMIT,
                post_commithook_properties=HOOKS,
            )

    def _remove_all(self, name: str) -> None:
        self._tables[name].delete(
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
            # An older program's columns get NULL.
            schema_mode="merge" if differs(self._tables[name], table.schema) else None,
            writer_properties=WRITER,
            commit_properties=COMMIT,
            post_commithook_properties=HOOKS,
        )

    def _advance(
        self,
        run: OpenRun | None,
        *,
        mending: tuple[str, ...] = (),
        lost: tuple[str, ...] = (),
        gone: tuple[str, ...] = (),
    ) -> None:
        """Commit what the tables are now: in the journal, then in the head."""
        head = msgspec.structs.replace(
            self._head,
            schema_version=SCHEMA_VERSION,
            versions={name: table.version() for name, table in self._tables.items()},
            run=run,
            mending=mending,
        )
        if head == self._head:
            return
        new = []
        for name, version in head.versions.items():
            before = self._head.versions.get(name, -1)
            if version > before:
                folder = self.path / name
                new += [version_of(folder, v) for v in range(before + 1, version + 1)]
                sync_log(folder)
        head = msgspec.structs.replace(head, commits=head.commits + 1)
        append_commit(
            self.path, Commit(head=head, versions=tuple(new), lost=lost, gone=gone)
        )
        write_head(self.path, head)
        for made in new:
            self._seal.add(made)
        self._head = head
        self._after_commit()


@contextmanager
def open_record(path: Path) -> Iterator[Record]:
    """Hold a record for writing; it is made if the folder is new or empty.

    Where the folder is the copy of a record on object storage, what is committed is
    put there, too.

    Raises `NotARecord`, `RecordLocked`, `RecordDamaged`, or `StoreError` when the
    folder cannot be written to.
    """
    check_path(path)
    _make_folder(path)
    with lock_record(path), _kept_in_step(path) as after_commit:
        with _telling(path):
            if not _is_begun(path):
                write_head(path, Head())
                sync_folder(path.absolute().parent)
            sweep_scratch(path)
            seal = Seal(path)
            if seal.is_whole():
                mended = Mended(read_head(path), {})
            else:
                mended = mend_files(path)
                seal.check_anew()
            tables = dict(_tables_at(path, mended.head))
        record = Record(path, mended.head, tables, seal, after_commit)
        record._open(mended.gone)
        yield record
        with _telling(path):
            seal.leave()


def _kept_in_step(path: Path) -> AbstractContextManager[Callable[[], None]]:
    """Return what keeps a copy of a record elsewhere in step with it."""
    if (path.parent.parent / COPY_FILE).exists():
        from onrecord.store.remote import make_copy_of_coder

        make_copy_of_coder(path)
    if not (path / COPY_FILE).exists():
        return nullcontext(_do_nothing)
    from onrecord.store.remote_session import kept_in_step

    return kept_in_step(path)


def _do_nothing() -> None:
    pass


def _is_begun(path: Path) -> bool:
    return (path / HEAD_FILE).exists() or (path / JOURNAL_FILE).exists()


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
    if not names & {HEAD_FILE, JOURNAL_FILE, COPY_FILE} and names - HOUSEKEEPING:
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
        if table.version() != version:
            raise RecordDamaged(
                f"{folder}: ends at version {table.version()}, the record needs"
                f" {version}; put back a copy of this folder, or run the reports again"
                " into a new record"
            )
        yield name, table


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Say what to do where the disk is full, gone or not to be written to."""
    try:
        yield
    except (DeltaError, OSError) as err:
        raise StoreError(
            f"{path}: cannot write ({reason_of(err)}); nothing of this batch"
            " was kept: see to disk space and permissions, then run again to go on"
        ) from err
