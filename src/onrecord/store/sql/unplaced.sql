-- Profiles that a place must be chosen for, and those that may share it.
-- `placed`: it has a place; `chosen`: a place must be chosen, anew or for the first time.
WITH fresh AS (
    -- What a telling may follow comes before it.
    SELECT telling_id FROM profiles ANTI JOIN tellings USING (telling_id)
    ORDER BY date NULLS LAST, telling_id LIMIT $most
),
known AS (
    SELECT telling_id FROM tellings UNION SELECT telling_id FROM fresh
),
pairs AS (
    SELECT telling_id, status, coalesce(date, 1000000000) AS day, unnest(keys) AS key
    FROM profiles SEMI JOIN known USING (telling_id)
),
lost AS (
    SELECT telling_id FROM tellings AS t
    WHERE (follows IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM profiles AS p WHERE p.telling_id = t.follows))
       OR (against IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM profiles AS p WHERE p.telling_id = t.against))
),
-- What is fresh concerns what comes after it, and what may deny it.
since AS (
    SELECT key, min(day) AS day FROM pairs SEMI JOIN fresh USING (telling_id)
    GROUP BY key
),
chosen AS (
    SELECT telling_id FROM fresh UNION SELECT telling_id FROM lost
    UNION SELECT p.telling_id FROM pairs AS p JOIN since AS s USING (key)
    WHERE p.day >= s.day OR p.status = 'not_so'
),
wide AS (
    SELECT DISTINCT telling_id FROM pairs
    WHERE key IN (SELECT key FROM pairs SEMI JOIN chosen USING (telling_id))
    UNION SELECT telling_id FROM chosen
    UNION SELECT p.telling_id FROM profiles AS p SEMI JOIN (
        SELECT doc_id FROM profiles SEMI JOIN chosen USING (telling_id)
    ) USING (doc_id)
)
SELECT p.*,
       c.telling_id IS NOT NULL AS chosen,
       t.telling_id IS NOT NULL AS placed,
       t.follows, t.chance, t.against, t.happening_id
FROM profiles AS p
SEMI JOIN wide USING (telling_id)
LEFT JOIN chosen AS c USING (telling_id)
LEFT JOIN tellings AS t USING (telling_id)
