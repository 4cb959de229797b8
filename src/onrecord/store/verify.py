"""Check a record from its files up to its sums. Reads only; needs no lock."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa

from onrecord.errors import QueryError, RecordDamaged
from onrecord.model.run import Run
from onrecord.store.delta import open_table, table_files
from onrecord.store.head import (
    HEAD_FILE,
    JOURNAL_FILE,
    Head,
    head_bytes,
    read_head,
)
from onrecord.store.journal import (
    KEPT_TWICE,
    LOG,
    Commit,
    Kept,
    entry_name,
    is_as_kept,
    read_journal,
)
from onrecord.store.lock import is_locked
from onrecord.store.lookup import tally_of
from onrecord.store.lost import ANEW, WHAT_NOW
from onrecord.store.mend import Known, is_as_written, know
from onrecord.store.query import as_pattern, connect_at, load_sql, rows
from onrecord.store.rows import run_of
from onrecord.store.spans import wrong_spans
from onrecord.store.tables import TABLES

ROWS_AT_ONCE = 500
FINDINGS_A_CHECK = 20  # one broken file can break a million rows
SETTLED_CHECKS = ("stories", "codings")  # hold between runs, not within one
CHECKS = ("repeated_ids", "missing_reports", "parties")
CITING_TABLES = {
    "events": "event_id",
    "event_parties": "event_id",
    "statements": "statement_id",
    "quantities": "quantity_id",
}
PUT_BACK = "put back a copy of this file, or run the reports again into a new record"
MENDED_ANEW = "the next `onrecord run` notes anew what is there"
MENDED = "`onrecord run` writes it again from the journal"
UNNEEDED = "the next `onrecord run` goes on without it"
OLD = "only `--as-of` an earlier run needs it: put back a copy, or do without"
GIVE_AGAIN = (
    "run again with the inputs it came from; `--as-of` an earlier run shows what was"
    " found in it"
)
RUN_AGAIN = "run the reports again into a new record, and report the fault"
# The others come from the reports as they were read, which are not kept.
TALLIED_FROM_TABLES = (
    "coded",
    "exact",
    "near",
    "rewritten",
    "pending",
    "earlier",
    "stories",
    "events",
    "statements",
    "quantities",
    "happened",
    "planned",
    "hypothetical",
    "negated",
    "denied",
)
GO_ON = "run again with the same inputs to go on"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong: where, what, and what to do."""

    where: str
    problem: str
    advice: str


def verify(record: Path) -> Iterator[Finding]:
    """Yield what is wrong with a record; nothing when it is whole.

    Files come first: where one is broken the rows are not looked at. Raises
    `NotARecord` for a folder that is something else.
    """
    try:
        head = read_head(record)
    except RecordDamaged as err:
        yield Finding(where=str(record), problem=str(err), advice=MENDED)
        return
    broken = False
    for finding in _broken_files(record, head):
        broken = True
        yield finding
    if not broken:
        yield from _some(_gone_reports(record, head))
        yield from _wrong_rows(record, head)


def _gone_reports(record: Path, head: Head) -> Iterator[Finding]:
    """Yield the reports that were in a damaged file and have not been read again."""
    gone = know(record).gone
    if not gone:
        return
    connection = connect_at(record, head.versions)
    found = rows(
        connection,
        "SELECT id FROM (SELECT unnest($ids) AS id) ANTI JOIN reports ON id = doc_id",
        {"ids": sorted(gone)},
    )
    for row in found:
        problem = "its text was in a file that was damaged"
        yield Finding(where=f"reports {row['id']}", problem=problem, advice=GIVE_AGAIN)


def _broken_files(record: Path, head: Head) -> Iterator[Finding]:
    known = know(record)
    yield from _broken_journal(record, head, known)
    yield from _some(_broken_log(record, head))
    live: set[Path] = set()
    for name in TABLES:
        if name not in head.versions:
            # A table that is newer than the record is made by the next run.
            continue
        folder = record.absolute() / name
        try:
            table = open_table(folder, head.versions[name])
            counts = pa.table(table.get_add_actions()).column("num_records")
            files = table_files(table, folder)
        except RecordDamaged as err:
            yield _file(folder, str(err), PUT_BACK)
            continue
        live.update(files)
        kept = {folder / path: one for path, one in known.files.get(name, {}).items()}
        for path, count in zip(files, counts.to_pylist(), strict=True):
            yield from _broken_file(path, kept.get(path), count, _what_now(name))
    yield from _some(_broken_rest(record, known, live))


def _broken_journal(record: Path, head: Head, known: Known) -> Iterator[Finding]:
    """Yield what is wrong with the journal; an older program's record has none."""
    path = record / JOURNAL_FILE
    if head.commits and known.head is None:
        yield _file(path, "the journal is missing or holds nothing", MENDED_ANEW)
    elif known.head and known.head.commits < head.commits:
        yield _file(path, "the last lines are missing", MENDED_ANEW)
    for line in known.bad_lines:
        if line.name not in known.lost:
            yield _file(path, f"line {line.number} was changed", MENDED_ANEW)
    written = _head_at(record, head.commits)
    if written and head == read_head(record) and not _is_head(record, written):
        yield _file(record / HEAD_FILE, "is not as it was written", MENDED)


def _head_at(record: Path, commits: int) -> Head | None:
    """Return the head that the journal has for a commit."""
    for commit in read_journal(record):
        if isinstance(commit, Commit) and commit.head.commits == commits:
            return commit.head
    return None


