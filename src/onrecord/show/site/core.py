"""What a site's page needs first: its record, its codes and its narrow rows."""

from typing import Any

import msgspec

from onrecord.lexicon.actor_checks import split
from onrecord.lexicon.actor_files import STATES
from onrecord.lexicon.files import DATA, read_tsv
from onrecord.model.annotation import Act
from onrecord.model.event import Factuality
from onrecord.ontology import load_ontology
from onrecord.show.site.chosen import Source
from onrecord.show.site.events import CHUNK as EVENTS_OF_CHUNK
from onrecord.show.site.events import EventTables
from onrecord.show.site.reports import CHUNK as REPORTS_OF_CHUNK
from onrecord.show.site.reports import report_columns
from onrecord.show.site.statements import statement_columns
from onrecord.show.site.stories import CHUNK as STORIES_OF_CHUNK
from onrecord.show.values import plain_value
from onrecord.show.views.brief_weights import load_weights, weight_parameters
from onrecord.show.views.numbers_rules import (
    country_names,
    country_words,
    load_number_rules,
)
from onrecord.show.views.overview import overview
from onrecord.show.views.positions_kinds import load_position_rules

FORM = 1  # of the files; the page refuses another
# As the network names its parties; of names that are as frequent always the same one.
EVERY_NAME = """
SELECT id, arg_max(name, k) AS name, arg_max(country, k) AS country,
    arg_max(sectors, k) AS sectors
FROM (
    SELECT *, (n, name, coalesce(country, ''), array_to_string(sectors, ' ')) AS k
    FROM (
        SELECT coalesce(entity_id, name) AS id, name, country, sectors, count(*) AS n
        FROM event_parties WHERE slot <> 'by' GROUP BY ALL
    )
) GROUP BY id ORDER BY id
"""
STORIES = """
SELECT story_id, original, report_count FROM stories
WHERE original IN (SELECT doc_id FROM kept_reports) ORDER BY story_id
"""


def core(source: Source, tables: EventTables) -> dict[str, Any]:
    """Return the first file; `tables` are filled before."""
    return {
        "form": FORM,
        "texts": source.texts,
        "filtered": source.filtered,
        "chunk": {
            "events": EVENTS_OF_CHUNK,
            "reports": REPORTS_OF_CHUNK,
            "stories": STORIES_OF_CHUNK,
        },
        "overview": _overview(source),
        "codes": _codes(),
        "rules": _rules(),
        "reports": report_columns(source),
        "statements": statement_columns(source, tables),
        "stories": [list(row.values()) for row in source.rows(STORIES)],
        "names": {row.pop("id"): list(row.values()) for row in source.rows(EVERY_NAME)},
        "events": tables.columns,
        "parties": tables.parties.values,
        "places": tables.places.values,
        "tellings": tables.tellings.values,
        "lists": tables.lists.values,
        "words": tables.words.values,
    }


def _overview(source: Source) -> Any:
    found = overview(source.record, as_of=source.as_of)
    # Nobody judges events on a page of files.
    return {**msgspec.to_builtins(found, enc_hook=plain_value), "review": None}


def _codes() -> dict[str, Any]:
    """Return what filters can be set to, and the codebook's numbers."""
    ontology = load_ontology()
    countries = {
        name.lower(): row["code"]
        for _, cells in read_tsv(DATA / "actors/states.tsv", STATES)
        for row in (dict(zip(STATES, cells, strict=True)),)
        for name in (row["name"], *split(row["names"]), *split(row["adjectives"]))
    }
    return {
        "types": [
            [name, entry.quad, entry.score, dict(entry.modes)]
            for name, entry in ontology.event_types.items()
        ],
        "acts": [act.value for act in Act],
        "contexts": list(ontology.contexts),
        "factualities": [value.value for value in Factuality],
        "countries": sorted(ontology.countries),
        "country_words": countries,
    }


def _rules() -> dict[str, Any]:
    """Return what orders and groups the rows of the views."""
    numbers = load_number_rules()
    positions = load_position_rules()
    return {
        "brief": weight_parameters(load_weights()),
        "same": {f: one.forms[0] for one in numbers.same for f in one.forms},
        "lines": msgspec.to_builtins(numbers.lines),
        "grouping": msgspec.to_builtins(positions.grouping),
        "move_types": sorted({m.event_type for m in positions.move if m.event_type}),
        "move_acts": sorted({m.act for m in positions.move if m.act}),
        "country_names": dict(country_names()),
        "states": sorted(set(country_words().values())),
    }
