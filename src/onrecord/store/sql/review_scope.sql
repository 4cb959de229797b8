-- For each of some reports, the coded reports of its story.
-- `known`: the record holds the report; `coded`: a report that tells for it is coded.
WITH shown AS (SELECT DISTINCT unnest($ids) AS shown_id),
placed AS (
    SELECT s.shown_id, m.story_id, r.doc_id IS NOT NULL AS known
    FROM shown AS s
    LEFT JOIN (SELECT doc_id FROM reports) AS r ON r.doc_id = s.shown_id
    LEFT JOIN memberships AS m ON m.doc_id = s.shown_id
)
SELECT p.shown_id, p.known, c.doc_id
FROM placed AS p
LEFT JOIN (
    SELECT m.story_id, c.doc_id FROM codings AS c JOIN memberships AS m USING (doc_id)
    WHERE c.rejected_id IS NULL
) AS c USING (story_id)
ORDER BY p.shown_id, c.doc_id
