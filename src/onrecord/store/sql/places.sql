-- All reports with the words of some, and the places they have so far.
SELECT f.doc_id, f.exact_id, m.story_id, m.relation, m."of", m.similarity
FROM fingerprints AS f
SEMI JOIN (SELECT unnest($exact_ids) AS exact_id) USING (exact_id)
LEFT JOIN memberships AS m USING (doc_id)
ORDER BY f.doc_id
