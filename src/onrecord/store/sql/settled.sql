-- The reports that stand for all with their words, with their places and links.
SELECT f.*, m.relation, coalesce(m."of", f.doc_id) AS original, m.similarity, l.links
FROM fingerprints AS f
JOIN memberships AS m USING (doc_id)
LEFT JOIN (
    SELECT doc_id, list({'of': "of", 'kind': kind, 'similarity': similarity} ORDER BY "of")
        AS links
    FROM links GROUP BY doc_id
) AS l USING (doc_id)
WHERE m.relation <> 'exact'
