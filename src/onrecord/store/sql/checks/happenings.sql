-- Every happening lists its tellings, begins with one, and counts what they tell,
-- as corrected.
WITH listed AS (
    SELECT happening_id, unnest(tellings) AS telling_id FROM happenings
),
counted AS (
    SELECT t.happening_id, count(*) AS events, count(DISTINCT e.doc_id) AS stories,
        count(*) FILTER (e.factuality = 'happened') AS happened,
        count(*) FILTER (e.factuality = 'planned') AS planned,
        count(*) FILTER (e.factuality = 'hypothetical') AS hypothetical,
        count(*) FILTER (e.factuality = 'negated') AS negated,
        count(*) FILTER (e.factuality = 'denied') AS denied
    FROM tellings AS t JOIN (SELECT telling_id, doc_id, factuality FROM judged_events) AS e
    USING (telling_id)
    GROUP BY t.happening_id
),
told AS (
    UNPIVOT (
        SELECT happening_id, events, stories, happened, planned, hypothetical, negated,
            denied
        FROM happenings
    )
    ON events, stories, happened, planned, hypothetical, negated, denied
    INTO NAME kind VALUE n
),
found AS (
    UNPIVOT counted
    ON events, stories, happened, planned, hypothetical, negated, denied
    INTO NAME kind VALUE n
)
SELECT 'happenings' AS "table", happening_id AS id,
    'says ' || told.n || ' ' || kind || ', there are ' || coalesce(found.n, 0) AS problem
FROM told LEFT JOIN found USING (happening_id, kind)
WHERE told.n <> coalesce(found.n, 0)
UNION ALL
SELECT 'happenings', happening_id, 'stands for ' || count(*) || ' rows'
FROM happenings GROUP BY happening_id HAVING count(*) > 1
UNION ALL
SELECT 'happenings', happening_id, 'lists ' || telling_id || ', which is not its own'
FROM listed ANTI JOIN tellings USING (happening_id, telling_id)
UNION ALL
SELECT 'happenings', t.happening_id, 'does not list ' || t.telling_id
FROM tellings AS t ANTI JOIN listed USING (happening_id, telling_id)
WHERE t.happening_id IN (SELECT happening_id FROM happenings)
UNION ALL
SELECT 'happenings', h.happening_id, 'begins with ' || h."first" || ', which it does not list'
FROM happenings AS h ANTI JOIN listed AS l
ON l.happening_id = h.happening_id AND l.telling_id = h."first"
