-- Reports whose fingerprint is missing, or was made in another way than $version.
SELECT r.*
FROM reports AS r
ANTI JOIN (SELECT doc_id FROM fingerprints WHERE version = $version) AS f USING (doc_id)
