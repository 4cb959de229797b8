-- What depends on one story, and what it depends on.
WITH own AS (SELECT doc_id FROM memberships WHERE story_id = $story_id), linked AS (
    SELECT kind, 'to' AS direction, doc_id, similarity
    FROM links WHERE "of" IN (SELECT doc_id FROM own)
    UNION ALL
    SELECT kind, 'from' AS direction, "of" AS doc_id, similarity
    FROM links WHERE doc_id IN (SELECT doc_id FROM own)
)
SELECT linked.kind, linked.direction, r.doc_id, m.story_id, r.source_id, r.outlet, r.date,
    r.title, linked.similarity
FROM linked JOIN reports AS r USING (doc_id) LEFT JOIN memberships AS m USING (doc_id)
ORDER BY r.date NULLS LAST, r.doc_id, linked.kind
