-- Denials that fit, each with the happening whose telling it denies, if any; a claim is
-- known by that happening, else by the denial's own.
CREATE OR REPLACE TEMP TABLE denied AS
WITH mentions AS (
    SELECT event, doc, story, telling, factuality, confidence, begins, date, filename,
        file_row_number
    FROM $narrow_dated_events
    WHERE factuality = 'denied' AND (date >= $since OR $since IS NULL)
        AND (date <= $until OR $until IS NULL) AND $fits
), placed AS (
    SELECT mentions.*, t.happening, t.against
    FROM mentions JOIN $narrow_tellings AS t USING (telling)
), against AS (
    SELECT placed.happening, mode(t.happening ORDER BY t.happening) AS claim
    FROM placed JOIN $narrow_tellings AS t ON t.telling = placed.against
    GROUP BY placed.happening
)
SELECT placed.*, against.claim, coalesce(against.claim, placed.happening) AS key
FROM placed LEFT JOIN against USING (happening)
