"""What a writer asks of the record it writes to."""

from array import array
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from onrecord.model.document import Document
from onrecord.model.run import Run, Tally, Versions
from onrecord.store.head import OpenRun
from onrecord.store.query import batches, connect, load_sql, rows
from onrecord.store.record import Record
from onrecord.store.reviewed import FOR_EVENTS
from onrecord.store.rows import report_of, run_of
from onrecord.store.tables import TABLES

REPORTS_A_BATCH = 256  # reports carry their whole text


class PendingReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report to code, and its story.

    `before` is the run that coded it in another way, `refused` the id of what became
    of it where that run could not.
    """

    document: Document
    story_id: str
    before: str | None = None
    refused: str | None = None


def known_reports(record: Record, doc_ids: Collection[str]) -> frozenset[str]:
    """Return those of `doc_ids` that the record holds."""
    return _known(record, "reports", "known", doc_ids)


def known_rejected(record: Record, rejected_ids: Collection[str]) -> frozenset[str]:
    """Return those of `rejected_ids` that the record holds."""
    return _known(record, "rejected", "known_rejected", rejected_ids)


def unfingerprinted_reports(record: Record, *, version: int) -> Iterator[Document]:
    """Yield the reports without a fingerprint of `version`."""
    connection = record.connect("reports", "fingerprints")
    found = rows(
        connection,
        load_sql("unfingerprinted"),
        {"version": version},
        batch_rows=REPORTS_A_BATCH,
    )
    for row in found:
        yield report_of(row)


def unsettled_fingerprints(record: Record) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of `fingerprints` of reports without a place in a story.

    Their `keys` are an array of unsigned numbers.
    """
    connection = record.connect("fingerprints", "memberships")
    yield from _fingerprint_rows(connection, load_sql("unsettled"))


def settled_fingerprints(record: Record) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of `fingerprints` that stand for their words, with their places.

    A row has `relation`, `original`, `similarity` and `links` beside; `keys` are an
    array of unsigned numbers.
    """
    connection = record.connect("fingerprints", "memberships", "links")
    yield from _fingerprint_rows(connection, load_sql("settled"))


def _fingerprint_rows(
    connection: duckdb.DuckDBPyConnection, sql: str
) -> Iterator[Mapping[str, Any]]:
    for batch in batches(connection, sql):
        keys = batch.column("keys")
        numbers, ends = keys.values.to_numpy(), keys.offsets.to_pylist()
        some = batch.drop_columns(["keys"]).to_pylist()
        for row, (first, last) in zip(some, pairwise(ends), strict=True):
            # Each number as such takes longer than all the rest.
            yield {**row, "keys": array("Q", numbers[first:last].tobytes())}


def places_of(
    record: Record, exact_ids: Collection[str]
) -> tuple[Mapping[str, Any], ...]:
    """Return all reports with the words of some, and their places so far.

    A row has `doc_id`, `exact_id`, and the columns of `memberships` or None.
    """
    connection = record.connect("fingerprints", "memberships")
    parameters = {"exact_ids": sorted(exact_ids)}
    return tuple(rows(connection, load_sql("places"), parameters))


def wrong_stories(record: Record) -> tuple[Mapping[str, Any], ...]:
    """Return the stories whose row is not what the places of their reports say.

    `original` is None where no report is left in it; `known` tells whether it has a
    row.
    """
    connection = record.connect("memberships", "stories")
    return tuple(rows(connection, load_sql("wrong_stories")))


def replaced_reports(record: Record) -> tuple[str, ...]:
    """Return the coded reports that are now copies of originals already coded."""
    connection = record.connect("codings", "memberships", "stories")
    return tuple(row["doc_id"] for row in rows(connection, load_sql("replaced")))


def report_texts(
    record: Record, doc_ids: Collection[str]
) -> Iterator[tuple[str, str, int]]:
    """Yield the id, the text and the start of the body of some reports."""
    connection = record.connect("reports")
    found = rows(
        connection,
        load_sql("texts"),
        {"ids": sorted(doc_ids)},
        batch_rows=REPORTS_A_BATCH,
    )
    for row in found:
        yield row["doc_id"], row["text"], row["body_start"]


def unprofiled_events(record: Record, *, version: int) -> Iterator[Mapping[str, Any]]:
    """Yield the events of reports with a telling without a profile of `version`.

    They come report by report. A row has the columns of `events` that a profile needs,
    and the report's `date`.
    """
    connection = record.connect(*FOR_EVENTS, "reports", "profiles")
    parameters = {"version": version}
    yield from rows(connection, load_sql("unprofiled"), parameters)


def stale_happenings(record: Record) -> tuple[str, ...]:
    """Return the happenings that list a telling which is not theirs now."""
    connection = record.connect("happenings", "tellings")
    found = rows(connection, load_sql("stale_happenings"))
    return tuple(row["happening_id"] for row in found)


def missing_happenings(record: Record) -> tuple[str, ...]:
    """Return the happenings of tellings that have no row."""
    connection = record.connect("happenings", "tellings")
    found = rows(connection, load_sql("missing_happenings"))
    return tuple(row["happening_id"] for row in found)


def events_of_happenings(
    record: Record, happening_ids: Collection[str]
) -> Iterator[Mapping[str, Any]]:
    """Yield the events of some happenings, happening by happening, with their reports.

    A row has columns of `events` and `tellings`, and `date` and `outlet` of the report.
    """
    connection = record.connect(*FOR_EVENTS, "tellings", "reports")
    parameters = {"ids": sorted(happening_ids)}
    yield from rows(connection, load_sql("told"), parameters)


def links_told(
    record: Record, happening_ids: Collection[str]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield happenings, each with two of its reports: one depends on the other."""
    connection = record.connect("links", "tellings")
    parameters = {"ids": sorted(happening_ids)}
    for row in rows(connection, load_sql("links_told"), parameters):
        yield row["happening_id"], (row["doc_id"], row["of"])