def _is_head(record: Path, head: Head) -> bool:
    return (record / HEAD_FILE).read_bytes() == head_bytes(head)


def _broken_log(record: Path, head: Head) -> Iterator[Finding]:
    """Yield the log entries that are missing or not as they were written."""
    for commit in read_journal(record):
        for version in commit.versions if isinstance(commit, Commit) else ():
            if version.version > head.versions.get(version.table, -1):
                continue
            if not is_as_written(record, version):
                path = record / version.table / LOG / entry_name(version.version)
                yield _file(path, _state_of(path), MENDED)


def _broken_rest(record: Path, known: Known, live: set[Path]) -> Iterator[Finding]:
    """Yield the damaged files that the record can do without."""
    for name, files in known.files.items():
        for path, kept in files.items():
            file = record.absolute() / name / path
            if file in live or f"{name}/{path}" in known.lost:
                continue
            if not is_as_kept(file, kept):
                advice = UNNEEDED if path.startswith(LOG) else OLD
                yield _file(file, _state_of(file), advice)


def _broken_file(
    path: Path, kept: Kept | None, count: int | None, advice: str
) -> Iterator[Finding]:
    """Compare a data file with what was committed; without that, read all of it."""
    if not path.exists():
        yield _file(path, "the file is missing", advice)
        return
    if kept is not None:
        if not is_as_kept(path, kept):
            yield _file(path, _state_of(path), advice)
        return
    sql = "SELECT count(*), bit_xor(hash(f)) FROM read_parquet($path) AS f"
    try:
        (found,) = duckdb.sql(sql, params={"path": as_pattern(path)}).fetchall()
    except duckdb.Error as err:
        problem = f"the file cannot be read ({str(err).splitlines()[0]})"
        yield _file(path, problem, advice)
        return
    if count is not None and found[0] != count:
        problem = f"the file holds {found[0]} rows, the table says {count}"
        yield _file(path, problem, advice)


def _state_of(path: Path) -> str:
    return "is not as it was written" if path.exists() else "the file is missing"


def _what_now(table: str) -> str:
    if table in KEPT_TWICE:
        return MENDED
    return f"run again: {WHAT_NOW.get(table, ANEW)}"


def _wrong_rows(record: Path, head: Head) -> Iterator[Finding]:
    connection = connect_at(record, head.versions)
    for name in CHECKS:
        yield from _some(_check(connection, name))
    for table, key in CITING_TABLES.items():
        yield from _some(_wrong_words(connection, table, key))
    if head.run is None:
        for name in SETTLED_CHECKS:
            yield from _some(_check(connection, name))
        yield from _wrong_sums(connection)
    elif not is_locked(record):
        yield Finding(
            where=f"run {head.run.number}",
            problem="the run was killed before it ended",
            advice=GO_ON,
        )


def _check(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[Finding]:
    try:
        for row in rows(connection, load_sql(f"checks/{name}")):
            yield _row(row["table"], row["id"], row["problem"])
    except QueryError as err:
        yield Finding(where=name, problem=str(err), advice=RUN_AGAIN)


def _wrong_words(
    connection: duckdb.DuckDBPyConnection, table: str, key: str
) -> Iterator[Finding]:
    found = rows(connection, f"SELECT * FROM {table}", batch_rows=ROWS_AT_ONCE)
    while batch := list(islice(found, ROWS_AT_ONCE)):
        texts = _texts_of(connection, {row["doc_id"] for row in batch})
        for row in batch:
            # A row without a report is found by a check of its own.
            text = texts.get(row["doc_id"])
            for problem in () if text is None else wrong_spans(row, text):
                yield _row(table, row[key], problem)


def _texts_of(
    connection: duckdb.DuckDBPyConnection, doc_ids: set[str]
) -> dict[str, str]:
    """Return the texts of a few reports; each once, however many rows cite it."""
    sql = "SELECT doc_id, text FROM reports WHERE doc_id IN (SELECT unnest($ids))"
    found = rows(connection, sql, {"ids": sorted(doc_ids)}, batch_rows=1)
    return {row["doc_id"]: row["text"] for row in found}


def _wrong_sums(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Yield each run whose account does not sum, and whether the last one is true."""
    runs = [run_of(row) for row in rows(connection, load_sql("runs"))]
    for run in runs:
        if not run.tally.sums:
            yield _run(run, "the parts of its account do not sum")
    for run in runs[-1:]:
        found = tally_of(connection, run.run_id, read=run.tally.read, refused=0)
        for field in TALLIED_FROM_TABLES:
            told, counted = getattr(run.tally, field), getattr(found, field)
            if told != counted:
                yield _run(run, f"its account says {told} {field}, there are {counted}")


def _some(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield the first findings, then how many more there are."""
    last = None
    for last in islice(findings, FINDINGS_A_CHECK):
        yield last
    more = sum(1 for _ in findings)
    if last and more:
        yield msgspec.structs.replace(last, where="…", problem=f"and {more} more")


def _file(path: Path, problem: str, advice: str) -> Finding:
    return Finding(where=str(path), problem=problem, advice=advice)


def _row(table: str, row_id: str, problem: str) -> Finding:
    return Finding(where=f"{table} {row_id}", problem=problem, advice=RUN_AGAIN)


def _run(run: Run, problem: str) -> Finding:
    return Finding(where=f"run {run.number}", problem=problem, advice=RUN_AGAIN)
