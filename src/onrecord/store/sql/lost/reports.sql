-- Reports that are gone: something was made of them, or is still to be made.
WITH known AS (
    SELECT doc_id FROM memberships
    UNION
    SELECT doc_id FROM fingerprints
    UNION
    SELECT doc_id FROM codings
)
SELECT doc_id, codings.rejected_id
FROM (SELECT doc_id FROM known ANTI JOIN reports USING (doc_id)) AS gone
LEFT JOIN codings USING (doc_id)
ORDER BY 1
