-- Those of $ids that the record already holds as rejected reports.
SELECT rejected_id
FROM rejected SEMI JOIN (SELECT unnest($ids) AS rejected_id) USING (rejected_id)
