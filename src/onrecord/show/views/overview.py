"""What a record holds: how many of everything, from when to when, by which runs."""

import datetime as dt
import hashlib
from pathlib import Path

import msgspec

from onrecord.model.run import Tally
from onrecord.store.head import read_head
from onrecord.store.query import connect, rows

LAST_RUNS = 20

COUNTS = """
SELECT
    (SELECT count(*) FROM reports) AS reports,
    (SELECT count(*) FROM stories) AS stories,
    (SELECT count(*) FROM events) AS events,
    (SELECT count(*) FROM happenings) AS happenings,
    (SELECT count(*) FROM statements) AS statements,
    (SELECT count(*) FROM rejected) AS rejected
"""
DAYS = "SELECT min(date) AS first, max(date) AS last FROM reports"
RUNS = "SELECT * FROM runs ORDER BY number DESC LIMIT $most"


class RecordCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many of everything; `rejected` are reports that could not be taken."""

    reports: int
    stories: int
    events: int
    happenings: int
    statements: int
    rejected: int


class RunRow(msgspec.Struct, frozen=True, kw_only=True):
    """One run: when it began, with which program, and what came of it."""

    run_id: str
    number: int
    started: str
    program: str
    tally: Tally


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """A record at a glance.

    The dates are those of the first and the last report. `runs` are the last ones,
    newest first. `version` changes whenever the record does.
    """

    name: str
    counts: RecordCounts
    first_date: dt.date | None
    last_date: dt.date | None
    runs: tuple[RunRow, ...]
    version: str


def overview(record: Path, *, as_of: str | None = None) -> Overview:
    """Return what the record holds."""
    version = record_version(record)
    connection = connect(record, as_of=as_of)
    (counts,) = rows(connection, COUNTS)
    (days,) = rows(connection, DAYS)
    return Overview(
        name=record.absolute().name,
        counts=RecordCounts(**counts),
        first_date=days["first"],
        last_date=days["last"],
        runs=tuple(
            msgspec.convert(row, RunRow)
            for row in rows(connection, RUNS, {"most": LAST_RUNS})
        ),
        version=version,
    )


def record_version(record: Path) -> str:
    """Return what changes whenever a table of the record does."""
    versions = sorted(read_head(record).versions.items())
    return hashlib.blake2b(msgspec.json.encode(versions), digest_size=8).hexdigest()
