"""What the filters can be set to: each value with how many events have it."""

from pathlib import Path

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


# Each event counts once for a value, however often it has it.
VALUES = {
    "type": "[event_type]",
    "mode": "[mode]",
    "context": "list_distinct(contexts)",
    "factuality": "[factuality]",
    "country": (
        "list_distinct(list_transform(list_concat(actors, recipients),"
        " lambda p: p.country))"
    ),
    "actor": "list_distinct(list_transform(actors, lambda p: p.name))",
    "recipient": "list_distinct(list_transform(recipients, lambda p: p.name))",
    "by": "list_distinct(list_transform(attribution, lambda p: p.name))",
    "place": "list_distinct(list_transform(places, lambda p: p.name))",
}
COUNTED = """
SELECT value, count(*) AS count FROM (SELECT unnest(VALUES) AS value FROM fitting)
WHERE value IS NOT NULL GROUP BY value ORDER BY count DESC, value LIMIT $most
"""
FITTING = """
CREATE TABLE fitting AS
SELECT doc_id, event_type, mode, contexts, factuality, actors, recipients,
    attribution, places
FROM events WHERE FITS
"""
OUTLETS = """
SELECT r.outlet AS value, count(*) AS count
FROM fitting JOIN (SELECT doc_id, outlet FROM reports) AS r USING (doc_id)
WHERE r.outlet IS NOT NULL GROUP BY r.outlet ORDER BY count DESC, value LIMIT $most
"""


def facets(record: Path, filters: Filters, *, as_of: str | None = None) -> Facets:
    """Return the values of every filter that events have which fit."""
    fits = where(filters)
    connection = connect(record, as_of=as_of)
    connection.execute(FITTING.replace("FITS", fits.sql), fits.parameters)
    queries = {name: COUNTED.replace("VALUES", sql) for name, sql in VALUES.items()}
    queries["outlet"] = OUTLETS
    return Facets(
        **{
            name: tuple(Facet(**row) for row in rows(connection, sql, {"most": MOST}))
            for name, sql in queries.items()
        }
    )
