-- The stories that fit, in order of their original's date: a page of them.
CREATE OR REPLACE TEMP TABLE page AS
SELECT s.story, s.story_id, r.doc_id AS original, s.report_count, r.date
FROM $narrow_stories AS s JOIN $narrow_reports AS r ON r.doc = s.doc
WHERE $story_fits
ORDER BY r.date NULLS LAST, s.story_id
LIMIT $limit
