"""Happenings of a record: each told once, whoever tells of it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from onrecord.show.views.cite import Cite, find_cites
from onrecord.show.views.listing import (
    USUAL,
    Keyed,
    Listing,
    find_page,
)
from onrecord.store.filters import Filters, Where, where
from onrecord.store.query import connect, rows

Row = dict[str, Any]

MENTIONS = 200  # sentences of one happening that are shown


class HappeningOrder(StrEnum):
    """In which order happenings come."""

    WHEN = "when"
    LAST_REPORT = "-report"  # the last reported first
    ORIGINS = "origins"  # those that most independent reports tell of first


KEYS: Mapping[HappeningOrder, str] = {
    HappeningOrder.WHEN: (
        "coalesce(when_from, DATE '9999-12-31'), first_reported, happening_id"
    ),
    HappeningOrder.LAST_REPORT: (
        "coalesce(DATE '9999-12-30' - first_reported, 9999999), happening_id"
    ),
    HappeningOrder.ORIGINS: "-origins, -stories, happening_id",
}
TOLD = """
happening_id IN (
    SELECT happening_id FROM tellings
    SEMI JOIN (SELECT telling_id FROM events WHERE FITS) USING (telling_id)
)
"""
# Of each the event that is surest, of the telling it begins with.
CLEAREST = """
SELECT h.happening_id, arg_min(e.event_id, (-e.confidence, e.event_id)) AS event_id
FROM (SELECT happening_id, first FROM happenings WHERE happening_id IN $ids) AS h
JOIN (SELECT event_id, telling_id, confidence FROM events) AS e
    ON e.telling_id = h.first
GROUP BY h.happening_id
"""
SHOWN = """
SELECT * FROM happenings SEMI JOIN (SELECT unnest($ids) AS happening_id)
USING (happening_id)
"""
TELLING_EVENTS = """
SELECT e.event_id, e.factuality, r.date
FROM (SELECT event_id, telling_id, doc_id, factuality FROM events) AS e
SEMI JOIN (SELECT telling_id FROM tellings WHERE happening_id = $happening_id)
    USING (telling_id)
JOIN (SELECT doc_id, date FROM reports) AS r USING (doc_id)
ORDER BY r.date NULLS LAST, e.event_id
"""


class HappeningRow(msgspec.Struct, frozen=True, kw_only=True):
    """One happening, as its table has it, and the sentence that tells it first."""

    happening: Row
    cite: Cite | None


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One event that tells of a happening, and as what it tells it."""

    factuality: str
    cite: Cite


class HappeningView(msgspec.Struct, frozen=True, kw_only=True):
    """One happening with the sentences that tell of it, in order of their reports.

    `mention_count` is how many there are, of which `mentions` shows the first.
    """

    happening: Row
    mention_count: int
    mentions: tuple[Mention, ...]


def list_happenings(
    record: Path,
    filters: Filters,
    *,
    order: HappeningOrder = HappeningOrder.WHEN,
    limit: int = USUAL,
    after: str | None = None,
    as_of: str | None = None,
) -> Listing[HappeningRow]:
    """Return happenings that an event tells of which fits.

    `after` is the id of one that those that are returned come after.
    """
    connection = connect(record, as_of=as_of)
    fits = _condition(filters)
    keyed = Keyed(table="happenings", id="happening_id", keys=KEYS[order])
    page = find_page(connection, keyed, fits, limit=limit, after=after)
    return Listing(items=_shown(connection, page.ids), total=page.total, next=page.next)


def happening_view(
    record: Path, happening_id: str, *, as_of: str | None = None
) -> HappeningView | None:
    """Return a happening with its mentions; None where the record has no such."""
    connection = connect(record, as_of=as_of)
    row = next(rows(connection, SHOWN, {"ids": [happening_id]}), None)
    if row is None:
        return None
    told = list(rows(connection, TELLING_EVENTS, {"happening_id": happening_id}))
    first = told[:MENTIONS]
    cites = find_cites(connection, [event["event_id"] for event in first])
    return HappeningView(
        happening=row,
        mention_count=len(told),
        mentions=tuple(
            Mention(factuality=e["factuality"], cite=cites[e["event_id"]])
            for e in first
            if e["event_id"] in cites
        ),
    )


def _condition(filters: Filters) -> Where:
    if filters == Filters():
        return Where("true", {})
    fits = where(filters)
    return Where(TOLD.replace("FITS", fits.sql), fits.parameters)


def _shown(
    connection: duckdb.DuckDBPyConnection, ids: Sequence[str]
) -> tuple[HappeningRow, ...]:
    if not ids:
        return ()
    found = {row["happening_id"]: row for row in rows(connection, SHOWN, {"ids": ids})}
    clearest = {
        row["happening_id"]: row["event_id"]
        for row in rows(connection, CLEAREST, {"ids": ids})
    }
    cites = find_cites(connection, clearest.values())
    return tuple(
        HappeningRow(happening=found[i], cite=cites.get(clearest.get(i, "")))
        for i in ids
    )
