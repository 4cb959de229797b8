-- A page of claims: those that somebody claims before the others, the last denied first.
CREATE OR REPLACE TEMP TABLE linked AS
SELECT key, min(claim) AS claim, count(*) AS denied_count, min(date) AS first_denied,
    max(date) AS last_denied
FROM denied GROUP BY key
ORDER BY min(claim) IS NULL, last_denied DESC NULLS LAST, denied_count DESC, key
LIMIT $limit
