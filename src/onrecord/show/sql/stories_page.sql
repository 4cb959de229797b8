-- The stories that fit, in order of their original's date: a page of them.
CREATE TABLE page AS
SELECT s.story_id, s.original, s.report_count, r.date
FROM stories AS s JOIN reports AS r ON r.doc_id = s.original
WHERE $story_fits
ORDER BY r.date NULLS LAST, s.story_id
LIMIT $limit
