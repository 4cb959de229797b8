"""Happenings of a record: each told once, whoever tells of it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from onrecord.show.views.cite import Cite, cites_at, told_at
from onrecord.show.views.listing import (
    USUAL,
    Keyed,
    Listing,
    find_page,
)
from onrecord.show.views.located import PLACE, Place, locate, places_of, rows_at
from onrecord.store.filters import Filters, Where, narrow_where
from onrecord.store.query import connect, fetch

Row = dict[str, Any]

MENTIONS = 200  # sentences of one happening that are shown


class HappeningOrder(StrEnum):
    """In which order happenings come."""

    WHEN = "when"
    LAST_REPORT = "-report"  # the last reported first
    ORIGINS = "origins"  # those that most independent reports tell of first


KEYS: Mapping[HappeningOrder, tuple[str, ...]] = {
    HappeningOrder.WHEN: ("coalesce(e.first_reported, DATE '9999-12-31')",),
    HappeningOrder.LAST_REPORT: (),
    HappeningOrder.ORIGINS: ("-e.stories",),
}
FIRST: Mapping[HappeningOrder, str] = {
    HappeningOrder.WHEN: "when_from",
    HappeningOrder.LAST_REPORT: "first_reported",
    HappeningOrder.ORIGINS: "origins",
}
OTHERS = ("happening_id", "when_from", "first_reported", "origins", "stories")
TOLD = "happening IN (SELECT happening FROM $narrow_told_events WHERE FITS)"
# Of each the event that is surest, of the telling it begins with.
CLEAREST = f"""
SELECT e.telling, {PLACE} FROM $narrow_events AS e
SEMI JOIN (SELECT hash(unnest($first::VARCHAR[])) AS telling) USING (telling)
QUALIFY row_number() OVER (
    PARTITION BY e.telling ORDER BY e.confidence DESC, e.begins, e.event
) = 1
"""
TELLING_EVENTS = """
SELECT e.filename, e.file_row_number FROM $narrow_events AS e
SEMI JOIN (
    SELECT telling FROM $narrow_tellings WHERE happening = hash($happening_id::VARCHAR)
) USING (telling)
JOIN $narrow_reports AS r ON r.doc = e.doc
ORDER BY r.date NULLS LAST, r.doc_id, e.begins, e.event
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
    keyed = Keyed(
        relation="happenings",
        id="happening",
        first=FIRST[order],
        down=order is not HappeningOrder.WHEN,
        keys=(*KEYS[order], "e.happening_id"),
        columns=", ".join(name for name in OTHERS if name != FIRST[order]),
    )
    page = find_page(connection, keyed, fits, limit=limit, after=after)
    items = _shown(connection, page.places)
    return Listing(
        items=items,
        total=page.total,
        next=items[-1].happening["happening_id"] if page.more and items else None,
    )


def happening_view(
    record: Path, happening_id: str, *, as_of: str | None = None
) -> HappeningView | None:
    """Return a happening with its mentions; None where the record has no such."""
    connection = connect(record, as_of=as_of)
    row = happening_row(connection, happening_id)
    if row is None:
        return None
    named = {"happening_id": happening_id}
    told = [
        (place["filename"], place["file_row_number"])
        for place in fetch(connection, locate(connection, TELLING_EVENTS), named)
    ]
    return HappeningView(
        happening=row,
        mention_count=len(told),
        mentions=tuple(
            Mention(factuality=factuality, cite=cite)
            for factuality, cite in cites_at(connection, told[:MENTIONS])
        ),
    )


def happening_row(
    connection: duckdb.DuckDBPyConnection, happening_id: str
) -> Row | None:
    """Return the row of a happening; None where the record has no such."""
    places = places_of(connection, [happening_id], "happenings", "happening")
    found = happenings_at(connection, places)
    return next(iter(found.values()), None)


def _condition(filters: Filters) -> Where:
    if filters == Filters():
        return Where("true", {})
    fits = narrow_where(filters)
    return Where(TOLD.replace("FITS", fits.sql), fits.parameters)


def _shown(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place]
) -> tuple[HappeningRow, ...]:
    if not places:
        return ()
    found = happenings_at(connection, places)
    firsts = {"first": [row["first"] for row in found.values()]}
    clearest = [
        (row["filename"], row["file_row_number"])
        for row in fetch(connection, locate(connection, CLEAREST), firsts)
    ]
    cites = dict(told_at(connection, clearest))
    return tuple(
        HappeningRow(happening=found[p], cite=cites.get(found[p]["first"]))
        for p in places
        if p in found
    )


def happenings_at(
    connection: duckdb.DuckDBPyConnection, places: Sequence[Place]
) -> dict[Place, Row]:
    """Return the rows of the happenings at some places."""
    if not places:
        return {}
    source, parameters = rows_at(connection, "happenings", places)
    found = fetch(connection, f"SELECT * FROM {source}", parameters)
    return {(row.pop("filename"), row.pop("file_row_number")): row for row in found}
