-- The values of the lines shown, each voice's once.
WITH shown AS (
    SELECT unnest($counted) AS counted, unnest($about) AS about, unnest($status) AS status,
        unnest($event_type) AS event_type
), points AS (
    SELECT c.counted, c.about, c.status, c.event_type, value, low, high, modifier, voices,
        if(voices = [], outlet, NULL) AS outlet,
        min(date) AS since, max(date) AS until, count(DISTINCT doc_id) AS reports,
        min(slot) AS slot,
        arg_min(
            struct_pack(
                quantity_id := quantity_id, event_id := event_id, doc_id := doc_id,
                span := span, factuality := factuality, said_of := of,
                toward := toward, places := places
            ),
            (date, quantity_id)
        ) AS first
    FROM counted AS c
    JOIN shown ON shown.counted = c.counted
        AND shown.about IS NOT DISTINCT FROM c.about
        AND shown.status IS NOT DISTINCT FROM c.status
        AND shown.event_type IS NOT DISTINCT FROM c.event_type
    GROUP BY ALL
)
SELECT * FROM points
QUALIFY row_number() OVER (
    PARTITION BY counted, about, status, event_type
    ORDER BY until DESC, since DESC, value
) <= $points
ORDER BY counted, about, status, event_type, since NULLS LAST, value, voices, outlet
