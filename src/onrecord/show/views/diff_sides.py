"""The two runs that are compared: which they are, and a database that holds both.

The tables of the first lie in schema `a`, those of the second in `b`, as they were
coded: what people corrected is not the program's doing.
"""

import tempfile
import uuid
from collections.abc import Mapping
from pathlib import Path

import duckdb
import msgspec

from onrecord.errors import UsageError
from onrecord.model.run import Run, Versions
from onrecord.show.views.diff_shape import Side
from onrecord.store.delta import check_path, open_table, table_files
from onrecord.store.head import CODERS_FOLDER, read_head
from onrecord.store.migrate import is_mixed
from onrecord.store.query import connect_at, find_run, load_sql, make_view, rows
from onrecord.store.rows import run_of
from onrecord.store.tables import TABLES

NEEDED = ("reports", "memberships", "codings", "events", "statements")
MEMORY = "1GB"  # what is more lies in files
VERSIONS = ("program", "schema", "lexicon", "model")


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """A run of a record, and the versions of all runs that coded for it."""

    name: str
    folder: Path
    run: Run
    versions: Mapping[str, Versions]

    @property
    def side(self) -> Side:
        """Return what is told of it."""
        made_with = self.run.versions
        return Side(
            name=self.name,
            run_id=self.run.run_id,
            number=self.run.number,
            program=made_with.program,
            schema_version=made_with.schema,
            lexicon=made_with.lexicon,
            model=made_with.model,
        )


def find_coded(record: Path, name: str) -> Coded:
    """Return the run called `RUN`, or `NAME:RUN` for one of another coder's record.

    Raises `UsageError` when there is no such coder or run.
    """
    check_path(record)
    head = read_head(record)
    coder, _, number = name.rpartition(":")
    folder = _coder_folder(record, coder) if coder else record
    run = find_run(folder, number)
    if folder != record:
        head = read_head(folder)
    known = rows(connect_at(folder, head.versions), load_sql("runs"))
    versions = {one.run_id: one.versions for one in map(run_of, known)}
    return Coded(name=name, folder=folder, run=run, versions=versions)


def what_differs(was: Versions | None, now: Versions | None) -> tuple[str, ...]:
    """Return which of program, schema, lexicon and model differ.

    Of a run whose account is lost nothing is known, and nothing is said.
    """
    if was is None or now is None:
        return ()
    return tuple(n for n in VERSIONS if getattr(was, n) != getattr(now, n))


def connect_both(a: Coded, b: Coded) -> duckdb.DuckDBPyConnection:
    """Return a connection with the tables of both."""
    beside = Path(tempfile.gettempdir()) / f"onrecord-diff-{uuid.uuid4().hex}"
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": MEMORY,
            "temp_directory": str(beside),  # made when it is needed, and taken away
        }
    )
    for schema, coded in (("a", a), ("b", b)):
        connection.execute(f"CREATE SCHEMA {schema}")
        connection.execute(f"SET schema = '{schema}'")
        for name in NEEDED:
            _view(connection, coded, name)
    connection.execute("SET schema = 'main'")
    return connection


def _view(connection: duckdb.DuckDBPyConnection, coded: Coded, name: str) -> None:
    version = coded.run.table_versions.get(name)
    if version is None:  # of an older program, which had no such table
        make_view(connection, name, ())
        return
    folder = coded.folder.absolute() / name
    table = open_table(folder, version)
    files = table_files(table, folder)
    make_view(connection, name, files, mixed=is_mixed(table, TABLES[name]))


def _coder_folder(record: Path, coder: str) -> Path:
    folder = record / CODERS_FOLDER
    names = sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []
    if coder not in names:
        known = f"there is {', '.join(names)}" if names else "it has none"
        raise UsageError(f"{record}: no other coder {coder!r} here; {known}")
    return folder / coder
