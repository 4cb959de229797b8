-- Reports that could not be coded and will be tried again.
SELECT x.rejected_id
FROM rejected AS x
JOIN reports AS r
    ON x.source_id IS NOT DISTINCT FROM r.source_id
    AND x.file IS NOT DISTINCT FROM r.file
    AND x.position IS NOT DISTINCT FROM r.position
WHERE x.stage <> 'read'
    AND (r.doc_id IN (SELECT unnest($again)) OR r.doc_id NOT IN (SELECT doc_id FROM codings))
ORDER BY 1
