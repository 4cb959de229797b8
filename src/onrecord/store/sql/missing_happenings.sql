-- The happenings of tellings that have no row.
SELECT DISTINCT happening_id FROM tellings ANTI JOIN happenings USING (happening_id)
ORDER BY 1
