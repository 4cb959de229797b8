SELECT count(*) AS stories, coalesce(sum(s.report_count), 0)::BIGINT AS reports
FROM $narrow_stories AS s JOIN $narrow_reports AS r ON r.doc = s.doc
WHERE $story_fits
