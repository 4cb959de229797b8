"""What the filters can be set to: each value with how many events have it."""

from pathlib import Path
from typing import Any

import duckdb
import msgspec

from onrecord.store.filters import Filters, where
from onrecord.store.query import connect, rows

MOST = 50  # values of what is open-ended, such as actors


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """One value and how many of the events that fit have it."""

    value: str
    count: int


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """For each filter the values that occur, those of most events first.

    Counts are of events, whatever their factuality. Of actors, recipients, outlets,
    those by whose word it stands and places the first 50 are given.
    """

    type: tuple[Facet, ...]
    mode: tuple[Facet, ...]
    context: tuple[Facet, ...]
    factuality: tuple[Facet, ...]
    country: tuple[Facet, ...]
    actor: tuple[Facet, ...]
    recipient: tuple[Facet, ...]
    by: tuple[Facet, ...]
    place: tuple[Facet, ...]
    outlet: tuple[Facet, ...]


# An event counts once for a value, however often it has it.
OWN = {
    "type": "event_type",
    "mode": "mode",
    "context": "unnest(list_distinct(contexts))",
    "factuality": "factuality",
}
# Parties have a table of their own, which is narrower than the events.
PARTIES = {
    "country": ("country", "slot <> 'by'"),
    "actor": ("name", "slot = 'actor'"),
    "recipient": ("name", "slot = 'recipient'"),
    "by": ("name", "slot = 'by'"),
}
FITTING = """
CREATE TABLE fitting AS
SELECT event_id, doc_id, event_type, mode, contexts, factuality FROM events WHERE FITS
"""
VALUES = "SELECT VALUE AS value FROM fitting"
OF_PARTIES = """
SELECT VALUE AS value FROM event_parties SEMI JOIN fitting USING (event_id)
WHERE SLOT GROUP BY event_id, value
"""
OF_ALL_PARTIES = """
SELECT VALUE AS value FROM event_parties WHERE SLOT GROUP BY event_id, value
"""
PLACES = """
SELECT unnest(list_distinct(list_transform(places, lambda p: p.name))) AS value
FROM events WHERE FITS AND len(places) > 0
"""
OUTLETS = """
SELECT outlet AS value FROM fitting JOIN (SELECT doc_id, outlet FROM reports)
USING (doc_id)
"""
COUNTED = """
SELECT value, count(*) AS count FROM (FOUND)
WHERE value IS NOT NULL GROUP BY value ORDER BY count DESC, value LIMIT $most
"""


def facets(record: Path, filters: Filters, *, as_of: str | None = None) -> Facets:
    """Return the values of every filter that events have which fit."""
    fits = where(filters)
    connection = connect(record, as_of=as_of)
    connection.execute(FITTING.replace("FITS", fits.sql), fits.parameters)
    parties = OF_ALL_PARTIES if filters == Filters() else OF_PARTIES
    queries = {name: VALUES.replace("VALUE", sql) for name, sql in OWN.items()}
    for name, (value, slot) in PARTIES.items():
        queries[name] = parties.replace("VALUE", value).replace("SLOT", slot)
    queries["outlet"] = OUTLETS
    found = {name: _counted(connection, sql, {}) for name, sql in queries.items()}
    places = PLACES.replace("FITS", fits.sql)
    return Facets(place=_counted(connection, places, fits.parameters), **found)


def _counted(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, Any]
) -> tuple[Facet, ...]:
    counted = COUNTED.replace("FOUND", sql)
    asked = {**parameters, "most": MOST}
    return tuple(Facet(**row) for row in rows(connection, counted, asked))
