-- Which of some reports depend on which.
SELECT doc_id, "of" FROM links
WHERE list_contains($ids, doc_id) AND list_contains($ids, "of")
