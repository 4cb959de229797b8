-- The profiles that are compared: those with keys of `chosen`, and their reports' others.
WITH compared AS (
    SELECT nr FROM key_pairs UNION SELECT nr FROM chosen
    UNION SELECT nr FROM ranked SEMI JOIN (
        SELECT report FROM ranked SEMI JOIN chosen USING (nr)
    ) USING (report)
)
SELECT r.nr, p.* EXCLUDE (keys), []::BIGINT[] AS keys
FROM profiles AS p JOIN ranked AS r USING (telling_id) SEMI JOIN compared USING (nr)
