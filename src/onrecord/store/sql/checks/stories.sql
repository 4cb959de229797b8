-- Every report is in one story; every story has one original, and is as long as told.
SELECT 'memberships' AS "table", doc_id AS id, 'the report is in no story' AS problem
FROM reports ANTI JOIN memberships USING (doc_id)
UNION ALL
SELECT 'memberships', doc_id, 'its story ' || story_id || ' is missing'
FROM memberships ANTI JOIN stories USING (story_id)
UNION ALL
SELECT 'stories', s.story_id, 'has ' || count(m.doc_id) || ' reports, not ' || s.report_count
FROM stories AS s LEFT JOIN memberships AS m USING (story_id)
GROUP BY s.story_id, s.report_count HAVING count(m.doc_id) <> s.report_count
UNION ALL
SELECT 'stories', s.story_id, 'its original ' || s.original || ' is not marked as such'
FROM stories AS s
ANTI JOIN (SELECT * FROM memberships WHERE relation = 'original') AS m
ON s.story_id = m.story_id AND s.original = m.doc_id
UNION ALL
SELECT 'memberships', m.doc_id, 'is a copy of ' || coalesce(m."of", 'nothing')
    || ', which is not in its story'
FROM memberships AS m
LEFT JOIN memberships AS o ON m."of" = o.doc_id AND m.story_id = o.story_id
WHERE m.relation <> 'original' AND o.doc_id IS NULL
