-- The lines with the most values, those of one count and one country side by side, and
-- how many lines there are.
WITH lines AS (
    SELECT counted, about, status, count(*) AS numbers,
        count(DISTINCT (value, voices, if(voices = [], outlet, NULL))) AS points
    FROM counted
    WHERE counted IS NOT NULL
    GROUP BY counted, about, status
)
SELECT counted, about, status, count(*) OVER () AS lines
FROM lines
ORDER BY max(points) OVER (PARTITION BY counted, about) DESC,
    sum(points) OVER (PARTITION BY counted, about) DESC, counted, about,
    points DESC, status
LIMIT $most
