-- What was found in a report is of the story that the report is in.
WITH found AS (
    SELECT 'events' AS "table", event_id AS id, doc_id, story_id FROM events
    UNION ALL SELECT 'event_parties', event_id, doc_id, story_id FROM event_parties
    UNION ALL SELECT 'statements', statement_id, doc_id, story_id FROM statements
    UNION ALL SELECT 'quantities', quantity_id, doc_id, story_id FROM quantities
)
SELECT "table", id,
    'is of story ' || coalesce(f.story_id, 'none') || ', its report of '
    || coalesce(m.story_id, 'none') AS problem
FROM found AS f LEFT JOIN memberships AS m USING (doc_id)
WHERE f.story_id IS DISTINCT FROM m.story_id
