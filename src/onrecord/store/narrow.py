"""Narrow relations: what finding and counting asks of rows, without their words.

Each has the columns that filters and orders read, and where its row lies (`filename`,
`file_row_number`), so that whole rows are read only of what is shown. Ids are 64-bit
hashes: of ten million ids two have one hash three times in a million.

They come from the record's files, or ready made out of its summaries (`summaries.py`),
which hold the same rows.
"""

from collections.abc import Mapping

PLACE = "filename, file_row_number"

EVENTS = f"""
SELECT hash(event_id) AS event, hash(doc_id) AS doc,
    CASE WHEN telling_id IS NOT NULL THEN hash(telling_id) END AS telling,
    CASE WHEN story_id IS NOT NULL THEN hash(story_id) END AS story,
    event_type, mode, '|' || array_to_string(contexts, '|') || '|' AS contexts,
    quad, score, factuality, historical, confidence, when_from, when_to,
    "trigger".start AS begins, len(quantities) > 0 AS counts,
    '|' || array_to_string(list_sort(list_distinct(list_concat(
        list_transform(actors, lambda p: p.country),
        list_transform(recipients, lambda p: p.country)
    ))), '|') || '|' AS countries, {PLACE}
FROM $source
"""
# One row for each party of an event, whatever its slot.
_PARTY = """
SELECT event, event_type, factuality, '{slot}' AS slot, p.text AS text, p.name AS name,
    p.entity_id AS entity_id, p.country AS country, p.sectors AS sectors
FROM (
    SELECT hash(event_id) AS event, event_type, factuality, unnest({column}) AS p
    FROM $source
)
"""
PARTIES = " UNION ALL ".join(
    _PARTY.format(slot=slot, column=column)
    for slot, column in (
        ("actor", "actors"),
        ("recipient", "recipients"),
        ("by", "attribution"),
    )
)
PARTY_ROWS = """
SELECT hash(event_id) AS event, slot, span.text AS text, name, entity_id, country,
    sectors
FROM event_parties
"""
PLACES = """
SELECT event, event_type, factuality, p.text AS text, p.name AS name,
    p.country AS country, p.lat AS lat, p.lon AS lon, p.geonameid AS geonameid,
    p."precision" AS "precision"
FROM (
    SELECT hash(event_id) AS event, event_type, factuality, unnest(places) AS p
    FROM $source
)
"""
REPORTS = f"""
SELECT hash(doc_id) AS doc, doc_id, source_id, date, outlet, {PLACE} FROM $source
"""
MEMBERSHIPS = """
SELECT hash(doc_id) AS doc, hash(story_id) AS story, relation FROM $source
"""
STORIES = """
SELECT hash(story_id) AS story, story_id, hash(original) AS doc, report_count
FROM $source
"""
TELLINGS = """
SELECT hash(telling_id) AS telling, hash(happening_id) AS happening,
    CASE WHEN against IS NOT NULL THEN hash(against) END AS against
FROM $source
"""
# How a happening is told: planned and hypothetical as most say, denied before negated.
FACTUALITY = """CASE
    WHEN status = 'happened' THEN 'happened'
    WHEN status = 'ahead' THEN if(planned >= hypothetical, 'planned', 'hypothetical')
    ELSE if(denied > 0, 'denied', 'negated')
END"""
HAPPENINGS = f"""
SELECT hash(happening_id) AS happening, happening_id, event_type, mode, status,
    {FACTUALITY} AS factuality, when_from, when_to, first_reported, last_reported,
    origins, stories, events, {PLACE}
FROM $source
"""
_VOICE = (
    "hash({party}.text, {party}.name, {party}.entity_id, {party}.country,"
    " {party}.sectors)"
)
STATEMENTS = f"""
SELECT hash(statement_id) AS statement, hash(doc_id) AS doc,
    CASE WHEN story_id IS NOT NULL THEN hash(story_id) END AS story, act, when_from,
    when_to, cue.start AS begins, sentence.start AS sentence_begins,
    {_VOICE.format(party="speaker")} AS speaker,
    CASE WHEN addressee IS NOT NULL THEN {_VOICE.format(party="addressee")} END
        AS addressee,
    list_transform(events, lambda e: hash(e)) AS held, {PLACE}
FROM $source
"""
# Who speaks, or is spoken to: each once, as it is named.
VOICES = """
SELECT p.text AS text, p.name AS name, p.entity_id AS entity_id, p.country AS country,
    p.sectors AS sectors
FROM (
    SELECT struct_pack(text := speaker.text, name := speaker.name,
        entity_id := speaker.entity_id, country := speaker.country,
        sectors := speaker.sectors) AS p FROM $source
    UNION ALL
    SELECT struct_pack(text := addressee.text, name := addressee.name,
        entity_id := addressee.entity_id, country := addressee.country,
        sectors := addressee.sectors) FROM $source WHERE addressee IS NOT NULL
)
"""
PARTY_KEY = "hash(text, name, entity_id, country, sectors)"
# What a party answers to, in small letters. The blanks make "USA" miss "Jerusalem".
KEYS = """
lower(entity_id) AS entity, lower(country) AS land,
list_transform(sectors, lambda s: lower(country || '.' || s)) AS sectors_of,
' ' || lower(name) || ' ' AS named, ' ' || lower(text) || ' ' AS worded
"""
PLACE_KEYS = "lower(name) AS named, lower(country) AS land, lower(text) AS worded"

