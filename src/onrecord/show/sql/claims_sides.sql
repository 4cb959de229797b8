-- The first mention of each report on both sides of the claims of the page.
WITH claimed AS (
    SELECT page.key, 'claimed' AS side, page.claim AS happening_id,
        unnest(h.tellings) AS telling_id
    FROM page JOIN happenings AS h ON h.happening_id = page.claim
), mentions AS (
    SELECT c.key, c.side, c.happening_id, e.event_id, e.doc_id, e.story_id,
        e.factuality, e.confidence, e."trigger".start AS begins
    FROM claimed AS c JOIN events AS e USING (telling_id)
    UNION ALL
    SELECT d.key, 'denied', d.happening_id, e.event_id, e.doc_id, e.story_id,
        e.factuality, e.confidence, e."trigger".start
    FROM denied AS d SEMI JOIN page USING (key) JOIN events AS e USING (event_id)
), firsts AS (
    SELECT mentions.*, r.date
    FROM mentions JOIN reports AS r USING (doc_id)
    QUALIFY row_number() OVER (
        PARTITION BY key, side, doc_id ORDER BY confidence DESC, begins, event_id
    ) = 1
)
SELECT key, side, happening_id, event_id, factuality, s.report_count AS reports
FROM firsts JOIN stories AS s USING (story_id)
QUALIFY row_number() OVER (
    PARTITION BY key, side ORDER BY date NULLS LAST, doc_id
) <= $sides
ORDER BY key, side, date NULLS LAST, doc_id
