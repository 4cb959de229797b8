-- What was found was found in a report that the record holds.
SELECT 'events' AS "table", event_id AS id, 'its report ' || doc_id || ' is missing' AS problem
FROM events ANTI JOIN reports USING (doc_id)
UNION ALL
SELECT 'statements', statement_id, 'its report ' || doc_id || ' is missing'
FROM statements ANTI JOIN reports USING (doc_id)
UNION ALL
SELECT 'quantities', quantity_id, 'its report ' || doc_id || ' is missing'
FROM quantities ANTI JOIN reports USING (doc_id)
UNION ALL
SELECT 'memberships', doc_id, 'the report is missing'
FROM memberships ANTI JOIN reports USING (doc_id)
UNION ALL
SELECT 'codings', doc_id, 'the report is missing'
FROM codings ANTI JOIN reports USING (doc_id)
