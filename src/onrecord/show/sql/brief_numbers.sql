-- Numbers told in the window that were not told before of one thing, whatever its name,
-- counted of one happening, or of one party in one type of event and one status.
CREATE OR REPLACE TEMP TABLE changed AS
WITH places AS MATERIALIZED (
    SELECT filename, file_row_number, date
    FROM $narrow_dated_events
    WHERE NOT historical AND counts AND date <= $until
        AND date >= $since::DATE - $before_days::INTEGER AND $narrow_fits
), whole AS MATERIALIZED (
    SELECT e.*, places.date
    FROM $located_events AS e JOIN places USING (filename, file_row_number)
), told AS (
    SELECT e.event_id, e.doc_id, e.telling_id, e.event_type, e.factuality,
        CASE WHEN e.factuality = 'happened' THEN 'happened'
            WHEN e.factuality IN ('planned', 'hypothetical') THEN 'ahead'
            ELSE 'not_so' END AS status,
        coalesce(e.actors[1], e.recipients[1]) AS other,
        list_filter(list_concat(e.actors, e.recipients),
            lambda p: len(list_filter(e.quantities,
                lambda n: p.start <= n.start AND n."end" <= p."end")) > 0)[1] AS counted,
        coalesce(e.recipients[1].country, e.recipients[1].entity_id) AS toward,
        e.confidence, e.date, unnest(e.quantities) AS q
    FROM whole AS e
    WHERE len(e.quantities) > 0
), named AS (
    SELECT told.*, tellings.happening_id, lower(q."of") AS noun,
        coalesce($things[list_position($forms, noun)], noun) AS thing,
        coalesce(counted.country, other.country, other.entity_id) AS party_key,
        counted.country AS counted_country, coalesce(counted, other).name AS party
    FROM told JOIN tellings USING (telling_id)
    WHERE q."of" IS NOT NULL AND NOT list_contains($measures, noun)
), keyed AS (
    SELECT *, happening_id AS key, true AS same FROM named
    UNION ALL
    SELECT *, concat_ws('|', event_type, status, party_key,
        if(counted IS NULL, toward, NULL)) AS key, false AS same
    FROM named WHERE party_key IS NOT NULL
), firsts AS (
    SELECT * FROM keyed
    QUALIFY row_number() OVER (
        PARTITION BY same, key, thing, q."value" ORDER BY date, doc_id, q.start, event_id
    ) = 1
), chains AS (
    SELECT *,
        lag({event: event_id, report: doc_id, day: date, quantity: q}) OVER (
            PARTITION BY same, key, thing ORDER BY date, doc_id, q.start, event_id
        ) AS earlier
    FROM firsts
)
SELECT event_id, doc_id, event_type, status, happening_id, noun, party, counted_country,
    same, q, date,
    earlier, abs(ln(greatest(q."value", 1)) - ln(greatest(earlier.quantity."value", 1)))
        AS change
FROM chains
WHERE date >= $since AND earlier IS NOT NULL AND earlier.day < date
QUALIFY row_number() OVER (
    PARTITION BY doc_id, q.start ORDER BY same DESC, event_id
) = 1
