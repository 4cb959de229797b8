"""The lines of a coded report, layer by layer, in CONTRACT's form."""

from collections.abc import Callable, Collection, Iterator, Mapping

import msgspec

from onrecord.model.annotation import AnnotatedDocument
from onrecord.model.event import CodedDocument
from onrecord.ontology import Ontology
from onrecord.records import (
    Record,
    entity_record,
    event_record,
    place_record,
    quantity_record,
    sentence_record,
    statement_record,
    syntax_record,
    time_record,
)


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its layers and what was coded of them."""

    annotated: AnnotatedDocument
    coded: CodedDocument
    ontology: Ontology


def _events(e: Extraction) -> Iterator[Record]:
    for event in e.coded.events:
        yield event_record(event, e.coded.document, ontology=e.ontology)


def _statements(e: Extraction) -> Iterator[Record]:
    for statement in e.coded.statements:
        yield statement_record(statement, e.coded.document)


def _quantities(e: Extraction) -> Iterator[Record]:
    for quantity in e.coded.quantities:
        yield quantity_record(quantity, e.coded.document)


def _times(e: Extraction) -> Iterator[Record]:
    for timex in e.annotated.times:
        yield time_record(timex, e.annotated.document)


def _places(e: Extraction) -> Iterator[Record]:
    for place in e.annotated.places:
        yield place_record(place, e.annotated.document)


def _entities(e: Extraction) -> Iterator[Record]:
    for entity in e.annotated.entities:
        yield entity_record(entity, e.annotated.document)


def _sentences(e: Extraction) -> Iterator[Record]:
    for sentence in e.annotated.sentences:
        yield sentence_record(sentence, e.annotated.document)


def _syntax(e: Extraction) -> Iterator[Record]:
    for sentence in e.annotated.sentences:
        yield syntax_record(sentence, e.annotated.document)


LAYERS: Mapping[str, Callable[[Extraction], Iterator[Record]]] = {
    "events": _events,
    "statements": _statements,
    "quantities": _quantities,
    "times": _times,
    "places": _places,
    "entities": _entities,
    "sentences": _sentences,
    "syntax": _syntax,
}
KINDS: Mapping[str, str] = {
    "events": "event",
    "statements": "statement",
    "quantities": "quantity",
    "times": "time",
    "places": "place",
    "entities": "entity",
    "sentences": "sentence",
    "syntax": "syntax",
}


def layer_lines(extraction: Extraction, layers: Collection[str]) -> Iterator[Record]:
    """Yield the lines of some layers, always in the order of `LAYERS`."""
    for name, lines in LAYERS.items():
        if name in layers:
            yield from lines(extraction)
