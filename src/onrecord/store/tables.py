"""The Arrow schema of each table. Absent is NULL, or an empty list.

Words stand beside each span, so a row can be read and checked without a join.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

TEXT = pa.string()
TEXTS = pa.list_(TEXT)
COUNT = pa.int64()
NUMBER = pa.float64()


def _struct(*fields: tuple[str, pa.DataType]) -> pa.DataType:
    return pa.struct(list(fields))


_SPAN_FIELDS = (("start", pa.int32()), ("end", pa.int32()), ("text", TEXT))
SPAN = _struct(*_SPAN_FIELDS)
SPANS = pa.list_(SPAN)

_PARTY_FIELDS = (
    *_SPAN_FIELDS,
    ("name", TEXT),
    ("entity_id", TEXT),
    ("country", TEXT),
    ("sectors", TEXTS),
    ("role", TEXT),
    ("basis", TEXT),
    ("antecedent", SPAN),
)
PARTY = _struct(*_PARTY_FIELDS)
SOURCE = _struct(*_PARTY_FIELDS, ("anonymous", pa.bool_()), ("cue", SPAN))
SPEAKER = _struct(*_PARTY_FIELDS, ("anonymous", pa.bool_()))
PLACE = _struct(
    *_SPAN_FIELDS,
    ("name", TEXT),
    ("country", TEXT),
    ("admin1", TEXT),
    ("lat", NUMBER),
    ("lon", NUMBER),
    ("geonameid", COUNT),
    ("precision", TEXT),
)
_QUANTITY_FIELDS = (
    ("value", NUMBER),
    ("low", NUMBER),
    ("high", NUMBER),
    ("of", TEXT),
    ("modifier", TEXT),
)
QUANTITY = _struct(*_SPAN_FIELDS, *_QUANTITY_FIELDS)
CELL = _struct(("cell", TEXT), ("value", TEXT), ("spans", SPANS), ("rule", TEXT))

# "when" and "from" are words of SQL, so a time is spread over columns.
_WHEN_FIELDS = (
    ("when_from", pa.date32()),
    ("when_to", pa.date32()),
    ("when_basis", TEXT),
    ("when_granularity", TEXT),
    ("when_spans", SPANS),
)

_TALLY_FIELDS = tuple(
    (name, COUNT)
    for name in (
        "read",
        "known",
        "coded",
        "exact",
        "near",
        "rewritten",
        "rejected",
        "pending",
        "earlier",
        "recoded",
        "recoded_failed",
        "stories",
        "events",
        "statements",
        "quantities",
        "happened",
        "planned",
        "hypothetical",
        "negated",
        "denied",
    )
)

REPORTS = pa.schema(
    [
        ("doc_id", TEXT),
        ("source_id", TEXT),
        ("exact_id", TEXT),  # the story the words alone put it in
        ("date", pa.date32()),
        ("date_basis", TEXT),
        ("title", TEXT),
        ("url", TEXT),
        ("outlet", TEXT),
        ("language", TEXT),
        ("text", TEXT),
        ("body_start", pa.int32()),
        ("file", TEXT),
        ("position", TEXT),
        ("extractor", TEXT),  # what took the text out of a page or feed
        ("run_id", TEXT),  # the run that took it
    ]
)
EVENTS = pa.schema(
    [
        ("event_id", TEXT),
        ("doc_id", TEXT),
        ("source_id", TEXT),
        ("story_id", TEXT),
        ("telling_id", TEXT),  # shared by mentions of one happening in a report
        ("event_type", TEXT),
        ("mode", TEXT),
        ("contexts", TEXTS),
        ("quad", pa.int32()),
        ("score", NUMBER),
        ("cameo", TEXT),
        ("trigger", SPAN),
        ("sentence", SPAN),
        ("actors", pa.list_(PARTY)),
        ("recipients", pa.list_(PARTY)),
        ("factuality", TEXT),
        ("historical", pa.bool_()),
        ("condition", SPAN),
        ("attribution", pa.list_(SOURCE)),
        *_WHEN_FIELDS,
        ("places", pa.list_(PLACE)),
        ("quantities", pa.list_(QUANTITY)),
        ("confidence", NUMBER),
        ("rule", TEXT),
        ("cells", pa.list_(CELL)),
    ]
)
EVENT_PARTIES = pa.schema(
    [
        ("event_id", TEXT),
        ("doc_id", TEXT),
        ("story_id", TEXT),
        ("slot", TEXT),  # actor, recipient or by
        ("position", pa.int32()),  # 0-based in its slot; `by`: outermost first
        ("span", SPAN),
        ("name", TEXT),
        ("entity_id", TEXT),
        ("country", TEXT),
        ("sectors", TEXTS),
        ("role", TEXT),
        ("basis", TEXT),
        ("antecedent", SPAN),
        ("anonymous", pa.bool_()),
        ("cue", SPAN),
    ]
)
STATEMENTS = pa.schema(
    [
        ("statement_id", TEXT),
        ("doc_id", TEXT),
        ("source_id", TEXT),
        ("story_id", TEXT),
        ("speaker", SPEAKER),
        ("cue", SPAN),
        ("act", TEXT),
        ("form", TEXT),
        ("content", SPANS),
        ("addressee", PARTY),
        ("venue", SPAN),
        *_WHEN_FIELDS,
        ("events", TEXTS),
        ("sentence", SPAN),
        ("rule", TEXT),
    ]
)
QUANTITIES = pa.schema(
    [
        ("quantity_id", TEXT),
        ("doc_id", TEXT),
        ("source_id", TEXT),
        ("story_id", TEXT),
        ("span", SPAN),
        *_QUANTITY_FIELDS,
    ]
)
STORIES = pa.schema([("story_id", TEXT), ("original", TEXT), ("report_count", COUNT)])
MEMBERSHIPS = pa.schema(
    [
        ("doc_id", TEXT),
        ("story_id", TEXT),
        ("relation", TEXT),
        ("of", TEXT),
        ("similarity", NUMBER),
    ]
)
LINKS = pa.schema(
    [("doc_id", TEXT), ("of", TEXT), ("kind", TEXT), ("similarity", NUMBER)]
)
FINGERPRINTS = pa.schema(
    [
        ("doc_id", TEXT),
        ("exact_id", TEXT),
        ("date", pa.date32()),
        ("spun", pa.bool_()),
        ("credit", pa.int32()),
        ("words", COUNT),
        ("plain", pa.int32()),
        ("keys", pa.list_(pa.int64())),  # what its copies have too
        ("version", COUNT),  # of the way they are made
    ]
)
PROFILES = pa.schema(
    [
        ("telling_id", TEXT),
        ("doc_id", TEXT),
        ("date", COUNT),  # days are proleptic ordinals
        ("event_type", TEXT),
        ("status", TEXT),
        ("modes", TEXTS),
        ("meanings", TEXTS),
        ("meaning_rarities", pa.list_(NUMBER)),  # among what the report tells
        ("actors", TEXTS),
        ("actor_countries", TEXTS),
        ("recipients", TEXTS),
        ("recipient_countries", TEXTS),
        ("start", COUNT),
        ("end", COUNT),
        ("places", TEXTS),
        ("place_countries", TEXTS),
        ("numbers", pa.list_(_struct(("of", TEXT), ("value", NUMBER)))),
        ("things", pa.list_(COUNT)),
        ("thing_rarities", pa.list_(NUMBER)),
        ("parties", pa.list_(COUNT)),
        ("topic", pa.list_(COUNT)),  # names that most events of the report have
        ("keys", pa.list_(COUNT)),  # what a telling of the same happening may share
        ("version", COUNT),  # of the way they are made
    ]
)
TELLINGS = pa.schema(
    [
        ("telling_id", TEXT),  # as events have it
        ("doc_id", TEXT),
        ("happening_id", TEXT),
        ("follows", TEXT),  # the earlier telling of another report that fits best
        ("chance", NUMBER),  # that both tell of one happening
        ("against", TEXT),  # the telling whose content it denies
        ("version", TEXT),  # of the way places are chosen
    ]
)
_NAMED_NUMBER = _struct(
    ("event_id", TEXT),
    ("of", TEXT),
    ("value", NUMBER),
    ("low", NUMBER),
    ("high", NUMBER),
    ("modifier", TEXT),
)
HAPPENINGS = pa.schema(
    [
        ("happening_id", TEXT),
        ("first", TEXT),  # the telling it begins with
        ("event_type", TEXT),
        ("status", TEXT),  # happened, ahead or not_so
        ("mode", TEXT),
        ("actors", TEXTS),
        ("recipients", TEXTS),
        ("when_from", pa.date32()),
        ("when_to", pa.date32()),
        ("when_basis", TEXT),
        ("places", TEXTS),
        ("numbers", pa.list_(_NAMED_NUMBER)),  # side by side, whether or not they agree
        ("events", COUNT),
        ("stories", COUNT),  # reports that tell of it and are no copies
        ("origins", COUNT),  # those that do not depend on each other
        ("outlets", TEXTS),
        ("first_reported", pa.date32()),
        ("last_reported", pa.date32()),
        ("happened", COUNT),
        ("planned", COUNT),
        ("hypothetical", COUNT),
        ("negated", COUNT),
        ("denied", COUNT),
        ("tellings", TEXTS),
    ]
)
CODINGS = pa.schema(
    [
        ("doc_id", TEXT),
        ("run_id", TEXT),  # the run that coded it
        ("before", TEXT),  # the run whose coding this one took the place of
        ("events", COUNT),
        ("statements", COUNT),
        ("quantities", COUNT),
        ("rejected_id", TEXT),  # filled when coding it failed
    ]
)
RUNS = pa.schema(
    [
        ("run_id", TEXT),
        ("number", COUNT),
        ("status", TEXT),
        ("started", TEXT),
        ("finished", TEXT),
        ("resumed", COUNT),
        ("program", TEXT),
        ("schema_version", COUNT),
        ("lexicon", TEXT),
        ("model", TEXT),
        ("extractors", TEXTS),
        ("inputs", TEXTS),
        ("tally", _struct(*_TALLY_FIELDS)),
        ("table_versions", pa.list_(_struct(("table", TEXT), ("version", COUNT)))),
    ]
)
REJECTED = pa.schema(
    [
        ("rejected_id", TEXT),
        ("file", TEXT),
        ("position", TEXT),
        ("stage", TEXT),
        ("reason", TEXT),
        ("source_id", TEXT),
        ("language", TEXT),
        ("text", TEXT),  # kept where a later version may read it
        ("run_id", TEXT),  # the run that met it first
    ]
)
ASKED = pa.schema(
    [
        ("doc_id", TEXT),
        ("run_id", TEXT),
        ("pieces", COUNT),  # the report was asked for in so many
        ("kept", COUNT),  # of these, answered by an answer that was kept
        ("tokens_sent", COUNT),
        ("tokens_received", COUNT),
        ("cost", NUMBER),  # at the prices given to the run
        ("failed", TEXT),  # why the report got no answer
        ("dropped", pa.list_(_struct(("cell", TEXT), ("reason", TEXT), ("n", COUNT)))),
        ("countries_same", COUNT),  # parties whose country the model claims as we do
        ("countries_other", COUNT),
        ("countries_open", COUNT),  # where we know none
    ]
)
CORRECTIONS = pa.schema(
    [
        ("correction_id", TEXT),
        ("event_id", TEXT),  # as it was shown; nothing is matched by it
        ("doc_id", TEXT),
        ("cell", TEXT),  # of a fix
        ("value", TEXT),  # JSON
        ("note", TEXT),
        ("author", TEXT),
        ("made", TEXT),
        ("verdict", TEXT),  # accept, reject or fix
        ("was", TEXT),  # JSON: the cell as it was shown; of an accept all cells
        ("sentence", TEXT),
        ("sentence_occurrence", COUNT),  # among equal sentences of the report
        ("trigger", TEXT),
        ("occurrence", COUNT),  # among equal words of the sentence
        ("event_type", TEXT),
        ("actors", TEXTS),  # the words that named them
        ("recipients", TEXTS),
        ("shown_in", TEXT),  # the run whose result was shown
    ]
)
REVIEWED = pa.schema(
    [
        ("correction_id", TEXT),
        ("verdict", TEXT),
        ("cell", TEXT),
        ("state", TEXT),  # in_force, agreed, unmatched or overruled
        ("event_id", TEXT),  # the event of today that it is about
        ("doc_id", TEXT),
        ("why", TEXT),
    ]
)

TABLES: Mapping[str, pa.Schema] = {
    "reports": REPORTS,
    "events": EVENTS,
    "event_parties": EVENT_PARTIES,
    "statements": STATEMENTS,
    "quantities": QUANTITIES,
    "stories": STORIES,
    "memberships": MEMBERSHIPS,
    "links": LINKS,
    "fingerprints": FINGERPRINTS,
    "codings": CODINGS,
    "profiles": PROFILES,
    "tellings": TELLINGS,
    "happenings": HAPPENINGS,
    "runs": RUNS,
    "rejected": REJECTED,
    "asked": ASKED,  # what a language model was asked, and what was dropped
    "corrections": CORRECTIONS,
    "reviewed": REVIEWED,
    "corrected": EVENTS,  # what in-force fixes make of some rows of `events`
}


def make_table(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return rows as an Arrow table of the schema of table `name`."""
    return pa.Table.from_pylist(list(rows), schema=TABLES[name])
