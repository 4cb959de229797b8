-- How the deeds shown were told before: the last mention ahead of them.
WITH shown AS (
    SELECT came_true.item, came_true.happening_id, fresh.first_reported,
        unnest(h.tellings) AS telling_id
    FROM came_true
    JOIN fresh ON fresh.happening_id = came_true.item AND fresh.place <= $limit
    JOIN happenings AS h ON h.happening_id = came_true.happening_id
), places AS MATERIALIZED (
    SELECT filename, file_row_number, shown.*
    FROM $located_events JOIN shown USING (telling_id)
)
SELECT places.item, places.happening_id, e.factuality,
    list_transform(e.actors, lambda p: p.name) AS names, $columns
FROM places JOIN $located_events AS e USING (filename, file_row_number)
JOIN reports AS r ON r.doc_id = e.doc_id
WHERE r.date < places.first_reported
QUALIFY row_number() OVER (
    PARTITION BY places.item
    ORDER BY (e.factuality = 'planned') DESC, r.date DESC, e.confidence DESC, e.event_id
) = 1
