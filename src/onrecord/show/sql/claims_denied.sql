-- Denials that fit, each with the happening whose telling it denies, if any; a claim is
-- known by that happening, else by the denial's own.
CREATE TABLE denied AS
WITH places AS MATERIALIZED (
    SELECT filename, file_row_number, r.date
    FROM $located_events AS e JOIN reports AS r USING (doc_id)
    WHERE e.factuality = 'denied' AND (r.date >= $since OR $since IS NULL)
        AND (r.date <= $until OR $until IS NULL)
), whole AS MATERIALIZED (
    SELECT e.*, places.date
    FROM $located_events AS e JOIN places USING (filename, file_row_number)
), mentions AS (
    SELECT e.event_id, e.doc_id, e.telling_id, e.confidence, e."trigger".start AS begins,
        e.date
    FROM whole AS e
    WHERE $fits
), placed AS (
    SELECT mentions.*, t.happening_id, t.against
    FROM mentions JOIN tellings AS t USING (telling_id)
), against AS (
    SELECT placed.happening_id, mode(t.happening_id ORDER BY t.happening_id) AS claim
    FROM placed JOIN tellings AS t ON t.telling_id = placed.against
    GROUP BY placed.happening_id
)
SELECT placed.*, against.claim, coalesce(against.claim, placed.happening_id) AS key
FROM placed LEFT JOIN against USING (happening_id)
