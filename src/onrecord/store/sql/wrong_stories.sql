-- Stories whose row is missing, or no longer what the places of their reports say.
WITH now AS (
    SELECT story_id, count(*) AS report_count,
           any_value(doc_id) FILTER (WHERE relation = 'original') AS original
    FROM memberships GROUP BY story_id
)
SELECT coalesce(n.story_id, s.story_id) AS story_id, n.original, n.report_count,
       s.story_id IS NOT NULL AS known
FROM now AS n FULL JOIN stories AS s USING (story_id)
WHERE n.story_id IS NULL OR s.story_id IS NULL
   OR n.original IS DISTINCT FROM s.original OR n.report_count <> s.report_count
ORDER BY 1
