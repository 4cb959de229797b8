-- All reports of some stories that have a report without a place in its story.
WITH unsettled AS (
    SELECT DISTINCT exact_id
    FROM reports ANTI JOIN memberships USING (doc_id)
    LIMIT $stories
)
SELECT r.exact_id, r.doc_id, r.date, m.relation, m."of"
FROM reports AS r
SEMI JOIN unsettled USING (exact_id)
LEFT JOIN memberships AS m USING (doc_id)
ORDER BY r.exact_id
