"""What people made sure of, as lines to score other coders by."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.store.query import connect, rows
from onrecord.store.rows import line_of

# The last word on each event: what was fixed counts for more than what was accepted.
GOLD = """
WITH said AS (
    SELECT event_id,
        CASE WHEN bool_or(verdict = 'reject') THEN 'reject'
             WHEN bool_or(verdict = 'fix') THEN 'fix' ELSE 'accept' END AS verdict
    FROM reviewed
    WHERE event_id IS NOT NULL AND state IN ('in_force', 'agreed')
    GROUP BY event_id
)
SELECT * FROM (
    SELECT e.*, s.verdict FROM events AS e JOIN said AS s USING (event_id)
    WHERE s.verdict <> 'reject'
    UNION ALL BY NAME
    SELECT e.*, s.verdict FROM coded_events AS e JOIN said AS s USING (event_id)
    WHERE s.verdict = 'reject'
)
ORDER BY source_id, doc_id, "trigger".start, event_id
"""


def gold_lines(record: Path) -> Iterator[dict[str, Any]]:
    """Yield the events that were judged as lines, with `verdict` beside.

    An event that was rejected comes as it was coded: it is known to be none. What
    nobody judged is not among them.
    """
    for row in rows(connect(record), GOLD):
        verdict = row.pop("verdict")
        yield {**line_of("event", row), "verdict": verdict}
