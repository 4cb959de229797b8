-- Happenings that list a telling which is gone, or is another happening's now.
SELECT DISTINCT h.happening_id
FROM (SELECT happening_id, unnest(tellings) AS telling_id FROM happenings) AS h
ANTI JOIN tellings AS t
    ON t.telling_id = h.telling_id AND t.happening_id = h.happening_id
ORDER BY 1
