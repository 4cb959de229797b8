-- Those of `ranked` that a place must be chosen for, anew or for the first time.
CREATE OR REPLACE TABLE chosen AS
WITH lost AS (
    SELECT telling_id FROM tellings AS t
    WHERE (follows IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM profiles AS p WHERE p.telling_id = t.follows))
       OR (against IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM profiles AS p WHERE p.telling_id = t.against))
),
-- What is fresh concerns what comes after it, and what may deny it.
since AS (
    SELECT key, min(day) AS day FROM (
        SELECT unnest(p.keys) AS key, r.day
        FROM profiles AS p JOIN ranked AS r USING (telling_id)
        WHERE NOT r.placed
    ) GROUP BY key
),
concerned AS (
    SELECT r.nr FROM (
        SELECT r.nr, r.day, r.status, unnest(p.keys) AS key
        FROM profiles AS p JOIN ranked AS r USING (telling_id)
        WHERE r.placed
    ) AS r JOIN since AS s USING (key)
    WHERE r.day >= s.day OR r.status = 'not_so'
)
SELECT nr FROM ranked WHERE NOT placed
UNION SELECT nr FROM concerned
UNION SELECT nr FROM ranked SEMI JOIN lost USING (telling_id)
