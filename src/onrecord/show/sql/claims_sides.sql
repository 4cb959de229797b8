-- The first mention of each report on both sides of the claims of the page.
WITH claimed AS (
    SELECT page.key, t.telling, t.happening
    FROM page JOIN $narrow_tellings AS t ON t.happening = page.claim
), mentions AS (
    SELECT c.key, 'claimed' AS side, c.happening, e.doc, e.story, e.factuality,
        e.confidence, e.begins, e.event, e.filename, e.file_row_number
    FROM claimed AS c JOIN $narrow_events AS e USING (telling)
    UNION ALL
    SELECT d.key, 'denied', d.happening, d.doc, d.story, d.factuality, d.confidence,
        d.begins, d.event, d.filename, d.file_row_number
    FROM denied AS d SEMI JOIN page USING (key)
), firsts AS (
    SELECT mentions.*, r.date, r.doc_id
    FROM mentions JOIN $narrow_reports AS r ON r.doc = mentions.doc
    QUALIFY row_number() OVER (
        PARTITION BY key, side, mentions.doc ORDER BY confidence DESC, begins, event
    ) = 1
), shown AS (
    SELECT * FROM firsts
    QUALIFY row_number() OVER (
        PARTITION BY key, side ORDER BY date NULLS LAST, doc_id
    ) <= $sides
)
SELECT key, side, h.happening_id, shown.factuality, s.report_count AS reports,
    shown.filename, shown.file_row_number
FROM shown JOIN $narrow_stories AS s USING (story)
JOIN $narrow_happenings AS h USING (happening)
ORDER BY key, side, shown.date NULLS LAST, doc_id
