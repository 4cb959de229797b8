"""Who acts on whom: parties as nodes, what they do to each other as links."""

from pathlib import Path

import msgspec

from onrecord.store.filters import Filters, where
from onrecord.store.query import connect, rows

USUAL = 60
MOST = 500
MOST_LINKS = 2_000


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One party; `count` are the events in which it acts or is acted upon.

    `id` can be given as `actor` or `recipient` where it is not a name.
    """

    id: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    count: int


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """What `source` does to `target`: how many events.

    `by_quad` and `score_sum` are of what happened, `by_factuality` of all.
    """

    source: str
    target: str
    count: int
    by_quad: dict[str, int]
    by_factuality: dict[str, int]
    score_sum: float


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """The parties of most events, and the links among them.

    `left` parties were left out, and `left_links` links among those that are shown.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    left: int
    left_links: int


# Parties have a table of their own, which is narrower than the events.
# Of ten million ids two have one hash three times in a million.
SIDE = "SELECT hash(event_id) AS h, coalesce(entity_id, name) AS id FROM event_parties"
DYADS = f"""
CREATE TABLE dyads AS
SELECT DISTINCT h, quad, score, factuality, a.id AS source, r.id AS target
FROM (SELECT hash(event_id) AS h, quad, score, factuality FROM events WHERE FITS)
JOIN ({SIDE} WHERE slot = 'actor') AS a USING (h)
JOIN ({SIDE} WHERE slot = 'recipient') AS r USING (h)
WHERE a.id <> r.id
"""
COUNTED = """
SELECT id, count(*) AS count FROM (
    SELECT h, source AS id FROM dyads
    UNION SELECT h, target FROM dyads
) GROUP BY id
"""
NODES = f"{COUNTED} ORDER BY count DESC, id LIMIT $limit"
# Of several names that a party goes by the one that most have.
NAMES = """
SELECT id, arg_max(name, (n, name)) AS name, arg_max(country, (n, name)) AS country,
    arg_max(sectors, (n, name)) AS sectors
FROM (
    SELECT coalesce(entity_id, name) AS id, name, country, sectors, count(*) AS n
    FROM event_parties WHERE slot <> 'by' GROUP BY ALL
)
WHERE id IN (SELECT unnest($ids)) GROUP BY id
"""
LINKS = """
SELECT source, target, count(*) AS count,
    histogram(quad::VARCHAR) FILTER (factuality = 'happened') AS by_quad,
    histogram(factuality) AS by_factuality,
    coalesce(sum(score) FILTER (factuality = 'happened'), 0) AS score_sum
FROM dyads
WHERE source IN (SELECT unnest($ids)) AND target IN (SELECT unnest($ids))
GROUP BY source, target ORDER BY count DESC, source, target
"""


def network(
    record: Path, filters: Filters, *, limit: int = USUAL, as_of: str | None = None
) -> Network:
    """Return who acts on whom, for the `limit` parties of most events."""
    fits = where(filters)
    connection = connect(record, as_of=as_of)
    connection.execute(DYADS.replace("FITS", fits.sql), fits.parameters)
    counts = {r["id"]: r["count"] for r in rows(connection, NODES, {"limit": limit})}
    ids = {"ids": list(counts)}
    named = {row["id"]: row for row in rows(connection, NAMES, ids)}
    (parties,) = rows(connection, f"SELECT count(*) AS n FROM ({COUNTED})")
    found = list(rows(connection, LINKS, ids))
    return Network(
        nodes=tuple(
            Node(
                id=party,
                name=named[party]["name"],
                country=named[party]["country"],
                sectors=tuple(named[party]["sectors"] or ()),
                count=count,
            )
            for party, count in counts.items()
        ),
        links=tuple(
            Link(
                **{
                    **row,
                    "by_quad": dict(row["by_quad"] or ()),
                    "by_factuality": dict(row["by_factuality"]),
                    "score_sum": round(row["score_sum"], 1),
                }
            )
            for row in found[:MOST_LINKS]
        ),
        left=parties["n"] - len(counts),
        left_links=max(len(found) - MOST_LINKS, 0),
    )
