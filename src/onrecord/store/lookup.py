"""What a writer asks of the record it writes to."""

import datetime as dt
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter

import duckdb
import msgspec

from onrecord.model.document import Document
from onrecord.model.run import Run, Tally
from onrecord.store.head import OpenRun
from onrecord.store.query import load_sql, rows
from onrecord.store.record import Record
from onrecord.store.rows import report_of, run_of
from onrecord.store.tables import TABLES

REPORTS_A_BATCH = 256  # reports carry their whole text


class Settled(msgspec.Struct, frozen=True, gc=False):
    """One report of a story and the place it has so far; None for a new report."""

    doc_id: str
    date: dt.date | None
    relation: str | None
    of: str | None


def known_reports(record: Record, doc_ids: Collection[str]) -> frozenset[str]:
    """Return those of `doc_ids` that the record holds."""
    return _known(record, "reports", "known", doc_ids)


def known_rejected(record: Record, rejected_ids: Collection[str]) -> frozenset[str]:
    """Return those of `rejected_ids` that the record holds."""
    return _known(record, "rejected", "known_rejected", rejected_ids)


def unsettled_stories(
    record: Record, *, limit: int
) -> Iterator[tuple[str, tuple[Settled, ...]]]:
    """Yield up to `limit` stories that have new reports, each with all its reports."""
    connection = record.connect("reports", "memberships")
    found = rows(connection, load_sql("unsettled"), {"stories": limit})
    for story_id, members in groupby(found, key=itemgetter("exact_id")):
        yield (
            story_id,
            tuple(
                Settled(row["doc_id"], row["date"], row["relation"], row["of"])
                for row in members
            ),
        )


def pending_count(record: Record) -> int:
    """Return how many originals no run has coded yet."""
    connection = record.connect("memberships", "codings")
    (row,) = rows(connection, load_sql("pending_count"))
    return int(row["pending"])


def pending_reports(record: Record) -> Iterator[tuple[Document, str]]:
    """Yield the originals no run has coded yet, each with its story's id.

    They are those of the moment of the call; commits meanwhile do not change them.
    """
    connection = record.connect("reports", "memberships", "codings")
    for row in rows(connection, load_sql("pending"), batch_rows=REPORTS_A_BATCH):
        yield report_of(row), row["story_id"]


def superseded_reports(record: Record) -> dict[str, tuple[str, ...]]:
    """Return, by story, the coded reports that are no longer its original."""
    connection = record.connect("memberships", "codings")
    by_story: dict[str, list[str]] = {}
    for row in rows(connection, load_sql("superseded")):
        by_story.setdefault(row["story_id"], []).append(row["doc_id"])
    return {story: tuple(sorted(ids)) for story, ids in by_story.items()}


def past_runs(record: Record) -> tuple[Run, ...]:
    """Return the runs that ended, in order."""
    connection = record.connect("runs")
    return tuple(run_of(row) for row in rows(connection, load_sql("runs")))


def tally_run(record: Record, run: OpenRun) -> Tally:
    """Return the account of the run in progress, as it would end now."""
    connection = record.connect(*TABLES)
    return tally_of(connection, run.run_id, read=run.read, refused=run.refused)


def tally_of(
    connection: duckdb.DuckDBPyConnection, run_id: str, *, read: int, refused: int
) -> Tally:
    """Return what the tables say of the last run.

    `read` and `refused` are counts of reports seen, and of those not readable.
    """
    (row,) = rows(connection, load_sql("tally"), {"run_id": run_id})
    taken, failed = row.pop("taken"), row.pop("failed")
    return Tally(
        read=read, known=read - refused - taken, rejected=refused + failed, **row
    )


def _known(
    record: Record, table: str, sql: str, ids: Collection[str]
) -> frozenset[str]:
    if not ids:
        return frozenset()
    connection = record.connect(table)
    found = rows(connection, load_sql(sql), {"ids": sorted(ids)})
    return frozenset(next(iter(row.values())) for row in found)
