-- Every row that names the run that made it names one there is.
WITH named AS (
    SELECT 'reports' AS "table", doc_id AS id, run_id FROM reports
    UNION ALL SELECT 'codings', doc_id, run_id FROM codings
    UNION ALL SELECT 'codings', doc_id, "before" FROM codings WHERE "before" IS NOT NULL
    UNION ALL SELECT 'rejected', rejected_id, run_id FROM rejected
)
SELECT "table", id, 'its run ' || coalesce(run_id, '') || ' is missing' AS problem
FROM named ANTI JOIN runs USING (run_id)
