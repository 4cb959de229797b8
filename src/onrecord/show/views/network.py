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


PARTY = """list_transform(COLUMN, lambda p: {
    'id': coalesce(p.entity_id, p.name), 'name': p.name, 'country': p.country,
    'sectors': p.sectors
})"""
DYADS = f"""
CREATE TABLE dyads AS
SELECT event_id, quad, score, factuality, actor, recipient
FROM (
    SELECT event_id, quad, score, factuality,
        unnest({PARTY.replace("COLUMN", "actors")}) AS actor, rest AS others
    FROM (
        SELECT *, {PARTY.replace("COLUMN", "recipients")} AS rest
        FROM events
        WHERE FITS AND len(actors) > 0 AND len(recipients) > 0
    )
), unnest(others) AS u(recipient)
WHERE actor.id <> recipient.id
"""
COUNTED = """
SELECT party.id AS id, arg_max(party.name, n) AS name,
    arg_max(party.country, n) AS country, arg_max(party.sectors, n) AS sectors,
    sum(n)::BIGINT AS count
FROM (
    SELECT party, count(DISTINCT event_id) AS n FROM (
        SELECT event_id, actor AS party FROM dyads
        UNION ALL SELECT event_id, recipient FROM dyads
    ) GROUP BY party
) GROUP BY party.id
"""
NODES = f"{COUNTED} ORDER BY count DESC, id LIMIT $limit"
LINKS = """
SELECT actor.id AS source, recipient.id AS target,
    count(*) AS count,
    histogram(quad::VARCHAR) FILTER (factuality = 'happened') AS by_quad,
    histogram(factuality) AS by_factuality,
    coalesce(sum(score) FILTER (factuality = 'happened'), 0) AS score_sum
FROM dyads
WHERE actor.id IN $ids AND recipient.id IN $ids
GROUP BY ALL ORDER BY count DESC, source, target
"""


def network(
    record: Path, filters: Filters, *, limit: int = USUAL, as_of: str | None = None
) -> Network:
    """Return who acts on whom, for the `limit` parties of most events."""
    fits = where(filters)
    connection = connect(record, as_of=as_of)
    connection.execute(DYADS.replace("FITS", fits.sql), fits.parameters)
    nodes = list(rows(connection, NODES, {"limit": limit}))
    (parties,) = rows(connection, f"SELECT count(*) AS n FROM ({COUNTED})")
    found = list(rows(connection, LINKS, {"ids": [node["id"] for node in nodes]}))
    return Network(
        nodes=tuple(Node(**{**n, "sectors": tuple(n["sectors"])}) for n in nodes),
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
        left=parties["n"] - len(nodes),
        left_links=max(len(found) - MOST_LINKS, 0),
    )
