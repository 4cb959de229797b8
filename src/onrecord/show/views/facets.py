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


# An event counts once for a value, however often it has it.
OWN = {
    "type": "event_type",
    "mode": "mode",
    "context": "unnest(list_distinct(contexts))",
    "factuality": "factuality",
    "place": "unnest(list_distinct(list_transform(places, lambda p: p.name)))",
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
SELECT event_id, doc_id, event_type, mode, contexts, factuality,
    list_transform(places, lambda p: {'name': p.name}) AS places
FROM events WHERE FITS
"""
COUNTED = """
SELECT value, count(*) AS count FROM (SELECT VALUE AS value FROM SOURCE)
WHERE value IS NOT NULL GROUP BY value ORDER BY count DESC, value LIMIT $most
"""
# Of ten million ids two have one hash three times in a million.
COUNTED_PARTIES = """
SELECT VALUE AS value, count(DISTINCT hash(event_id)) AS count
FROM event_parties CHOSEN
WHERE SLOT AND VALUE IS NOT NULL
GROUP BY VALUE ORDER BY count DESC, value LIMIT $most
"""
CHOSEN = "SEMI JOIN fitting USING (event_id)"
OUTLETS = """
SELECT outlet AS value, sum(n)::BIGINT AS count
FROM (SELECT doc_id, count(*) AS n FROM SOURCE GROUP BY doc_id)
JOIN (SELECT doc_id, outlet FROM reports) USING (doc_id)
WHERE outlet IS NOT NULL GROUP BY outlet ORDER BY count DESC, value LIMIT $most
"""


def facets(record: Path, filters: Filters, *, as_of: str | None = None) -> Facets:
    """Return the values of every filter that events have which fit."""
    connection = connect(record, as_of=as_of)
    source, chosen = "events", ""
    if filters != Filters():
        fits = where(filters)
        connection.execute(FITTING.replace("FITS", fits.sql), fits.parameters)
        source, chosen = "fitting", CHOSEN
    queries = {
        name: COUNTED.replace("VALUE", sql).replace("SOURCE", source)
        for name, sql in OWN.items()
    }
    counted = COUNTED_PARTIES.replace("CHOSEN", chosen)
    for name, (value, slot) in PARTIES.items():
        queries[name] = counted.replace("VALUE", value).replace("SLOT", slot)
    queries["outlet"] = OUTLETS.replace("SOURCE", source)
    return Facets(
        **{
            name: tuple(Facet(**row) for row in rows(connection, sql, {"most": MOST}))
            for name, sql in queries.items()
        }
    )