_NODE = "hash(coalesce(entity_id, name))"
_NAMED = "hash(coalesce(entity_id, name), name, country, sectors)"
_SIDES = f"""
SELECT event, {_NODE} AS node FROM ({PARTY_ROWS}) WHERE slot = '{{slot}}'
"""
# Who acts on whom in an event, each pair once; nobody acts on himself.
DYADS = f"""
SELECT DISTINCT event, a.node AS source, r.node AS target, e.quad, e.score, e.factuality
FROM ({_SIDES.format(slot="actor")}) AS a
JOIN ({_SIDES.format(slot="recipient")}) AS r USING (event)
JOIN (SELECT hash(event_id) AS event, quad, score, factuality FROM events) AS e
    USING (event)
WHERE a.node <> r.node
"""
_SPOT = 'hash(name, country, lat, lon, geonameid, "precision")'
_PLACE_ROWS = PLACES.replace("$source", "events")

DAY_COUNTS = """
SELECT 'happenings' AS told, 'event' AS clock, when_from AS day_from, when_to AS day_to,
    event_type, mode, factuality, count(*) AS n FROM happenings GROUP BY ALL
UNION ALL
SELECT 'happenings', 'report', first_reported, first_reported, event_type, mode,
    factuality, count(*) FROM happenings GROUP BY ALL
UNION ALL
SELECT 'events', 'event', when_from, when_to, event_type, mode, factuality, count(*)
FROM events GROUP BY ALL
UNION ALL
SELECT 'events', 'report', date, date, event_type, mode, factuality, count(*)
FROM events GROUP BY ALL
"""

# What stands for `$narrow_<name>` where there are no summaries.
PLAIN: Mapping[str, str] = {
    "events": EVENTS.replace("$source", "$located_events"),
    "dated_events": (
        f"SELECT n.*, r.date, r.outlet FROM"
        f" ({EVENTS.replace('$source', '$located_events')}) AS n LEFT JOIN"
        " (SELECT hash(doc_id) AS doc, date, outlet FROM reports) AS r USING (doc)"
    ),
    "told_events": (
        f"SELECT n.*, t.happening FROM"
        f" ({EVENTS.replace('$source', '$located_events')}) AS n LEFT JOIN"
        f" ({TELLINGS.replace('$source', 'tellings')}) AS t USING (telling)"
    ),
    "parties": f"SELECT event, slot, {KEYS} FROM ({PARTY_ROWS})",
    "places": (
        f"SELECT event, {PLACE_KEYS} FROM ({PLACES.replace('$source', 'events')})"
    ),
    # One row for each name and place that an event has.
    "event_names": (
        "SELECT DISTINCT hash(p.event_id) AS event, event_type, factuality, slot,"
        " hash(name) AS party FROM event_parties AS p JOIN"
        " (SELECT event_id, event_type, factuality FROM events) USING (event_id)"
    ),
    "name_counts": (
        "SELECT slot, hash(name) AS party, count(DISTINCT hash(event_id)) AS n"
        " FROM event_parties GROUP BY ALL"
    ),
    "names": "SELECT DISTINCT hash(name) AS party, name FROM event_parties",
    "event_place_names": (
        f"SELECT DISTINCT event, event_type, factuality, name FROM ({_PLACE_ROWS})"
    ),
    "placed_events": (
        f"SELECT DISTINCT event, event_type, factuality FROM ({_PLACE_ROWS})"
    ),
    "event_spots": (
        f"SELECT DISTINCT event, event_type, factuality, {_SPOT} AS spot"
        f" FROM ({_PLACE_ROWS})"
    ),
    "spots": (
        f"SELECT DISTINCT {_SPOT} AS spot, name, country, lat, lon, geonameid,"
        f' "precision" FROM ({_PLACE_ROWS})'
    ),
    "dyads": DYADS,
    "ties": (
        f"SELECT event, source AS node FROM ({DYADS})"
        f" UNION SELECT event, target FROM ({DYADS})"
    ),
    "named_parties": (
        f"SELECT DISTINCT {_NODE} AS node, {_NAMED} AS party, name, entity_id, country,"
        " sectors FROM event_parties"
    ),
    "party_counts": (
        f"SELECT {_NAMED} AS party,"
        " count(*) AS n FROM event_parties WHERE slot <> 'by' GROUP BY ALL"
    ),
    "day_counts": DAY_COUNTS.replace(
        "happenings GROUP", "$narrow_happenings GROUP"
    ).replace("FROM events", "FROM $narrow_dated_events"),
    "node_counts": "SELECT node, count(*) AS n FROM $narrow_ties GROUP BY node",
    "pair_counts": (
        "SELECT source, target, quad, factuality, count(*) AS n, sum(score) AS score"
        " FROM $narrow_dyads GROUP BY ALL"
    ),
    "reports": REPORTS.replace("$source", "$located_reports"),
    "memberships": MEMBERSHIPS.replace("$source", "memberships"),
    "stories": STORIES.replace("$source", "stories"),
    "tellings": TELLINGS.replace("$source", "tellings"),
    "happenings": HAPPENINGS.replace("$source", "$located_happenings"),
    "statements": STATEMENTS.replace("$source", "$located_statements"),
    "voices": (
        f"SELECT DISTINCT {PARTY_KEY} AS party, {KEYS}"
        f" FROM ({VOICES.replace('$source', 'statements')})"
    ),
}
