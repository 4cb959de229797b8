-- Originals, and only they, are coded; what was found is as much as was noted.
WITH found AS (
    SELECT doc_id, 'events' AS kind, count(*) AS n FROM events GROUP BY doc_id
    UNION ALL
    SELECT doc_id, 'statements', count(*) FROM statements GROUP BY doc_id
    UNION ALL
    SELECT doc_id, 'quantities', count(*) FROM quantities GROUP BY doc_id
),
noted AS (
    UNPIVOT (SELECT doc_id, events, statements, quantities FROM codings)
    ON events, statements, quantities INTO NAME kind VALUE n
)
SELECT 'codings' AS "table", doc_id AS id, 'the original was never coded' AS problem
FROM memberships ANTI JOIN codings USING (doc_id)
WHERE relation = 'original'
UNION ALL
SELECT 'codings', doc_id, 'a copy was coded: its story counts twice'
FROM codings JOIN memberships USING (doc_id)
WHERE relation <> 'original'
UNION ALL
SELECT kind, doc_id, 'holds ' || coalesce(found.n, 0) || ' rows of the report, not '
    || coalesce(noted.n, 0)
FROM noted FULL JOIN found USING (doc_id, kind)
WHERE coalesce(found.n, 0) <> coalesce(noted.n, 0)
