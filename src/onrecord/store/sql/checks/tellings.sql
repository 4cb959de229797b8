-- Every telling of an event, as corrected, has a profile and a place, and what it names is there.
WITH told AS (
    SELECT DISTINCT telling_id, doc_id FROM judged_events WHERE telling_id IS NOT NULL
)
SELECT 'tellings' AS "table", telling_id AS id, 'has no place, though events tell it' AS problem
FROM told ANTI JOIN tellings USING (telling_id, doc_id)
UNION ALL
SELECT 'tellings', telling_id, 'no event of its report tells it'
FROM tellings ANTI JOIN told USING (telling_id, doc_id)
UNION ALL
SELECT 'profiles', telling_id, 'no event of its report tells it'
FROM profiles ANTI JOIN told USING (telling_id, doc_id)
UNION ALL
SELECT 'tellings', telling_id, 'has no profile'
FROM tellings ANTI JOIN profiles USING (telling_id)
UNION ALL
SELECT 'tellings', telling_id, 'stands for ' || count(*) || ' rows'
FROM tellings GROUP BY telling_id HAVING count(*) > 1
UNION ALL
SELECT 'profiles', telling_id, 'stands for ' || count(*) || ' rows'
FROM profiles GROUP BY telling_id HAVING count(*) > 1
UNION ALL
SELECT 'tellings', telling_id, 'its happening ' || happening_id || ' is missing'
FROM tellings ANTI JOIN happenings USING (happening_id)
UNION ALL
SELECT 'tellings', t.telling_id, 'follows ' || t.follows || ', which is missing'
FROM tellings AS t ANTI JOIN tellings AS o ON o.telling_id = t.follows
WHERE t.follows IS NOT NULL
UNION ALL
SELECT 'tellings', t.telling_id, 'is against ' || t.against || ', which is missing'
FROM tellings AS t ANTI JOIN tellings AS o ON o.telling_id = t.against
WHERE t.against IS NOT NULL
