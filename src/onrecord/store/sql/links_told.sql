-- Which of the reports of one happening depend on which, for some happenings.
SELECT DISTINCT one.happening_id, l.doc_id, l."of"
FROM links AS l
JOIN tellings AS one ON one.doc_id = l.doc_id
JOIN tellings AS other
    ON other.doc_id = l."of" AND other.happening_id = one.happening_id
SEMI JOIN (SELECT unnest($ids) AS happening_id) AS asked
    ON asked.happening_id = one.happening_id
