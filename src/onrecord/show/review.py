"""Events for people to judge, and what they decided."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from onrecord.model.correction import Correction, State
from onrecord.model.judgement import Shown
from onrecord.store.filters import Filters, where
from onrecord.store.query import connect, rows
from onrecord.store.rows import correction_of
from onrecord.store.shown import shown_of

Row = dict[str, Any]


class Sample(StrEnum):
    """Which events come first: the least sure, or any."""

    UNCERTAIN = "uncertain"
    RANDOM = "random"


# The same draw on every machine, whatever the order of rows.
ORDERS: Mapping[Sample, str] = {
    Sample.UNCERTAIN: "confidence, event_id",
    Sample.RANDOM: "md5(event_id || ':' || $seed), event_id",
}
JUDGED = """
SELECT r.event_id FROM reviewed AS r JOIN corrections AS c USING (correction_id)
WHERE r.event_id IS NOT NULL AND ($author IS NULL OR c.author = $author)
"""
SHOWN = """
SELECT e.*, r.text AS report_text, c.run_id
FROM events AS e JOIN reports AS r USING (doc_id) LEFT JOIN codings AS c USING (doc_id)
WHERE e.event_id IN (SELECT unnest($ids))
"""
# What was coded of those events that have corrected rows.
CORRECTED = """
SELECT * FROM coded_events
WHERE event_id IN (SELECT unnest($ids)) AND event_id IN (SELECT event_id FROM corrected)
"""
DECIDED = """
SELECT c.*, r.state, r.event_id AS event_now, r.doc_id AS doc_now, r.why
FROM corrections AS c LEFT JOIN reviewed AS r USING (correction_id)
WHERE c.verdict IS NOT NULL AND ($event IS NULL OR r.event_id = $event)
ORDER BY c.made, c.correction_id
"""


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of events to judge, in order; how many fit, and how many nobody judged."""

    ids: tuple[str, ...]
    total: int
    left: int


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A correction and what became of it; a run that goes on has not settled all."""

    correction: Correction
    state: State | None
    event_id: str | None
    doc_id: str | None
    why: str | None


def choose_events(
    connection: duckdb.DuckDBPyConnection,
    filters: Filters,
    *,
    sample: Sample = Sample.UNCERTAIN,
    seed: int = 0,
    size: int = 50,
    judged: bool = False,
    author: str | None = None,
) -> Chosen:
    """Return events to judge.

    Those that were judged, by `author` where one is given, are left out unless
    `judged`. The same seed draws the same events.
    """
    fits = where(filters)
    named: dict[str, Any] = {**fits.parameters, "author": author}
    fitting = (
        "SELECT event_id, confidence,"
        f" event_id IN ({JUDGED}) AS is_judged FROM events WHERE {fits.sql}"
    )
    count = (
        f"SELECT count(*) AS n, count(*) FILTER (is_judged) AS done FROM ({fitting})"
    )
    (counts,) = rows(connection, count, named)
    order = ORDERS[sample]
    if "$seed" in order:
        named["seed"] = str(seed)
    chosen = "true" if judged else "NOT is_judged"
    sql = (
        f"SELECT event_id FROM ({fitting}) WHERE {chosen}"
        f" ORDER BY {order} LIMIT {size:d}"
    )
    return Chosen(
        ids=tuple(row["event_id"] for row in rows(connection, sql, named)),
        total=counts["n"],
        left=counts["n"] - counts["done"],
    )


def show_events(
    connection: duckdb.DuckDBPyConnection, ids: Sequence[str]
) -> tuple[Shown, ...]:
    """Return some events as a reviewer sees them, in the order of `ids`."""
    found: dict[str, Shown] = {}
    named = {"ids": list(ids)}
    coded = {row["event_id"]: row for row in rows(connection, CORRECTED, named)}
    for row in rows(connection, SHOWN, named):
        text, run_id = row.pop("report_text"), row.pop("run_id")
        event_id = row["event_id"]
        found[event_id] = shown_of(row, text, coded=coded.get(event_id), run_id=run_id)
    return tuple(found[event_id] for event_id in ids if event_id in found)


def find_decisions(
    connection: duckdb.DuckDBPyConnection, *, event_id: str | None = None
) -> Iterator[Decided]:
    """Yield corrections in the order they were made, those of one event or all."""
    for row in rows(connection, DECIDED, {"event": event_id}):
        yield Decided(
            correction=correction_of(row),
            state=State(row["state"]) if row["state"] else None,
            event_id=row["event_now"],
            doc_id=row["doc_now"],
            why=row["why"],
        )


def choose_shown(
    record: Path,
    filters: Filters,
    *,
    sample: Sample = Sample.UNCERTAIN,
    seed: int = 0,
    size: int = 50,
    judged: bool = False,
    as_of: str | None = None,
) -> tuple[Shown, ...]:
    """Return events of a record to judge; see `choose_events`."""
    connection = connect(record, as_of=as_of)
    chosen = choose_events(
        connection, filters, sample=sample, seed=seed, size=size, judged=judged
    )
    return show_events(connection, chosen.ids)
