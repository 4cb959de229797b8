-- Those of $ids that the record already holds as reports.
SELECT doc_id
FROM reports SEMI JOIN (SELECT unnest($ids) AS doc_id) USING (doc_id)
