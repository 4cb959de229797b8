-- Each number of the reports that are no copies, with the event that has it, who says
-- so, what it counts and about whom. The two words in capitals below stand for the
-- condition on events, and for how numbers without such an event are taken.
CREATE OR REPLACE TEMP TABLE counted AS
WITH held AS (
    SELECT doc_id, event_id, event_type, factuality, actors, recipients, places, attribution,
        confidence, unnest(list_transform(quantities, lambda q: q.start)) AS begins
    FROM events
    WHERE len(quantities) > 0 AND FITS
), best AS (
    SELECT doc_id, begins,
        arg_min(
            struct_pack(
                event_id := event_id, event_type := event_type,
                factuality := factuality, actors := actors,
                recipients := recipients, places := places, attribution := attribution
            ),
            (-confidence, event_id)
        ) AS event
    FROM held GROUP BY ALL
), numbered AS (
    SELECT q.quantity_id, q.doc_id, q.story_id, q.span, q.value, q.low, q.high,
        q.modifier, q.of, r.date, r.outlet, r.source_id, best.event,
        regexp_replace(lower(q.of), 's$', '') AS form
    FROM (SELECT *, span.start AS begins FROM quantities) AS q
    JOINED JOIN best USING (doc_id, begins)
    JOIN memberships AS m ON m.doc_id = q.doc_id AND m.relation = 'original'
    JOIN reports AS r ON r.doc_id = q.doc_id
), told AS (
    -- Of the statements of the sentence the one whose content is closest around it.
    SELECT n.quantity_id,
        arg_min(
            struct_pack(
                name := s.name,
                before := substring(s.content.text, 1, n.span.start - s.content.start)
            ),
            (s.content.start > n.span.start, s.content.end - s.content.start, s.name)
        ) AS statement
    FROM numbered AS n
    JOIN (
        SELECT doc_id, speaker.name AS name, sentence, unnest(content) AS content
        FROM statements
    ) AS s ON s.doc_id = n.doc_id
        AND s.sentence.start <= n.span.start AND n.span.end <= s.sentence.end
    WHERE n.event IS NULL
    GROUP BY ALL
), countries AS (
    SELECT unnest($words) AS word, unnest($codes) AS code
), worded AS (
    -- The country of the words themselves, else the last before them in what is said.
    SELECT quantity_id, arg_max(code, (inside, place, code)) AS code,
        bool_or(inside) AS inside
    FROM (
        SELECT quantity_id, true AS inside,
            unnest(regexp_extract_all(lower(span.text), '[\pL]+')) AS word,
            0 AS place
        FROM numbered
        WHERE form IS NULL OR NOT list_contains($money, form)
        UNION ALL
        SELECT quantity_id, false,
            unnest(regexp_extract_all(lower(statement.before), '[\pL]+')),
            generate_subscripts(regexp_extract_all(lower(statement.before), '[\pL]+'), 1)
        FROM told
    )
    JOIN countries USING (word)
    GROUP BY ALL
)
SELECT n.* EXCLUDE (event, form), event.event_id, event.factuality,
    CASE event.factuality
        WHEN 'happened' THEN 'happened'
        WHEN 'planned' THEN 'ahead'
        WHEN 'hypothetical' THEN 'ahead'
        WHEN 'negated' THEN 'not_so'
        WHEN 'denied' THEN 'not_so'
    END AS status,
    -- A measure says nothing where no event says of what.
    CASE WHEN event IS NOT NULL OR NOT list_contains($measures, form) THEN
        coalesce(list_extract($names, list_position($forms, form)), form)
    END AS counted,
    CASE WHEN list_contains($mixed, counted) THEN event.event_type END AS event_type,
    CASE
        WHEN worded.inside THEN 'words'
        WHEN worded.code IS NOT NULL THEN 'sentence'
        WHEN len(event.actors) > 0 THEN 'actor'
        WHEN len(event.recipients) > 0 THEN 'recipient'
        WHEN len(event.places) > 0 THEN 'place'
    END AS slot,
    CASE slot
        WHEN 'words' THEN worded.code
        WHEN 'sentence' THEN worded.code
        WHEN 'actor' THEN if(
            list_contains($codes, event.actors[1].country),
            event.actors[1].country, event.actors[1].name
        )
        WHEN 'recipient' THEN if(
            list_contains($codes, event.recipients[1].country),
            event.recipients[1].country, event.recipients[1].name
        )
        WHEN 'place' THEN event.places[1].name
    END AS about,
    list_transform(event.recipients, lambda p: p.name) AS toward,
    list_transform(event.places, lambda p: p.name) AS places,
    coalesce(
        nullif(list_transform(event.attribution, lambda p: p.name), []),
        list_filter([told.statement.name], lambda name: name IS NOT NULL)
    ) AS voices
FROM numbered AS n
LEFT JOIN worded USING (quantity_id)
LEFT JOIN told USING (quantity_id)
