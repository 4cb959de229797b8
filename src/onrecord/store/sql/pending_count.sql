SELECT count(*) AS pending
FROM memberships ANTI JOIN codings USING (doc_id)
WHERE relation = 'original'
