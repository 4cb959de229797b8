"""What a record holds: how many of everything, from when to when, by which runs."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from onrecord.model.run import Tally
from onrecord.show.views.located import locate
from onrecord.store.head import read_head
from onrecord.store.query import connect, fetch

LAST_RUNS = 20

COUNTS = """
SELECT
    (SELECT count(*) FROM $narrow_reports) AS reports,
    (SELECT count(*) FROM $narrow_stories) AS stories,
    (SELECT count(*) FROM $narrow_events) AS events,
    (SELECT count(*) FROM $narrow_happenings) AS happenings,
    (SELECT count(*) FROM $narrow_statements) AS statements,
    (SELECT count(*) FROM rejected) AS rejected
"""
DAYS = "SELECT min(date) AS first, max(date) AS last FROM $narrow_reports"
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
    (counts,) = fetch(connection, locate(connection, COUNTS))
    (days,) = fetch(connection, locate(connection, DAYS))
    return Overview(
        name=record.absolute().name,
        counts=RecordCounts(**counts),
        first_date=days["first"],
        last_date=days["last"],
        runs=tuple(_run(row) for row in fetch(connection, RUNS, {"most": LAST_RUNS})),
        version=version,
    )


def _run(row: Mapping[str, Any]) -> RunRow:
    """Return a run; what an older program did not count it does not hold."""
    tally = {name: count for name, count in row["tally"].items() if count is not None}
    return msgspec.convert({**row, "tally": tally}, RunRow)


def record_version(record: Path) -> str:
    """Return what changes whenever a table of the record does."""
    versions = sorted(read_head(record).versions.items())
    return hashlib.blake2b(msgspec.json.encode(versions), digest_size=8).hexdigest()
