-- The originals that no run has coded yet.
SELECT r.*, m.story_id
FROM reports AS r
JOIN (
    SELECT doc_id, story_id FROM memberships ANTI JOIN codings USING (doc_id)
    WHERE relation = 'original'
) AS m USING (doc_id)
