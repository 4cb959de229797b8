-- Tellings of some happenings, those that follow some, and those that are followed.
SELECT t.follows, t.chance, t.against, t.happening_id, p.*
FROM tellings AS t JOIN profiles AS p USING (telling_id)
WHERE list_contains($happenings, t.happening_id)
   OR list_contains($ids, t.follows) OR list_contains($ids, t.telling_id)
