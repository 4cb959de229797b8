"""SQL over a record, as its head (or an earlier run) has it. Reading needs no lock.

DuckDB reads the Parquet files of each table's version itself, since it skips what a
filter rules out: on 300,000 events a page costs a half to a third of what it costs
through an Arrow dataset.
"""

import functools
import logging
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.errors import QueryError, RecordDamaged, UsageError
from onrecord.model.run import Run
from onrecord.store.delta import check_path, open_table, table_files
from onrecord.store.head import read_head
from onrecord.store.migrate import is_mixed
from onrecord.store.reviewed import add_corrected_views
from onrecord.store.rows import run_of
from onrecord.store.summaries import FILE as SUMMARIES
from onrecord.store.summaries import attach_summaries, stamp_of
from onrecord.store.tables import TABLES

logger = logging.getLogger(__name__)

BATCH_ROWS = 10_000
PYTHON_ROWS = 500  # an event is ten times as large in Python as in Arrow
SQL_TYPES: tuple[tuple[Any, str], ...] = (
    (pa.types.is_string, "VARCHAR"),
    (pa.types.is_int32, "INTEGER"),
    (pa.types.is_int64, "BIGINT"),
    (pa.types.is_float64, "DOUBLE"),
    (pa.types.is_boolean, "BOOLEAN"),
    (pa.types.is_date32, "DATE"),
)

Parameters = Mapping[str, Any]


class _Kept:
    """Databases that stay open, each with the versions it shows."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.records: set[Path] = set()
        self.open: dict[Path, tuple[object, duckdb.DuckDBPyConnection]] = {}


_KEPT = _Kept()


def keep_connections(record: Path) -> None:
    """Let later calls of `connect` share one database until the record changes.

    To open it takes longer than most answers. Tables that a query makes for others
    must be temporary, which only the connection that makes them sees.
    """
    _KEPT.records.add(record.absolute())


def connect(
    record: Path, *, as_of: str | None = None, config: Mapping[str, str] | None = None
) -> duckdb.DuckDBPyConnection:
    """Return a connection with one view for each table of the record.

    `events` and `event_parties` are as corrected, `coded_events` and
    `coded_event_parties` as coded. `as_of` names a run by id, the start of its id, or
    number. From SQL neither files nor the network can be reached. Use `cursor()` for
    more than one open result. `config` are settings of DuckDB, such as `memory_limit`,
    which SQL cannot change.
    """
    check_path(record)
    versions = dict(read_head(record).versions)
    if as_of is not None:
        run = find_run(record, as_of)
        versions = {**run.table_versions, "runs": versions["runs"]}
        return _corrected(record, versions, number=run.number, config=config)
    if config is None and record.absolute() in _KEPT.records:
        return _shared(record, versions)
    return _corrected(record, versions, config=config, summarised=config is None)


def _shared(record: Path, versions: Mapping[str, int]) -> duckdb.DuckDBPyConnection:
    """Return a connection to the database that is kept open for the record."""
    path = record.absolute()
    now = (
        dict(versions),
        [_stamp(path / name, versions[name]) for name in versions],
        stamp_of(path),
    )
    with _KEPT.lock:
        known = _KEPT.open.get(path)
        if known is None or known[0] != now:
            known = (now, _corrected(record, versions, summarised=True))
            _KEPT.open[path] = known
        return known[1].cursor()


def _corrected(
    record: Path,
    versions: Mapping[str, int],
    *,
    number: int | None = None,
    config: Mapping[str, str] | None = None,
    summarised: bool = False,
) -> duckdb.DuckDBPyConnection:
    """Return a connection whose views show what corrections make of the tables."""
    connection = connect_at(
        record, versions, number=number, config=config, summarised=summarised
    )
    decided = any(_files(record, t, versions)[0] for t in ("reviewed", "corrected"))
    add_corrected_views(connection, corrected=decided)
    return connection


def query(
    record: Path,
    sql: str,
    parameters: Parameters | None = None,
    *,
    as_of: str | None = None,
) -> pa.RecordBatchReader:
    """Run one statement that reads; return its rows as a stream of Arrow batches.

    Raises `QueryError` with DuckDB's message, also for a statement that writes.
    """
    check_reads(sql)
    connection = connect(record, as_of=as_of)
    return _stream(connection, sql, parameters, BATCH_ROWS)


def rows(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Parameters | None = None,
    *,
    batch_rows: int = BATCH_ROWS,
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a query as dicts, a batch in memory at a time."""
    for batch in batches(connection, sql, parameters, batch_rows=batch_rows):
        for start in range(0, batch.num_rows, PYTHON_ROWS):
            yield from batch.slice(start, PYTHON_ROWS).to_pylist()


