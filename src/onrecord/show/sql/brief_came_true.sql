-- New deeds that were told before as ahead: of one type, by a party of both, and toward
-- a party of both; where one names nobody, at one place, or on a day that both name.
-- Joined by stretches of time: over years the same parties do the same things.
CREATE OR REPLACE TEMP TABLE came_true AS
WITH deeds AS (
    SELECT happening_id, event_type, mode, unnest(actors) AS actor, recipients, places,
        when_from, when_to, when_basis, first_reported,
        first_reported - DATE '1970-01-01' AS day, day // $before_days AS stretch
    FROM weighed WHERE part = 'happened' AND len(actors) > 0
), ahead AS (
    SELECT happening_id, event_type, mode, unnest(actors) AS actor, recipients, places,
        when_from, when_to, when_basis, first_reported, planned,
        unnest(range(
            (first_reported - DATE '1970-01-01') // $before_days,
            (last_reported - DATE '1970-01-01') // $before_days + 2
        )) AS stretch, last_reported - DATE '1970-01-01' AS last_day
    FROM happenings
    WHERE status = 'ahead' AND first_reported < $until AND len(actors) > 0
        AND last_reported >= $since::DATE - $before_days::INTEGER
)
SELECT deeds.happening_id AS item, ahead.happening_id
FROM deeds JOIN ahead USING (event_type, actor, stretch)
WHERE ahead.first_reported < deeds.first_reported
    AND ahead.last_day >= deeds.day - $before_days
    AND (ahead.mode IS NULL OR deeds.mode IS NULL OR ahead.mode = deeds.mode)
    AND (
        list_has_any(ahead.recipients, deeds.recipients)
        OR (least(len(ahead.recipients), len(deeds.recipients)) = 0 AND (
            list_has_any(ahead.places, deeds.places)
            OR (ahead.when_basis = 'text' AND deeds.when_basis = 'text'
                AND ahead.when_to - ahead.when_from <= 7 AND deeds.when_from <= ahead.when_to
                AND ahead.when_from <= deeds.when_to)
        ))
    )
QUALIFY row_number() OVER (
    PARTITION BY deeds.happening_id
    ORDER BY (ahead.planned > 0) DESC, ahead.first_reported DESC, ahead.happening_id
) = 1
