-- What happening each claim of the page is, or where nobody claims it, its denial.
SELECT page.*, h.happening_id, h.filename, h.file_row_number
FROM page JOIN $narrow_happenings AS h ON h.happening = coalesce(page.claim, page.key)
ORDER BY (basis = 'denied') DESC NULLS LAST, last_denied DESC NULLS LAST,
    denied_count DESC, h.happening_id
