-- Those of $ids that the record already holds as reports.
SELECT doc_id FROM reports WHERE list_contains($ids, doc_id)
