-- `event_parties` holds the parties of `events`, each once.
WITH nested AS (
    SELECT event_id, len(actors) + len(recipients) + len(attribution) AS parties
    FROM events
),
flat AS (SELECT event_id, count(*) AS parties FROM event_parties GROUP BY event_id)
SELECT
    'event_parties' AS "table",
    event_id AS id,
    coalesce(flat.parties, 0) || ' rows for an event with '
    || coalesce(nested.parties, 0) || ' parties' AS problem
FROM nested FULL JOIN flat USING (event_id)
WHERE coalesce(flat.parties, 0) <> coalesce(nested.parties, 0)
