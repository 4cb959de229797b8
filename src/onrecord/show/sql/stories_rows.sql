-- What there is of each story of the page.
WITH carried AS (
    SELECT m.doc_id, m.story_id, m.relation, r.date, r.outlet
    FROM memberships AS m SEMI JOIN page USING (story_id) JOIN reports AS r USING (doc_id)
), copies AS (
    SELECT story_id,
        count(*) FILTER (relation = 'exact') AS exact,
        count(*) FILTER (relation = 'near') AS near,
        count(*) FILTER (relation = 'rewritten') AS rewritten,
        min(date) AS first, max(date) AS last,
        list_sort(list(DISTINCT outlet) FILTER (outlet IS NOT NULL)) AS outlets
    FROM carried GROUP BY story_id
), linked AS (
    SELECT carried.story_id,
        count(*) FILTER (kind = 'update') AS updates,
        count(*) FILTER (kind = 'contradiction') AS contradictions,
        count(*) FILTER (kind = 'contains') AS contained,
        count(*) FILTER (kind = 'partly') AS partly
    FROM links JOIN carried ON carried.doc_id = links."of" GROUP BY carried.story_id
), following AS (
    SELECT carried.story_id, count(*) AS follows
    FROM links JOIN carried USING (doc_id) GROUP BY carried.story_id
), coded AS (
    SELECT story_id, count(*) AS events
    FROM events SEMI JOIN page USING (story_id) GROUP BY story_id
), spoken AS (
    SELECT story_id, count(*) AS statements
    FROM statements SEMI JOIN page USING (story_id) GROUP BY story_id
)
SELECT page.story_id, page.original, r.source_id, r.title, r.date, r.outlet, r.url,
    r.language, page.report_count AS reports, copies.* EXCLUDE (story_id),
    coalesce(updates, 0) AS updates, coalesce(contradictions, 0) AS contradictions,
    coalesce(contained, 0) AS contained, coalesce(partly, 0) AS partly,
    coalesce(follows, 0) AS follows, coalesce(events, 0) AS events,
    coalesce(statements, 0) AS statements
FROM page JOIN reports AS r ON r.doc_id = page.original
LEFT JOIN copies USING (story_id)
LEFT JOIN linked USING (story_id)
LEFT JOIN following USING (story_id)
LEFT JOIN coded USING (story_id)
LEFT JOIN spoken USING (story_id)
ORDER BY page.date NULLS LAST, page.story_id
