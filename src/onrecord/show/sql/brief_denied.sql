-- What the denials shown deny: the earliest mention of each claim.
WITH shown AS (
    SELECT happening_id, unnest(tellings) AS telling_id
    FROM fresh WHERE place <= $limit AND part = 'denials'
), claimed AS (
    SELECT DISTINCT shown.happening_id, t.against
    FROM shown JOIN tellings AS t USING (telling_id)
    WHERE t.against IS NOT NULL
), places AS MATERIALIZED (
    SELECT filename, file_row_number, claimed.happening_id AS item, h.happening_id
    FROM claimed JOIN tellings AS h ON h.telling_id = claimed.against
    JOIN $located_events AS e ON e.telling_id = claimed.against
)
SELECT places.item, places.happening_id, e.factuality,
    list_transform(e.actors, lambda p: p.name) AS names, $columns
FROM places JOIN $located_events AS e USING (filename, file_row_number)
JOIN reports AS r ON r.doc_id = e.doc_id
QUALIFY row_number() OVER (
    PARTITION BY places.item
    ORDER BY r.date NULLS LAST, e.confidence DESC, e.event_id
) = 1
