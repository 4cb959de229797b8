SELECT count(*) AS stories, coalesce(sum(s.report_count), 0)::BIGINT AS reports
FROM stories AS s JOIN reports AS r ON r.doc_id = s.original
WHERE $story_fits