def pending_count(record: Record, run: OpenRun, *, recode: bool) -> int:
    """Return how many reports `pending_reports` yields."""
    connection = record.connect("memberships", "codings", "runs")
    sql = f"SELECT count(*) AS pending FROM ({load_sql('pending')})"
    (row,) = rows(connection, sql, _pending(run, recode=recode))
    return int(row["pending"])


def pending_reports(
    record: Record, run: OpenRun, *, recode: bool
) -> Iterator[PendingReport]:
    """Yield the originals no run has coded yet, and what other versions coded.

    The latter only with `recode`. They are those of the moment of the call; commits
    meanwhile do not change them.
    """
    connection = record.connect("reports", "memberships", "codings", "runs")
    found = rows(
        connection,
        f"SELECT * FROM reports JOIN ({load_sql('pending')}) USING (doc_id)",
        _pending(run, recode=recode),
        batch_rows=REPORTS_A_BATCH,
    )
    for row in found:
        yield PendingReport(
            document=report_of(row),
            story_id=row["story_id"],
            before=row["before"],
            refused=row["refused"],
        )


def outdated_count(record: Path, versions: Versions) -> int:
    """Return how many reports of a record other versions coded than these."""
    sql = f"SELECT count(*) AS n FROM ({load_sql('pending')}) WHERE before IS NOT NULL"
    parameters = {**_versions(versions), "recode": True, "run_id": ""}
    (row,) = rows(connect(record), sql, parameters)
    return int(row["n"])


def unlike_tellings(record: Record, *, version: str) -> bool:
    """Tell whether some telling has a place that was chosen in another way."""
    connection = record.connect("tellings")
    sql = (
        "SELECT count(*) > 0 AS found FROM tellings"
        " WHERE version IS DISTINCT FROM $version"
    )
    (row,) = rows(connection, sql, {"version": version})
    return bool(row["found"])


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


def _pending(run: OpenRun, *, recode: bool) -> dict[str, Any]:
    return {**_versions(run.versions), "recode": recode, "run_id": run.run_id}


def _versions(versions: Versions) -> dict[str, Any]:
    return {
        "program": versions.program,
        "schema": versions.schema,
        "lexicon": versions.lexicon,
        "model": versions.model,
    }


def _known(
    record: Record, table: str, sql: str, ids: Collection[str]
) -> frozenset[str]:
    if not ids:
        return frozenset()
    connection = record.connect(table)
    found = rows(connection, load_sql(sql), {"ids": sorted(ids)})
    return frozenset(next(iter(row.values())) for row in found)
