-- New happenings with their weight, and the part each is in unless it came true.
CREATE OR REPLACE TEMP TABLE weighed AS
WITH new AS (
    SELECT * FROM happenings WHERE first_reported BETWEEN $since AND $until
), mentions AS MATERIALIZED (
    SELECT telling, happening_id
    FROM (SELECT happening_id, hash(unnest(tellings)) AS telling FROM new)
), told AS (
    SELECT happening_id, max(confidence) AS confidence, bool_and(historical) AS past
    FROM mentions JOIN (SELECT * FROM $narrow_events WHERE $narrow_fits) USING (telling)
    GROUP BY happening_id
), sorted AS (
    SELECT new.*, told.confidence,
        CASE
            WHEN status = 'not_so' THEN if(denied > 0, 'denials', 'not_so')
            WHEN status = 'ahead' THEN 'ahead'
            WHEN past THEN 'past'
            WHEN event_type = 'REQUEST' THEN 'demands'
            WHEN event_type = 'THREATEN' THEN 'threats'
            ELSE 'happened'
        END AS part,
        CASE
            WHEN status = 'happened' THEN 'happened'
            WHEN status = 'ahead' THEN if(planned >= hypothetical, 'planned', 'hypothetical')
            ELSE if(denied > 0, 'denied', 'negated')
        END AS factuality
    FROM new JOIN told USING (happening_id)
), parts AS (
    SELECT *,
        $type_weights[list_position($types, event_type)] AS w_type,
        $quad_weights[list_position($types, event_type)] AS w_quad,
        $factuality_weights[list_position($factualities, factuality)] AS w_factuality,
        least($origins_most, 1 + $origins_step * log2(greatest(origins, 1))) AS w_origins,
        $confidence_least + (1 - $confidence_least) * confidence AS w_confidence,
        $party_weights[
            1 + (len(actors) > 0)::INTEGER + (len(recipients) > 0)::INTEGER
        ] AS w_parties
    FROM sorted
)
SELECT *,
    w_type * w_quad * w_factuality * w_origins * w_confidence * w_parties AS weight
FROM parts