def batches(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Parameters | None = None,
    *,
    batch_rows: int = BATCH_ROWS,
) -> pa.RecordBatchReader:
    """Return the rows of a query as Arrow, for those of which there are millions."""
    return _stream(connection.cursor(), sql, parameters, batch_rows)


def fetch(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Parameters | None = None,
) -> list[dict[str, Any]]:
    """Return all rows of a query, which may name temporary tables; for few rows.

    Another result that is being read from the same connection ends.
    """
    try:
        result = connection.execute(sql, dict(parameters) if parameters else None)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    except duckdb.Error as err:
        raise _failed(err) from err


def find_run(record: Path, name: str) -> Run:
    """Return the run with this id, start of an id, or number.

    Raises `UsageError` naming the last runs when none or several fit.
    """
    connection = connect_at(record, read_head(record).versions)
    found = [run_of(row) for row in rows(connection, load_sql("runs"))]
    fitting = [r for r in found if r.run_id == name or str(r.number) == name] or [
        r for r in found if name and r.run_id.startswith(name)
    ]
    if len(fitting) != 1:
        known = ", ".join(f"{r.number} ({r.run_id})" for r in found[-5:]) or "none"
        raise UsageError(f"{record}: no run {name!r}; the last runs are {known}")
    return fitting[0]


def load_sql(name: str) -> str:
    """Return the query kept in `sql/<name>.sql`."""
    path = Path(__file__).resolve().parent / "sql" / f"{name}.sql"
    return path.read_text(encoding="utf-8")


def make_view(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    files: Sequence[Path],
    *,
    mixed: bool = False,
    condition: str = "true",
) -> None:
    """Make or replace the view of table `name` over the files of one version.

    `mixed`: some were written by an older program, and may lack columns. Raises
    `RecordDamaged` when a file is missing or is no Parquet file.
    """
    try:
        source = _source(connection, files, TABLES[name], mixed=mixed)
        connection.execute(
            f"CREATE OR REPLACE VIEW {name} AS {source} WHERE {condition}"
        )
    except duckdb.Error as err:
        raise _damaged(err, name) from err


def as_pattern(file: Path) -> str:
    """Return a file's name so that DuckDB does not read it as a pattern."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(file))


def connect_at(
    record: Path,
    versions: Mapping[str, int],
    *,
    number: int | None = None,
    config: Mapping[str, str] | None = None,
    summarised: bool = False,
) -> duckdb.DuckDBPyConnection:
    """Return a connection with views of the tables at `versions`.

    `number` is that of an earlier run: of `runs` those up to it are shown, since no
    version holds just them, and files that are gone since are left out. `summarised`:
    the summaries of these versions are attached where there are any.
    """
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            **(config or {}),
        }
    )
    reachable: list[str] = []
    there: dict[str, tuple[Path, ...]] = {}
    for name in TABLES:
        files, mixed = _files(record, name, versions)
        if number is not None:
            files = _there(files)
        there[name] = files
        reachable += [*map(str, files), *map(as_pattern, files)]
        early = name == "runs" and number is not None
        make_view(
            connection,
            name,
            files,
            mixed=mixed,
            condition=f"number <= {number}" if early else "true",
        )
    connection.execute("SET GLOBAL parquet_metadata_cache = true")
    if summarised:
        attach_summaries(connection, record, versions, there)
    connection.execute(f"SET allowed_paths = {_texts(reachable)}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def check_reads(sql: str) -> None:
    """Raise `QueryError` unless `sql` is one statement that reads."""
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as err:
        raise QueryError(str(err)) from err
    if len(statements) != 1:
        raise QueryError(f"give one statement, not {len(statements)}")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise QueryError(
            f"a record is read, not changed: {statements[0].type.name} is not allowed;"
            " use SELECT, FROM, WITH, DESCRIBE or SUMMARIZE"
        )


def _files(
    record: Path, name: str, versions: Mapping[str, int]
) -> tuple[tuple[Path, ...], bool]:
    """Return the files of a table's version, and whether some may lack columns."""
    if name not in versions:
        return (), False
    folder = record.absolute() / name
    return _listed(folder, versions[name], _stamp(folder, versions[name]))


