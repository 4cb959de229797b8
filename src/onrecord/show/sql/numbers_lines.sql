-- The lines with the most values, first of all those about somebody, those of one count
-- and one country side by side, and how many lines there are.
WITH lines AS (
    SELECT counted, about, status, event_type,
        count(DISTINCT (value, voices, if(voices = [], outlet, NULL))) AS points
    FROM counted
    WHERE counted IS NOT NULL
    GROUP BY counted, about, status, event_type
)
SELECT counted, about, status, event_type, count(*) OVER () AS lines
FROM lines
ORDER BY about IS NULL, max(points) OVER (PARTITION BY counted, about, event_type) DESC,
    sum(points) OVER (PARTITION BY counted, about, event_type) DESC, counted, about,
    event_type NULLS FIRST, points DESC, status
LIMIT $most
