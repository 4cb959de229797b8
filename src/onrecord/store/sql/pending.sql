-- The originals to code: those no run has coded yet and, where $recode says so, those
-- that other versions than $program, $schema, $lexicon and $model coded. `before` is
-- the run that did, `refused` what became of those that could not be coded.
SELECT doc_id, m.story_id, c.run_id AS "before", c.rejected_id AS refused
FROM memberships AS m
LEFT JOIN codings AS c USING (doc_id)
LEFT JOIN runs AS v ON v.run_id = c.run_id
WHERE m.relation = 'original' AND (
    c.doc_id IS NULL
    OR $recode AND c.run_id <> $run_id AND (
        v.run_id IS NULL
        OR v.program <> $program OR v.schema_version <> $schema
        OR v.lexicon <> $lexicon OR v.model <> $model
    )
)
