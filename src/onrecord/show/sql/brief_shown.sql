-- The mention that each happening shown is cited by: listed as it is, with the parties
-- that most mentions have, the earliest, the surest.
WITH shown AS (
    SELECT happening_id, factuality AS listed, actors[1] AS actor,
        recipients[1] AS recipient, hash(unnest(tellings)) AS telling
    FROM fresh WHERE place <= $limit
), places AS MATERIALIZED (
    SELECT filename, file_row_number, shown.* EXCLUDE (telling)
    FROM $narrow_events JOIN shown USING (telling)
), told AS MATERIALIZED (
    SELECT e.*, places.happening_id, places.listed, places.actor, places.recipient
    FROM $located_events AS e JOIN places USING (filename, file_row_number)
), carried AS (
    SELECT happening_id, sum(report_count)::BIGINT AS reports
    FROM (SELECT DISTINCT happening_id, story_id FROM told)
    JOIN stories USING (story_id)
    GROUP BY happening_id
)
SELECT e.happening_id, carried.reports, $columns
FROM (SELECT * FROM told WHERE $fits) AS e
JOIN reports AS r USING (doc_id)
LEFT JOIN carried ON carried.happening_id = e.happening_id
QUALIFY row_number() OVER (
    PARTITION BY e.happening_id
    ORDER BY (r.date BETWEEN $since AND $until) DESC, (e.factuality = e.listed) DESC,
        e.historical,
        len(list_filter(e.actors, lambda p: p.name = e.actor)) DESC,
        len(list_filter(e.recipients, lambda p: p.name = e.recipient)) DESC,
        r.date NULLS LAST, e.confidence DESC, e.event_id
) = 1
