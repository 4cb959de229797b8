SELECT doc_id, text, body_start
FROM reports SEMI JOIN (SELECT unnest($ids) AS doc_id) USING (doc_id)
