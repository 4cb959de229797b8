"""Corrections applied: the views `events` and `event_parties` as people left them.

The tables stay as coded and can be read as `coded_events` and `coded_event_parties`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb
import msgspec

# Rows of `events` that a correction in force rejects, or has another row for.
REPLACED = """
SELECT event_id FROM reviewed WHERE state = 'in_force' AND verdict = 'reject'
UNION SELECT event_id FROM corrected
"""
EVENTS = f"""
SELECT * FROM coded_events ANTI JOIN ({REPLACED}) USING (event_id)
UNION ALL BY NAME SELECT * FROM corrected
"""
_SLOT = """
SELECT event_id, doc_id, story_id, '{slot}' AS slot, position::INTEGER AS position,
    {{'start': p.start, 'end': p."end", 'text': p.text}} AS span,
    p.name, p.entity_id, p.country, p.sectors, p.role, p.basis, p.antecedent{rest}
FROM (
    SELECT event_id, doc_id, story_id, unnest({column}) AS p,
        generate_subscripts({column}, 1) - 1 AS position
    FROM corrected
)
"""
PARTIES = " UNION ALL BY NAME ".join(
    (
        f"SELECT * FROM coded_event_parties ANTI JOIN ({REPLACED}) USING (event_id)",
        _SLOT.format(slot="actor", column="actors", rest=""),
        _SLOT.format(slot="recipient", column="recipients", rest=""),
        _SLOT.format(slot="by", column="attribution", rest=", p.anonymous, p.cue"),
    )
)
VIEWS: Mapping[str, str] = {"events": EVENTS, "event_parties": PARTIES}
FOR_EVENTS = frozenset({"events", "reviewed", "corrected"})


class Unsound(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `reviewed` or `corrected` that is not as it should be."""

    table: str
    row_id: str
    problem: str


def add_corrected_views(
    connection: duckdb.DuckDBPyConnection, *, corrected: bool
) -> None:
    """Make the views that a reader sees; without corrections they are the tables."""
    for name, sql in VIEWS.items():
        if corrected:
            connection.execute(f"ALTER VIEW {name} RENAME TO coded_{name}")
            connection.execute(f"CREATE VIEW {name} AS {sql}")
        else:
            connection.execute(f"CREATE VIEW coded_{name} AS FROM {name}")


def add_judged_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `judged_events`, the events as corrected, beside the views of the tables."""
    coded = EVENTS.replace("coded_events", "events")
    connection.execute(f"CREATE OR REPLACE VIEW judged_events AS {coded}")


# What must hold of a record whose corrections are settled; `coded_events` is needed.
CHECKS: Sequence[str] = (
    """
    SELECT 'reviewed' AS "table", r.correction_id AS id,
        'is in force for ' || coalesce(r.event_id, 'no event')
        || ', which is not there' AS problem
    FROM reviewed AS r ANTI JOIN coded_events AS e USING (event_id)
    WHERE r.state = 'in_force'
    """,
    """
    SELECT 'reviewed', correction_id, 'its correction is missing'
    FROM reviewed ANTI JOIN corrections USING (correction_id)
    """,
    """
    SELECT 'reviewed', correction_id, 'stands for ' || count(*) || ' rows'
    FROM reviewed GROUP BY correction_id HAVING count(*) > 1
    """,
    """
    SELECT 'corrections', correction_id, 'stands for ' || count(*) || ' rows'
    FROM corrections GROUP BY correction_id HAVING count(*) > 1
    """,
    """
    SELECT 'corrections', correction_id, 'nothing says what became of it'
    FROM corrections ANTI JOIN reviewed USING (correction_id)
    WHERE verdict IS NOT NULL
    """,
    """
    SELECT 'corrected', c.event_id, 'no fix of it is in force'
    FROM corrected AS c ANTI JOIN (
        SELECT event_id FROM reviewed WHERE state = 'in_force' AND verdict = 'fix'
    ) USING (event_id)
    """,
    """
    SELECT 'corrected', r.event_id, 'a fix in force has no corrected row'
    FROM (
        SELECT DISTINCT event_id FROM reviewed
        WHERE state = 'in_force' AND verdict = 'fix'
    ) AS r ANTI JOIN corrected USING (event_id)
    """,
    """
    SELECT 'corrected', event_id, 'stands for ' || count(*) || ' rows'
    FROM corrected GROUP BY event_id HAVING count(*) > 1
    """,
)


def check_corrections(connection: duckdb.DuckDBPyConnection) -> Iterator[Unsound]:
    """Yield what is wrong with corrections; `connection` has the views of the tables.

    Words that rows of `corrected` cite are rows' words like those of `events`: check
    both alike. Where a run is going on, what became of corrections is not settled.
    """
    views = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
    coded = "coded_events" if "coded_events" in views else "events"
    for check in CHECKS:
        sql = check.replace("coded_events", coded)
        found: list[tuple[Any, ...]] = connection.cursor().execute(sql).fetchall()
        for table, row_id, problem in sorted(found):
            yield Unsound(table=table, row_id=row_id, problem=problem)
