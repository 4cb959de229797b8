-- The tables of `summaries.duckdb`. Ids are hashes; `filename` is the data file that a
-- row comes from, relative to the record.
CREATE TABLE state (told VARCHAR);
CREATE TABLE files ("table" VARCHAR, filename VARCHAR);
CREATE TABLE replaced (event UBIGINT, filename VARCHAR);
CREATE TABLE reports (
    doc UBIGINT, doc_id VARCHAR, source_id VARCHAR, date DATE, outlet VARCHAR,
    filename VARCHAR, file_row_number BIGINT
);
CREATE TABLE memberships (
    doc UBIGINT, story UBIGINT, relation VARCHAR, filename VARCHAR
);
CREATE TABLE stories (
    story UBIGINT, story_id VARCHAR, doc UBIGINT, report_count BIGINT, filename VARCHAR
);
CREATE TABLE tellings (
    telling UBIGINT, happening UBIGINT, against UBIGINT, filename VARCHAR
);
CREATE TABLE happenings (
    happening UBIGINT, happening_id VARCHAR, event_type VARCHAR, mode VARCHAR,
    status VARCHAR, factuality VARCHAR, when_from DATE, when_to DATE,
    first_reported DATE, last_reported DATE, origins BIGINT, stories BIGINT,
    events BIGINT, filename VARCHAR, file_row_number BIGINT
);
CREATE TABLE statements (
    statement UBIGINT, doc UBIGINT, story UBIGINT, act VARCHAR, when_from DATE,
    when_to DATE, begins INTEGER, sentence_begins INTEGER, speaker UBIGINT,
    addressee UBIGINT, held UBIGINT[], filename VARCHAR, file_row_number BIGINT
);
-- `date` and `outlet` are those of the report, `original` says it is no copy.
CREATE TABLE events (
    event UBIGINT, doc UBIGINT, telling UBIGINT, story UBIGINT, event_type VARCHAR,
    mode VARCHAR, contexts VARCHAR, quad INTEGER, score DOUBLE, factuality VARCHAR,
    historical BOOLEAN, confidence DOUBLE, when_from DATE, when_to DATE, begins INTEGER,
    counts BOOLEAN, countries VARCHAR, filename VARCHAR, file_row_number BIGINT, date DATE, outlet VARCHAR,
    happening UBIGINT, original BOOLEAN
);
-- Each party once, as it is named; `node` is its id or, without one, its name.
CREATE TABLE parties (
    party UBIGINT, node UBIGINT, text VARCHAR, name VARCHAR, entity_id VARCHAR,
    country VARCHAR, sectors VARCHAR[], entity VARCHAR, land VARCHAR,
    sectors_of VARCHAR[], named VARCHAR, worded VARCHAR
);
-- `first_name`: no row before it has this name in this slot of the event.
CREATE TABLE event_parties (
    event UBIGINT, event_type VARCHAR, factuality VARCHAR, slot VARCHAR, party UBIGINT,
    first_name BOOLEAN
);
CREATE TABLE dyads (
    event UBIGINT, source UBIGINT, target UBIGINT, quad INTEGER, score DOUBLE,
    factuality VARCHAR
);
CREATE TABLE ties (event UBIGINT, node UBIGINT);
CREATE TABLE places (
    place UBIGINT, spot UBIGINT, text VARCHAR, name VARCHAR, country VARCHAR,
    lat DOUBLE, lon DOUBLE, geonameid BIGINT, "precision" VARCHAR, named VARCHAR,
    land VARCHAR, worded VARCHAR
);
CREATE TABLE event_places (
    event UBIGINT, event_type VARCHAR, factuality VARCHAR, place UBIGINT, spot UBIGINT,
    first BOOLEAN, first_name BOOLEAN, first_spot BOOLEAN
);
-- Counts over all events, which answer where nothing is filtered.
CREATE TABLE name_counts (slot VARCHAR, party UBIGINT, n BIGINT);
CREATE TABLE party_counts (party UBIGINT, n BIGINT);
CREATE TABLE node_counts (node UBIGINT, n BIGINT);
CREATE TABLE pair_counts (
    source UBIGINT, target UBIGINT, quad INTEGER, factuality VARCHAR, n BIGINT,
    score DOUBLE
);
CREATE TABLE day_counts (
    told VARCHAR, clock VARCHAR, day_from DATE, day_to DATE, event_type VARCHAR,
    mode VARCHAR, factuality VARCHAR, n BIGINT
);
