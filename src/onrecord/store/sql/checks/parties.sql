-- `event_parties` holds the parties of `events`, each once, as they are there.
WITH nested AS (
    SELECT event_id, len(actors) + len(recipients) + len(attribution) AS parties
    FROM events
),
flat AS (SELECT event_id, count(*) AS parties FROM event_parties GROUP BY event_id),
spread AS (
    SELECT event_id, 'actor' AS slot, unnest(actors) AS p,
        generate_subscripts(actors, 1) - 1 AS position
    FROM events
    UNION ALL
    SELECT event_id, 'recipient', unnest(recipients), generate_subscripts(recipients, 1) - 1
    FROM events
)
SELECT
    'event_parties' AS "table",
    event_id AS id,
    coalesce(flat.parties, 0) || ' rows for an event with '
    || coalesce(nested.parties, 0) || ' parties' AS problem
FROM nested FULL JOIN flat USING (event_id)
WHERE coalesce(flat.parties, 0) <> coalesce(nested.parties, 0)
UNION ALL
SELECT 'event_parties', event_id,
    slot || ' ' || s.position || ' is ' || coalesce(f.name, 'none')
    || ', in its event ' || coalesce(s.p.name, 'none')
FROM spread AS s JOIN event_parties AS f USING (event_id, slot, position)
WHERE s.p.name IS DISTINCT FROM f.name OR s.p.country IS DISTINCT FROM f.country
   OR s.p.entity_id IS DISTINCT FROM f.entity_id OR s.p.start <> f.span.start
   OR s.p."end" <> f.span."end"
