-- Demands, warnings and denials of the window that no event of their sentence stands
-- for, with the parts of their weight.
CREATE OR REPLACE TEMP TABLE said AS
WITH window_reports AS (
    SELECT doc_id, date, outlet FROM reports WHERE date BETWEEN $since AND $until
), act_places AS MATERIALIZED (
    SELECT filename, file_row_number, w.date, w.outlet
    FROM $located_statements JOIN window_reports AS w USING (doc_id)
    WHERE act IN ('demand', 'warn', 'deny')
), whole AS MATERIALIZED (
    SELECT s.*, act_places.date, act_places.outlet
    FROM $located_statements AS s JOIN act_places USING (filename, file_row_number)
), acts AS (
    SELECT * FROM whole WHERE $statement_fits
), beside_places AS MATERIALIZED (
    SELECT filename, file_row_number
    FROM $located_events SEMI JOIN window_reports USING (doc_id)
    WHERE event_type IN ('REQUEST', 'THREATEN') OR factuality IN ('denied', 'negated')
), beside AS (
    SELECT doc_id, sentence.start AS begins,
        bool_or(event_type = 'REQUEST' AND factuality = 'happened') AS demand,
        bool_or(event_type = 'THREATEN' AND factuality = 'happened') AS warn,
        bool_or(factuality IN ('denied', 'negated')) AS deny
    FROM $located_events SEMI JOIN beside_places USING (filename, file_row_number)
    GROUP BY ALL
), weighed AS (
    SELECT acts.*,
        CASE act
            WHEN 'demand' THEN 'demands' WHEN 'warn' THEN 'threats' ELSE 'denials'
        END AS part,
        $act_type_weights[list_position($acts, act)] AS w_type,
        $act_quad_weights[list_position($acts, act)] AS w_quad,
        1.0::DOUBLE AS w_factuality,
        1.0::DOUBLE AS w_origins,
        $confidence_least + (1 - $confidence_least) * $confidence_statement
            AS w_confidence,
        $party_weights[
            1 + (NOT speaker.anonymous)::INTEGER + (addressee IS NOT NULL)::INTEGER
        ] AS w_parties
    FROM acts LEFT JOIN beside
        ON beside.doc_id = acts.doc_id AND beside.begins = acts.sentence.start
    WHERE NOT coalesce(
        CASE act
            WHEN 'demand' THEN beside.demand
            WHEN 'warn' THEN beside.warn
            ELSE beside.deny
        END, false
    )
)
SELECT *,
    w_type * w_quad * w_factuality * w_origins * w_confidence * w_parties AS weight,
    row_number() OVER (
        PARTITION BY part ORDER BY weight DESC, date DESC, statement_id
    ) AS place
FROM weighed
