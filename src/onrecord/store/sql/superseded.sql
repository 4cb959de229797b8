-- Reports that were coded as originals until an earlier copy of them came in.
SELECT m.story_id, c.doc_id
FROM codings AS c JOIN memberships AS m USING (doc_id)
WHERE m.relation <> 'original'
