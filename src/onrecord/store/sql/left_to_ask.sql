-- What is left to code, in pieces of $piece characters; with $all what was coded, too.
SELECT
    count(*) AS reports,
    coalesce(sum(ceil(length(text) / $piece)), 0)::BIGINT AS requests,
    coalesce(sum(length(text)), 0)::BIGINT AS characters
FROM reports
SEMI JOIN (
    SELECT doc_id FROM memberships
    WHERE relation = 'original'
        AND ($all OR doc_id NOT IN (SELECT doc_id FROM codings))
) USING (doc_id)
