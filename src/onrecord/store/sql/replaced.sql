-- Reports that were coded and are copies now, of originals that are coded already.
SELECT c.doc_id
FROM codings AS c
JOIN memberships AS m USING (doc_id)
JOIN stories AS s USING (story_id)
SEMI JOIN codings AS o ON s.original = o.doc_id
WHERE m.relation <> 'original'
ORDER BY 1
