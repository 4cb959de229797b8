-- The profiles that have a place, and the earliest $most of those that have none.
-- `nr` numbers them in the order of their ranks, `by_id` in that of their ids.
CREATE OR REPLACE TABLE ranked AS
WITH fresh AS (
    -- What a telling may follow comes before it.
    SELECT telling_id FROM profiles ANTI JOIN tellings USING (telling_id)
    ORDER BY date NULLS LAST, telling_id LIMIT $most
),
known AS (
    SELECT telling_id, true AS placed FROM tellings
    UNION ALL SELECT telling_id, false AS placed FROM fresh
)
SELECT (row_number() OVER (ORDER BY p.date NULLS LAST, p.telling_id) - 1)::INTEGER AS nr,
       row_number() OVER (ORDER BY p.telling_id)::INTEGER AS by_id,
       dense_rank() OVER (ORDER BY p.doc_id)::INTEGER AS report,
       coalesce(p.date, 1000000000) AS day, p.status, p.telling_id, k.placed
FROM profiles AS p JOIN known AS k USING (telling_id)
