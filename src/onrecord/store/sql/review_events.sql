-- The events of some reports as coded.
SELECT e.* FROM events AS e
SEMI JOIN (SELECT unnest($ids) AS doc_id) USING (doc_id)
ORDER BY e.doc_id, e."trigger".start, e.event_id
