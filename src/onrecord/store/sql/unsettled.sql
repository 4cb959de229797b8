-- The fingerprints of reports without a place in a story.
SELECT * FROM fingerprints ANTI JOIN memberships USING (doc_id)
