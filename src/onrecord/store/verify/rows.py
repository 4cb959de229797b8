"""Rows: that every id stands for one, that what they point at is there, and sums."""

from collections.abc import Collection, Iterator
from pathlib import Path

import duckdb

from onrecord.errors import QueryError
from onrecord.model.run import Run
from onrecord.store.head import CODERS_FOLDER, Head
from onrecord.store.lock import is_locked
from onrecord.store.lookup import tally_of
from onrecord.store.mend import know
from onrecord.store.query import connect_at, load_sql, rows
from onrecord.store.reviewed import add_judged_events, check_corrections
from onrecord.store.rows import run_of
from onrecord.store.verify.finding import (
    RUN_AGAIN,
    Finding,
    Tell,
    about_row,
    about_run,
    some,
)

CHECKS = ("repeated_ids", "missing_reports", "references", "parties")
# What holds between runs, not within one: by the tables it needs.
SETTLED_CHECKS = {
    "stories": (),
    "codings": (),
    "story_ids": (),
    "made_by": (),
    "tellings": ("profiles", "tellings", "happenings"),
    "happenings": ("tellings", "happenings"),
}
GIVE_AGAIN = (
    "run again with the inputs it came from; `--as-of` an earlier run shows what was"
    " found in it"
)
GO_ON = "run again with the same inputs to go on"
# The others come from the reports as they were read, which are not kept.
TALLIED_FROM_TABLES = (
    "coded",
    "exact",
    "near",
    "rewritten",
    "pending",
    "earlier",
    "recoded",
    "recoded_failed",
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


def gone_reports(record: Path, head: Head) -> Iterator[Finding]:
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


def wrong_rows(record: Path, head: Head, tell: Tell) -> Iterator[Finding]:
    """Yield rows that are repeated, or point at nothing, and sums that are wrong.

    What only holds between two runs is looked at where none is going on.
    """
    connection = connect_at(record, head.versions)
    add_judged_events(connection)  # happenings are of events as corrected
    names = [*CHECKS, *(_settled(head.versions) if head.run is None else ())]
    for done, name in enumerate(names):
        tell("checks of rows", done, len(names))
        yield from some(_check(connection, name))
    if head.run is None:
        yield from some(_wrong_corrections(connection, head))
        yield from _wrong_sums(connection)
    elif record.parent.name != CODERS_FOLDER and not is_locked(record):
        # Another coder's run stays open when its endpoint or its budget ends it.
        yield Finding(
            where=f"run {head.run.number}",
            problem="the run was killed before it ended",
            advice=GO_ON,
        )


def _settled(tables: Collection[str]) -> Iterator[str]:
    """Yield the checks for which an older program's record has the tables."""
    for name, needed in SETTLED_CHECKS.items():
        if set(needed) <= set(tables):
            yield name


def _check(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[Finding]:
    try:
        for row in rows(connection, load_sql(f"checks/{name}")):
            yield about_row(row["table"], row["id"], row["problem"])
    except QueryError as err:
        yield Finding(where=name, problem=str(err), advice=RUN_AGAIN)


def _wrong_corrections(
    connection: duckdb.DuckDBPyConnection, head: Head
) -> Iterator[Finding]:
    """Yield what is wrong with corrections, where the record has room for them."""
    if not {"corrections", "reviewed", "corrected"} <= set(head.versions):
        return
    for found in check_corrections(connection):
        yield about_row(found.table, found.row_id, found.problem)


def _wrong_sums(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Yield each run whose account does not sum, and whether the last one is true."""
    runs = [run_of(row) for row in rows(connection, load_sql("runs"))]
    for number, run in enumerate(runs, 1):
        if run.number != number:
            yield about_run(run.number, f"is the {number}. of the runs")
        if not run.tally.sums:
            yield about_run(run.number, "the parts of its account do not sum")
    for run in runs[-1:]:
        yield from _untrue(connection, run)


def _untrue(connection: duckdb.DuckDBPyConnection, run: Run) -> Iterator[Finding]:
    found = tally_of(connection, run.run_id, read=run.tally.read, refused=0)
    for field in TALLIED_FROM_TABLES:
        told, counted = getattr(run.tally, field), getattr(found, field)
        if told != counted:
            problem = f"its account says {told} {field}, there are {counted}"
            yield about_run(run.number, problem)
