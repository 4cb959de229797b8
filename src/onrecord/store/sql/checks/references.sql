-- What a row points at is there, at any time.
SELECT 'event_parties' AS "table", event_id AS id, 'its report ' || doc_id || ' is missing' AS problem
FROM event_parties ANTI JOIN reports USING (doc_id)
UNION ALL
SELECT 'links', doc_id, 'the report is missing'
FROM links ANTI JOIN reports USING (doc_id)
UNION ALL
SELECT 'links', l.doc_id, 'depends on ' || l."of" || ', which is missing'
FROM links AS l ANTI JOIN reports AS r ON r.doc_id = l."of"
UNION ALL
SELECT 'memberships', m.doc_id, 'is a copy of ' || m."of" || ', which is missing'
FROM memberships AS m ANTI JOIN reports AS r ON r.doc_id = m."of"
WHERE m."of" IS NOT NULL
UNION ALL
SELECT 'fingerprints', doc_id, 'the report is missing'
FROM fingerprints ANTI JOIN reports USING (doc_id)
UNION ALL
SELECT 'profiles', telling_id, 'its report ' || doc_id || ' is missing'
FROM profiles ANTI JOIN reports USING (doc_id)
UNION ALL
SELECT 'tellings', telling_id, 'its report ' || doc_id || ' is missing'
FROM tellings ANTI JOIN reports USING (doc_id)
UNION ALL
SELECT 'codings', doc_id, 'was rejected as ' || rejected_id || ', which is missing'
FROM codings ANTI JOIN rejected USING (rejected_id)
WHERE rejected_id IS NOT NULL
UNION ALL
SELECT 'statements', s.statement_id, 'holds ' || s.event_id || ', which is missing'
FROM (SELECT statement_id, unnest(events) AS event_id FROM statements) AS s
ANTI JOIN events AS e USING (event_id)
