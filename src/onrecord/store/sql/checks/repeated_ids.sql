-- Every id stands for one row.
SELECT 'reports' AS "table", doc_id AS id, 'stands for ' || count(*) || ' rows' AS problem
FROM reports GROUP BY doc_id HAVING count(*) > 1
UNION ALL
SELECT 'events', event_id, 'stands for ' || count(*) || ' rows'
FROM events GROUP BY event_id HAVING count(*) > 1
UNION ALL
SELECT 'statements', statement_id, 'stands for ' || count(*) || ' rows'
FROM statements GROUP BY statement_id HAVING count(*) > 1
UNION ALL
SELECT 'quantities', quantity_id, 'stands for ' || count(*) || ' rows'
FROM quantities GROUP BY quantity_id HAVING count(*) > 1
UNION ALL
SELECT 'stories', story_id, 'stands for ' || count(*) || ' rows'
FROM stories GROUP BY story_id HAVING count(*) > 1
UNION ALL
SELECT 'memberships', doc_id, 'stands for ' || count(*) || ' rows'
FROM memberships GROUP BY doc_id HAVING count(*) > 1
UNION ALL
SELECT 'codings', doc_id, 'stands for ' || count(*) || ' rows'
FROM codings GROUP BY doc_id HAVING count(*) > 1
UNION ALL
SELECT 'runs', run_id, 'stands for ' || count(*) || ' rows'
FROM runs GROUP BY run_id HAVING count(*) > 1
UNION ALL
SELECT 'rejected', rejected_id, 'stands for ' || count(*) || ' rows'
FROM rejected GROUP BY rejected_id HAVING count(*) > 1
