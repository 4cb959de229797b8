-- Where no telling is known to be denied: the happening of the same type with a party of
-- both on either side, told in the same weeks, that most events tell of.
CREATE OR REPLACE TEMP TABLE page AS
WITH denials AS (
    SELECT linked.key, h.event_type, h.actors, h.recipients, linked.first_denied,
        linked.last_denied
    FROM linked JOIN $own AS h ON hash(h.happening_id) = linked.key
    WHERE linked.claim IS NULL AND len(h.actors) > 0 AND len(h.recipients) > 0
), alike AS (
    SELECT d.key, hash(h.happening_id) AS happening
    FROM (
        SELECT * FROM happenings
        WHERE first_reported <= $latest AND last_reported >= $earliest
    ) AS h JOIN denials AS d USING (event_type)
    WHERE h.status <> 'not_so'
        AND list_has_any(h.actors, d.actors) AND list_has_any(h.recipients, d.recipients)
        AND h.first_reported <= d.last_denied
        AND h.last_reported >= d.first_denied - $alike_days::INTEGER
    QUALIFY row_number() OVER (
        PARTITION BY d.key ORDER BY h.events DESC, h.happening_id
    ) = 1
)
SELECT linked.key, coalesce(linked.claim, alike.happening) AS claim, denied_count,
    first_denied, last_denied,
    CASE WHEN linked.claim IS NOT NULL THEN 'denied'
        WHEN alike.happening IS NOT NULL THEN 'alike' END AS basis
FROM linked LEFT JOIN alike USING (key)
