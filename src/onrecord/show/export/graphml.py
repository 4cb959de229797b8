"""GraphML: parties as nodes; an edge a dyad, with counts by type and factuality.

Edges run from who acts to whom is acted upon. Actors of one act on nobody, as those
who hold talks, are joined by an edge that is `together`; its direction means nothing,
but many programs read no graph with edges of both kinds. What happened and what did
not are counted apart, and only what happened is the edge's weight.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from onrecord.model.event import EventType, Factuality
from onrecord.show.export.account import Tally
from onrecord.show.export.rows import FIRST_SQL, Chosen
from onrecord.show.visible import one_line
from onrecord.store.filters import where
from onrecord.store.query import connect, rows

Row = dict[str, Any]

NODE_KEYS = ("name", "country", "sectors")
TOGETHER = "together"
EDGE_KEYS = (
    TOGETHER,
    "weight",
    *(status.value for status in Factuality),
    *(f"{kind.value}_{status.value}" for kind in EventType for status in Factuality),
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
CHOSEN_SQL = """
WITH chosen AS (
    SELECT event_id, event_type, factuality, actors, recipients
    FROM events {only} WHERE {fits}
)"""
NODES_SQL = """, parties AS (
    SELECT unnest(list_concat(actors, recipients)) AS p FROM chosen
)
SELECT p.entity_id AS id, min(p.name) AS name, min(p.country) AS country,
    min(p.sectors) AS sectors
FROM parties GROUP BY ALL ORDER BY id"""
PAIRS_SQL = """, acting AS (
    SELECT *, unnest(list_transform(actors, lambda p: p.entity_id)) AS source
    FROM chosen
), pairs AS (
    SELECT event_id, event_type, factuality, source,
        unnest(list_transform(recipients, lambda p: p.entity_id)) AS target,
        false AS together
    FROM acting
    UNION ALL
    SELECT * FROM (
        SELECT event_id, event_type, factuality, source,
            unnest(list_transform(actors, lambda p: p.entity_id)) AS target,
            true AS together
        FROM acting WHERE len(recipients) = 0
    ) WHERE source < target
)"""
EDGES_SQL = """
SELECT source, target, together, event_type, factuality,
    count(DISTINCT event_id) AS n
FROM pairs GROUP BY ALL
ORDER BY source, target, together, event_type, factuality"""
LONE = "fewer than two parties"


def write_graphml(chosen: Chosen, stream: TextIO, tally: Tally) -> None:
    """Write the network of the chosen events."""
    fits = where(chosen.filters)
    first = FIRST_SQL.format(fits=fits.sql)
    only = f"SEMI JOIN ({first}) USING (event_id)" if chosen.happenings else ""
    base = CHOSEN_SQL.format(only=only, fits=fits.sql)
    connection = connect(chosen.record, as_of=chosen.as_of)

    def ask(sql: str) -> Iterator[Row]:
        return rows(connection, base + sql, fits.parameters)

    stream.write(HEAD)
    stream.writelines(_keys())
    stream.write('  <graph id="record" edgedefault="directed">\n')
    for node in ask(NODES_SQL):
        stream.write(_node(node))
    edges = ask(PAIRS_SQL + EDGES_SQL)
    dyads = groupby(edges, key=lambda e: (e["source"], e["target"], e[TOGETHER]))
    for number, (ends, counts) in enumerate(dyads):
        stream.write(_edge(number, ends, counts))
        tally.rows += 1
    stream.write("  </graph>\n</graphml>\n")
    (told,) = ask(PAIRS_SQL + " SELECT count(DISTINCT event_id) AS n FROM pairs")
    tally.events = told["n"]
    if chosen.given > tally.events:
        tally.leave(LONE, chosen.given - tally.events)


def _keys() -> Iterator[str]:
    kinds = (
        ("node", "string", NODE_KEYS),
        ("edge", "boolean", EDGE_KEYS[:1]),
        ("edge", "long", EDGE_KEYS[1:]),
    )
    for home, kind, names in kinds:
        for name in names:
            yield (
                f'  <key id="{home}-{name}" for="{home}" attr.name="{name}"'
                f' attr.type="{kind}"/>\n'
            )


def _node(node: Row) -> str:
    values = {**node, "sectors": "|".join(node["sectors"] or ()) or None}
    data = "".join(
        f'<data key="node-{name}">{escape(one_line(values[name]))}</data>'
        for name in NODE_KEYS
        if values[name]
    )
    return f"    <node id={quoteattr(one_line(node['id']))}>{data}</node>\n"


def _edge(number: int, ends: tuple[str, str, bool], counts: Iterable[Row]) -> str:
    source, target, together = ends
    found: Counter[str] = Counter()
    for row in counts:
        kind, status, n = row["event_type"], row["factuality"], row["n"]
        found[status] += n
        found[f"{kind}_{status}"] += n
    values = {
        TOGETHER: str(together).lower(),
        "weight": found[Factuality.HAPPENED.value],
        **{name: n for name, n in found.items() if n},
    }
    data = "".join(
        f'<data key="edge-{name}">{values[name]}</data>'
        for name in EDGE_KEYS
        if name in values
    )
    return (
        f'    <edge id="e{number}" source={quoteattr(one_line(source))}'
        f" target={quoteattr(one_line(target))}>{data}</edge>\n"
    )
