-- What the tables say of the run $run_id, while no later run has begun.
WITH mine AS (
    SELECT r.doc_id, m.story_id, m.relation, m.relation = 'original' AS original,
           c.doc_id IS NOT NULL AS tried, c.rejected_id IS NOT NULL AS failed
    FROM reports AS r
    JOIN memberships AS m USING (doc_id)
    LEFT JOIN codings AS c USING (doc_id)
    WHERE r.run_id = $run_id
),
others AS (
    SELECT DISTINCT m.story_id
    FROM memberships AS m JOIN reports AS r USING (doc_id)
    WHERE r.run_id <> $run_id
),
coded_here AS (
    SELECT doc_id, rejected_id, "before" IS NOT NULL AS anew
    FROM codings WHERE run_id = $run_id
),
found AS (SELECT e.factuality FROM events AS e SEMI JOIN coded_here USING (doc_id))
SELECT
    (SELECT count(*) FROM mine) AS taken,
    (SELECT count(*) FROM mine WHERE original AND tried AND NOT failed) AS coded,
    (SELECT count(*) FROM mine WHERE relation = 'exact') AS exact,
    (SELECT count(*) FROM mine WHERE relation = 'near') AS near,
    (SELECT count(*) FROM mine WHERE relation = 'rewritten') AS rewritten,
    (SELECT count(*) FROM mine WHERE original AND failed) AS failed,
    (SELECT count(*) FROM mine WHERE original AND NOT tried) AS pending,
    (
        SELECT count(*)
        FROM coded_here AS c JOIN reports AS r USING (doc_id)
        WHERE r.run_id <> $run_id AND c.rejected_id IS NULL AND NOT c.anew
    ) AS earlier,
    (SELECT count(*) FROM coded_here WHERE anew) AS recoded,
    (
        SELECT count(*) FROM coded_here WHERE anew AND rejected_id IS NOT NULL
    ) AS recoded_failed,
    (
        SELECT count(DISTINCT story_id) FROM mine ANTI JOIN others USING (story_id)
    ) AS stories,
    (SELECT count(*) FROM found) AS events,
    (
        SELECT count(*) FROM statements SEMI JOIN coded_here USING (doc_id)
    ) AS statements,
    (
        SELECT count(*) FROM quantities SEMI JOIN coded_here USING (doc_id)
    ) AS quantities,
    (SELECT count(*) FROM found WHERE factuality = 'happened') AS happened,
    (SELECT count(*) FROM found WHERE factuality = 'planned') AS planned,
    (SELECT count(*) FROM found WHERE factuality = 'hypothetical') AS hypothetical,
    (SELECT count(*) FROM found WHERE factuality = 'negated') AS negated,
    (SELECT count(*) FROM found WHERE factuality = 'denied') AS denied
