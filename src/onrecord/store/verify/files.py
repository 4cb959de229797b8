"""Files: the head, the journal, the log entries and the data of every table."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.errors import RecordDamaged
from onrecord.store.delta import open_table, table_files
from onrecord.store.head import HEAD_FILE, JOURNAL_FILE, Head, head_bytes, read_head
from onrecord.store.journal import (
    KEPT_TWICE,
    LOG,
    Commit,
    Kept,
    entry_name,
    is_as_kept,
    read_journal,
)
from onrecord.store.lost import ANEW, WHAT_NOW
from onrecord.store.mend import Known, is_as_written, know
from onrecord.store.query import as_pattern
from onrecord.store.tables import TABLES
from onrecord.store.verify.finding import Finding, Tell, about_file, some

PUT_BACK = "put back a copy of this file, or run the reports again into a new record"
MENDED_ANEW = "the next `onrecord run` notes anew what is there"
MENDED = "`onrecord run` writes it again from the journal"
UNNEEDED = "the next `onrecord run` goes on without it"
OLD = "only `--as-of` an earlier run needs it: put back a copy, or do without"


def broken_files(record: Path, head: Head, tell: Tell) -> Iterator[Finding]:
    """Yield the files that are missing, damaged, or not as they were committed."""
    known = know(record)
    yield from _broken_journal(record, head, known)
    yield from some(_broken_log(record, head))
    live: set[Path] = set()
    for done, name in enumerate(TABLES):
        tell("tables", done, len(TABLES))
        if name not in head.versions:
            # A table that is newer than the record is made by the next run.
            continue
        folder = record.absolute() / name
        try:
            table = open_table(folder, head.versions[name])
            counts = pa.table(table.get_add_actions()).column("num_records")
            files = table_files(table, folder)
        except RecordDamaged as err:
            yield about_file(folder, str(err), PUT_BACK)
            continue
        live.update(files)
        kept = {folder / path: one for path, one in known.files.get(name, {}).items()}
        for path, count in zip(files, counts.to_pylist(), strict=True):
            yield from _brokenabout_file(path, kept.get(path), count, _what_now(name))
    yield from some(_broken_rest(record, known, live))


def _broken_journal(record: Path, head: Head, known: Known) -> Iterator[Finding]:
    """Yield what is wrong with the journal; an older program's record has none."""
    path = record / JOURNAL_FILE
    if head.commits and known.head is None:
        yield about_file(path, "the journal is missing or holds nothing", MENDED_ANEW)
    elif known.head and known.head.commits < head.commits:
        yield about_file(path, "the last lines are missing", MENDED_ANEW)
    for line in known.bad_lines:
        if line.name not in known.lost:
            yield about_file(path, f"line {line.number} was changed", MENDED_ANEW)
    written = _head_at(record, head.commits)
    if written and head == read_head(record) and not _is_head(record, written):
        yield about_file(record / HEAD_FILE, "is not as it was written", MENDED)


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
                yield about_file(path, _state_of(path), MENDED)


def _broken_rest(record: Path, known: Known, live: set[Path]) -> Iterator[Finding]:
    """Yield the damaged files that the record can do without."""
    for name, files in known.files.items():
        for path, kept in files.items():
            file = record.absolute() / name / path
            if file in live or f"{name}/{path}" in known.lost:
                continue
            if not is_as_kept(file, kept):
                advice = UNNEEDED if path.startswith(LOG) else OLD
                yield about_file(file, _state_of(file), advice)


def _brokenabout_file(
    path: Path, kept: Kept | None, count: int | None, advice: str
) -> Iterator[Finding]:
    """Compare a data file with what was committed; without that, read all of it."""
    if not path.exists():
        yield about_file(path, "the file is missing", advice)
        return
    if kept is not None:
        if not is_as_kept(path, kept):
            yield about_file(path, _state_of(path), advice)
        return
    sql = "SELECT count(*), bit_xor(hash(f)) FROM read_parquet($path) AS f"
    try:
        (found,) = duckdb.sql(sql, params={"path": as_pattern(path)}).fetchall()
    except duckdb.Error as err:
        problem = f"the file cannot be read ({str(err).splitlines()[0]})"
        yield about_file(path, problem, advice)
        return
    if count is not None and found[0] != count:
        problem = f"the file holds {found[0]} rows, the table says {count}"
        yield about_file(path, problem, advice)


def _state_of(path: Path) -> str:
    return "is not as it was written" if path.exists() else "the file is missing"


def _what_now(table: str) -> str:
    if table in KEPT_TWICE:
        return MENDED
    return f"run again: {WHAT_NOW.get(table, ANEW)}"
