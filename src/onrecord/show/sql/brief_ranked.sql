-- New happenings, each in its part at its place.
CREATE OR REPLACE TEMP TABLE fresh AS
WITH parted AS (
    SELECT weighed.* REPLACE (
        if(came_true.happening_id IS NULL, part, 'came_true') AS part
    )
    FROM weighed LEFT JOIN came_true ON came_true.item = weighed.happening_id
)
SELECT *, row_number() OVER (
    PARTITION BY part ORDER BY weight DESC, first_reported DESC, happening_id
) AS place
FROM parted
