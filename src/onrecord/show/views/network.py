"""Who acts on whom: parties as nodes, what they do to each other as links."""

from pathlib import Path
from typing import Any

import msgspec

from onrecord.show.views.located import locate
from onrecord.show.views.map import summed
from onrecord.store.filters import Filters, narrow_where
from onrecord.store.query import connect, fetch

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


FITTING = """
CREATE OR REPLACE TEMP TABLE fitting AS SELECT event FROM $narrow_events WHERE FITS
"""
COUNTED = """
CREATE OR REPLACE TEMP TABLE counted AS
SELECT node, count(*) AS count FROM $narrow_ties CHOSEN GROUP BY node
"""
ALL_COUNTED = """
CREATE OR REPLACE TEMP TABLE counted AS SELECT node, n AS count FROM $narrow_node_counts
"""
# Ids are looked up for those that may be among the first, and for no others.
NODES = """
CREATE OR REPLACE TEMP TABLE nodes AS
WITH least AS (
    SELECT min(count) AS count
    FROM (SELECT count FROM counted ORDER BY count DESC LIMIT $limit)
), ids AS (
    SELECT node, any_value(coalesce(entity_id, name)) AS id
    FROM $narrow_named_parties
    WHERE node IN (SELECT node FROM counted WHERE count >= (SELECT count FROM least))
    GROUP BY node
)
SELECT node, id, count FROM counted JOIN ids USING (node)
ORDER BY count DESC, id LIMIT $limit
"""
# Of several names that a party goes by the one that most have.
NAMES = """
WITH named AS (
    SELECT p.node, p.name, p.country, p.sectors, sum(n) AS n
    FROM $narrow_named_parties AS p SEMI JOIN nodes USING (node)
    JOIN $narrow_party_counts USING (party) GROUP BY ALL
)
SELECT nodes.id, arg_max(name, key) AS name, arg_max(country, key) AS country,
    arg_max(sectors, key) AS sectors
FROM (SELECT *, (n, name, country, sectors) AS key FROM named) AS named
JOIN nodes USING (node) GROUP BY nodes.id
"""
LINKS = """
WITH among AS (
    SELECT d.* FROM PAIRS AS d
    SEMI JOIN nodes AS a ON a.node = d.source SEMI JOIN nodes AS b ON b.node = d.target
), sums AS (
    SELECT source, target, sum(n)::BIGINT AS count,
        list({'key': quad::VARCHAR, 'n': n::BIGINT})
            FILTER (factuality = 'happened') AS by_quad,
        list({'key': factuality, 'n': n::BIGINT}) AS by_factuality,
        coalesce(sum(score) FILTER (factuality = 'happened'), 0) AS score_sum
    FROM among GROUP BY source, target
)
SELECT a.id AS source, b.id AS target, sums.* EXCLUDE (source, target)
FROM sums JOIN nodes AS a ON a.node = sums.source
JOIN nodes AS b ON b.node = sums.target
ORDER BY sums.count DESC, a.id, b.id
"""
PAIRS = """(
    SELECT source, target, quad, factuality, count(*) AS n, sum(score) AS score
    FROM $narrow_dyads SEMI JOIN nodes AS a ON a.node = source
    SEMI JOIN nodes AS b ON b.node = target CHOSEN GROUP BY ALL
)"""
CHOSEN = "SEMI JOIN fitting USING (event)"


def network(
    record: Path, filters: Filters, *, limit: int = USUAL, as_of: str | None = None
) -> Network:
    """Return who acts on whom, for the `limit` parties of most events."""
    connection = connect(record, as_of=as_of)
    chosen, pairs = "", "$narrow_pair_counts"
    if filters != Filters():
        fits = narrow_where(filters)
        sql = FITTING.replace("FITS", fits.sql)
        fetch(connection, locate(connection, sql), fits.parameters)
        chosen, pairs = CHOSEN, PAIRS

    def ask(sql: str, **parameters: int) -> list[dict[str, Any]]:
        filled = sql.replace("PAIRS", pairs).replace("CHOSEN", chosen)
        return fetch(connection, locate(connection, filled), parameters)

    ask(COUNTED if chosen else ALL_COUNTED)
    ask(NODES, limit=limit)
    counts = {
        row["id"]: row["count"]
        for row in ask("SELECT id, count FROM nodes ORDER BY count DESC, id")
    }
    named = {row["id"]: row for row in ask(NAMES)}
    (parties,) = ask("SELECT count(*) AS n FROM counted")
    found = ask(LINKS)
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
                    "by_quad": summed(row["by_quad"] or ()),
                    "by_factuality": summed(row["by_factuality"]),
                    "score_sum": round(row["score_sum"], 1),
                }
            )
            for row in found[:MOST_LINKS]
        ),
        left=parties["n"] - len(counts),
        left_links=max(len(found) - MOST_LINKS, 0),
    )
