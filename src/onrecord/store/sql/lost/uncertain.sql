-- Reports of which a part of what was found is missing, or whether all is there.
WITH found AS (
    SELECT doc_id, 'events' AS kind, count(*) AS n FROM events GROUP BY doc_id
    UNION ALL
    SELECT doc_id, 'statements', count(*) FROM statements GROUP BY doc_id
    UNION ALL
    SELECT doc_id, 'quantities', count(*) FROM quantities GROUP BY doc_id
    UNION ALL
    SELECT doc_id, 'parties', count(*) FROM event_parties GROUP BY doc_id
),
noted AS (
    SELECT doc_id, 'events' AS kind, events AS n FROM codings
    UNION ALL
    SELECT doc_id, 'statements', statements FROM codings
    UNION ALL
    SELECT doc_id, 'quantities', quantities FROM codings
    UNION ALL
    SELECT doc_id, 'parties', sum(len(actors) + len(recipients) + len(attribution))
    FROM events GROUP BY doc_id
)
SELECT DISTINCT doc_id
FROM noted FULL JOIN found USING (doc_id, kind)
WHERE coalesce(found.n, 0) <> coalesce(noted.n, 0)
UNION
SELECT doc_id FROM codings ANTI JOIN rejected USING (rejected_id)
WHERE rejected_id IS NOT NULL
ORDER BY 1
