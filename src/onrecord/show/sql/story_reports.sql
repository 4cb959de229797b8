-- The reports of one story: the original, then the first copies, with their texts.
SELECT r.doc_id, r.source_id, r.outlet, r.date, r.title, r.url, r.text, r.body_start,
    m.relation, m."of", m.similarity
FROM (SELECT * FROM memberships WHERE story_id = $story_id) AS m
JOIN $source AS r USING (doc_id)
ORDER BY m.relation <> 'original', r.date NULLS LAST, r.outlet, r.doc_id