@functools.lru_cache(maxsize=512)
def _listed(
    folder: Path, version: int, _: tuple[int, int, int] | None
) -> tuple[tuple[Path, ...], bool]:
    """Return what `_files` does: to open a table takes most of a connection's time."""
    table = open_table(folder, version)
    return table_files(table, folder), is_mixed(table, TABLES[folder.name])


def _stamp(folder: Path, version: int) -> tuple[int, int, int] | None:
    """Return what tells this version of a table from one made anew in its place."""
    try:
        found = (folder / "_delta_log" / f"{version:020}.json").stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _there(files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Leave out files that are gone; what else an earlier run left can be read."""
    for path in files:
        if not path.exists():
            logger.warning("%s: is gone; its rows are not shown", path)
    return tuple(path for path in files if path.exists())


def _source(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[Path],
    schema: pa.Schema,
    *,
    mixed: bool,
) -> str:
    if files and not mixed:
        return f"SELECT * FROM read_parquet({_texts(map(as_pattern, files))})"
    if not files:
        columns = ", ".join(_null(field) for field in schema)
        return f"SELECT * FROM (SELECT {columns} WHERE false)"
    # By name takes longer: every file is looked into before the first row.
    source = f"read_parquet({_texts(map(as_pattern, files))}, union_by_name = true)"
    found = connection.sql(f"DESCRIBE FROM {source}").fetchall()
    kinds = {name: kind for name, kind, *_ in found}
    columns = ", ".join(_column(field, kinds.get(field.name)) for field in schema)
    return f"SELECT {columns} FROM {source}"


def _column(field: pa.Field, found: str | None) -> str:
    """Return the SQL of a column that the files may lack in whole or in part."""
    if found is None:
        return _null(field)
    if found.replace('"', "") == _sql_type(field.type).replace('"', ""):
        return f'"{field.name}"'
    return f'CAST("{field.name}" AS {_sql_type(field.type)}) AS "{field.name}"'


def _null(field: pa.Field) -> str:
    return f'NULL::{_sql_type(field.type)} AS "{field.name}"'


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return _sql_type(kind.value_type) + "[]"
    if pa.types.is_struct(kind):
        fields = ", ".join(f'"{f.name}" {_sql_type(f.type)}' for f in kind)
        return f"STRUCT({fields})"
    return next(name for fits, name in SQL_TYPES if fits(kind))


def _texts(values: Iterable[str]) -> str:
    return "[" + ", ".join("'" + v.replace("'", "''") + "'" for v in values) + "]"


def _stream(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Parameters | None,
    batch_rows: int,
) -> pa.RecordBatchReader:
    try:
        relation = connection.sql(sql, params=dict(parameters) if parameters else None)
        reader = relation.to_arrow_reader(batch_rows)
    except duckdb.Error as err:
        raise _failed(err) from err
    return pa.RecordBatchReader.from_batches(
        reader.schema, _batches(connection, reader)
    )


def _batches(
    connection: duckdb.DuckDBPyConnection, reader: pa.RecordBatchReader
) -> Iterator[pa.RecordBatch]:
    """Yield the batches; holding `connection` keeps the result alive."""
    try:
        yield from reader
    except (duckdb.Error, pa.ArrowException, OSError) as err:
        raise _failed(err) from err
    finally:
        connection.close()


def _failed(err: Exception) -> QueryError | RecordDamaged:
    """Tell a fault of the record from one of what was asked."""
    if "Corrupt database file" in str(err):
        # Only the summaries are a database; DuckDB does not say which file it is.
        return RecordDamaged(
            f"{SUMMARIES} of the record is damaged; delete that file: nothing is lost,"
            " and the next `onrecord run` makes it anew"
        )
    if isinstance(err, duckdb.IOException):
        return _damaged(err)
    return QueryError(str(err))


def _damaged(err: duckdb.Error, table: str | None = None) -> RecordDamaged:
    where = f"{table}: " if table else ""
    return RecordDamaged(
        f"{where}a file of the record cannot be read ({str(err).splitlines()[0]});"
        " `onrecord verify` names what is broken"
    )
