-- What happening each claim of the page is, or where nobody claims it, its denial.
SELECT page.*, h.event_type, h.mode, h.actors, h.recipients,
    CASE WHEN page.claim IS NULL THEN NULL ELSE h.status END AS status,
    CASE WHEN page.claim IS NULL THEN 0 ELSE h.events END AS claimed_count
FROM page JOIN happenings AS h ON h.happening_id = coalesce(page.claim, page.key)
ORDER BY (basis = 'denied') DESC NULLS LAST, last_denied DESC NULLS LAST,
    denied_count DESC, key
