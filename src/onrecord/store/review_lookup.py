"""What settling corrections asks of the record it writes to."""

from collections.abc import Collection, Mapping
from typing import Any

from onrecord.model.correction import Correction
from onrecord.store.query import load_sql, rows
from onrecord.store.record import Record
from onrecord.store.rows import correction_of

Row = dict[str, Any]
# An older program's rows had no verdict; none was ever written.
MADE = (
    "SELECT * FROM corrections WHERE verdict IS NOT NULL ORDER BY made, correction_id"
)


def corrections_made(record: Record) -> tuple[Correction, ...]:
    """Return all corrections, in the order they were made."""
    found = rows(record.connect("corrections"), MADE)
    return tuple(correction_of(row) for row in found)


def reports_to_review(
    record: Record, doc_ids: Collection[str]
) -> tuple[Mapping[str, Any], ...]:
    """Return, for each report corrections were made on, the coded ones of its story.

    A row has `shown_id`, whether the record holds that report (`known`), and the
    `doc_id` of a report that was coded, or None.
    """
    connection = record.connect("reports", "memberships", "codings")
    parameters = {"ids": sorted(doc_ids)}
    return tuple(rows(connection, load_sql("review_scope"), parameters))


def events_to_review(record: Record, doc_ids: Collection[str]) -> tuple[Row, ...]:
    """Return the events of some reports, as coded."""
    parameters = {"ids": sorted(doc_ids)}
    found = rows(record.connect("events"), load_sql("review_events"), parameters)
    return tuple(found)


def settled_reviews(record: Record) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows of `reviewed` and of `corrected` as they are."""
    connection = record.connect("reviewed", "corrected")
    reviewed, corrected = "SELECT * FROM reviewed", "SELECT * FROM corrected"
    return tuple(rows(connection, reviewed)), tuple(rows(connection, corrected))
