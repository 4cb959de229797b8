-- Those of $ids that the record already holds as rejected reports.
SELECT rejected_id FROM rejected WHERE list_contains($ids, rejected_id)
