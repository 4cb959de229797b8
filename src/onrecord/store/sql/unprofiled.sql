-- The events of reports with a telling that has no profile of $version.
WITH without AS (
    SELECT DISTINCT doc_id FROM judged_events
    ANTI JOIN (SELECT telling_id FROM profiles WHERE version = $version) USING (telling_id)
    WHERE telling_id IS NOT NULL
)
SELECT e.telling_id, e.doc_id, e.event_type, e.factuality, e.mode, e.rule,
       e."trigger", e.sentence, e.actors, e.recipients, e.places, e.quantities,
       e.when_from, e.when_to, e.when_basis, r.date
FROM judged_events AS e
SEMI JOIN without USING (doc_id)
JOIN reports AS r USING (doc_id)
WHERE e.telling_id IS NOT NULL
ORDER BY e.doc_id, e."trigger".start, e.event_id
