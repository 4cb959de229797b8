-- All events of some happenings, each with its report.
SELECT t.happening_id, t.telling_id, e.event_id, e.doc_id, e.event_type, e.mode,
       e.factuality, list_transform(e.actors, lambda p: {'name': p.name}) AS actors,
       list_transform(e.recipients, lambda p: {'name': p.name}) AS recipients,
       list_transform(e.places, lambda p: {'name': p.name}) AS places, e.quantities,
       e.when_from, e.when_to, e.when_basis, r.date, r.outlet
FROM tellings AS t
SEMI JOIN (SELECT unnest($ids) AS happening_id) USING (happening_id)
JOIN judged_events AS e USING (telling_id)
JOIN reports AS r ON r.doc_id = e.doc_id
ORDER BY t.happening_id, r.date NULLS LAST, t.telling_id, e."trigger".start, e.event_id
