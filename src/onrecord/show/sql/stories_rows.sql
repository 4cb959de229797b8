-- What there is of each story of the page.
WITH carried AS (
    SELECT m.doc, m.story, m.relation, r.doc_id, r.date, r.outlet
    FROM $narrow_memberships AS m SEMI JOIN page USING (story)
    JOIN $narrow_reports AS r ON r.doc = m.doc
), copies AS (
    SELECT story,
        count(*) FILTER (relation = 'exact') AS exact,
        count(*) FILTER (relation = 'near') AS near,
        count(*) FILTER (relation = 'rewritten') AS rewritten,
        min(date) AS first, max(date) AS last,
        list_sort(list(DISTINCT outlet) FILTER (outlet IS NOT NULL)) AS outlets
    FROM carried GROUP BY story
), linked AS (
    SELECT carried.story,
        count(*) FILTER (kind = 'update') AS updates,
        count(*) FILTER (kind = 'contradiction') AS contradictions,
        count(*) FILTER (kind = 'contains') AS contained,
        count(*) FILTER (kind = 'partly') AS partly
    FROM links JOIN carried ON carried.doc_id = links."of" GROUP BY carried.story
), following AS (
    SELECT carried.story, count(*) AS follows
    FROM links JOIN carried USING (doc_id) GROUP BY carried.story
), coded AS (
    SELECT story, count(*) AS events
    FROM $narrow_events SEMI JOIN page USING (story) GROUP BY story
), spoken AS (
    SELECT story, count(*) AS statements
    FROM $narrow_statements SEMI JOIN page USING (story) GROUP BY story
)
SELECT page.story_id, page.original, page.date, page.report_count AS reports,
    copies.* EXCLUDE (story),
    coalesce(updates, 0) AS updates, coalesce(contradictions, 0) AS contradictions,
    coalesce(contained, 0) AS contained, coalesce(partly, 0) AS partly,
    coalesce(follows, 0) AS follows, coalesce(events, 0) AS events,
    coalesce(statements, 0) AS statements
FROM page
LEFT JOIN copies USING (story)
LEFT JOIN linked USING (story)
LEFT JOIN following USING (story)
LEFT JOIN coded USING (story)
LEFT JOIN spoken USING (story)
ORDER BY page.date NULLS LAST, page.story_id
