-- Which of `ranked` have which of the keys of `chosen`; row numbers are in this order.
CREATE OR REPLACE TABLE key_pairs AS
WITH pairs AS (
    SELECT r.nr, unnest(p.keys) AS key
    FROM profiles AS p JOIN ranked AS r USING (telling_id)
)
SELECT key, nr FROM pairs
SEMI JOIN (SELECT key FROM pairs SEMI JOIN chosen USING (nr)) USING (key)
ORDER BY key, nr
