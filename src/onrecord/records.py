"""What leaves the program: plain dicts as CONTRACT.md section 3 has them.

One function a kind of line. Spans always carry their words; absent is None or [].
"""

from typing import Any

from onrecord.model.annotation import Entity, Place, Quantity, Sentence, Timex
from onrecord.model.document import Document
from onrecord.model.event import Event, Party, Source, Statement, When
from onrecord.model.evidence import Cited
from onrecord.model.span import Span
from onrecord.ontology import Ontology

SCHEMA_VERSION = 1

Record = dict[str, Any]


def event_record(
    event: Event, document: Document, *, ontology: Ontology, story_id: str | None = None
) -> Record:
    """Return the line of an event.

    `cells` adds, for each coded cell, the words it rests on and the rule that read
    them; `basis` and `antecedent` of a party say how it was resolved.
    """
    text = document.text
    event_type = event.event_type.value
    mode = event.mode.value if event.mode else None
    return {
        **_head("event", event.event_id, document, story_id),
        "telling_id": event.telling_id,
        "event_type": event_type.value,
        "mode": mode,
        "contexts": [c.value for c in event.contexts],
        "quad": ontology.event_types[event_type].quad,
        "score": ontology.score(event_type, mode),
        "cameo": ontology.cameo(event_type, mode),
        "trigger": span_record(event.trigger, text),
        "sentence": span_record(event.sentence, text),
        "actors": [_party(p, text) for p in event.actors],
        "recipients": [_party(p, text) for p in event.recipients],
        "factuality": event.factuality.value.value,
        "historical": event.historical,
        "condition": _span_or_none(event.condition, text),
        "attribution": [_source(s, text) for s in event.attribution],
        "when": _when(event.when, text),
        "where": [_place(p, text) for p in event.where],
        "quantities": [_quantity(q, text) for q in event.quantities],
        "confidence": event.confidence,
        "rule": event.rule,
        "cells": _cells(event, text),
    }


def statement_record(
    statement: Statement, document: Document, *, story_id: str | None = None
) -> Record:
    """Return the line of a statement."""
    text = document.text
    addressee = statement.addressee
    return {
        **_head("statement", statement.statement_id, document, story_id),
        "speaker": {
            **_party(statement.speaker, text),
            "anonymous": statement.anonymous,
        },
        "cue": span_record(statement.cue, text),
        "act": statement.act.value.value,
        "form": statement.form.value,
        "content": [span_record(s, text) for s in statement.content],
        "addressee": _party(addressee, text) if addressee else None,
        "venue": _span_or_none(statement.venue, text),
        "when": _when(statement.when, text),
        "events": list(statement.events),
        "sentence": span_record(statement.sentence, text),
        "rule": statement.act.rule,
    }


def time_record(timex: Timex, document: Document) -> Record:
    """Return the line of a time expression; `value` as in TIMEX3."""
    return {
        **_layer("time", document),
        **span_record(timex.span, document.text),
        "type": timex.type.value,
        "value": timex.value,
        "from": timex.start.isoformat() if timex.start else None,
        "to": timex.end.isoformat() if timex.end else None,
        "granularity": timex.granularity,
        "rule": timex.rule,
    }


def place_record(place: Place, document: Document) -> Record:
    """Return the line of a place name; role `actor` as in "Moscow said"."""
    return {
        **_layer("place", document),
        **_place(place, document.text),
        "role": place.role.value,
        "basis": place.basis,
    }


def quantity_record(quantity: Quantity, document: Document) -> Record:
    """Return the line of a number and what it counts."""
    return {**_layer("quantity", document), **_quantity(quantity, document.text)}


def entity_record(entity: Entity, document: Document) -> Record:
    """Return the line of an entity with all its mentions."""
    return {
        **_layer("entity", document),
        "entity_id": entity.entity_id,
        "name": entity.name,
        "kind": entity.kind.value,
        "country": entity.country,
        "sectors": list(entity.sectors),
        "mentions": [span_record(m, document.text) for m in entity.mentions],
    }


def sentence_record(sentence: Sentence, document: Document) -> Record:
    """Return the line of a sentence."""
    return {
        **_layer("sentence", document),
        **span_record(sentence.span, document.text),
    }


def syntax_record(sentence: Sentence, document: Document) -> Record:
    """Return the line of a sentence's words; UD v2, head 0 = root."""
    return {
        **_layer("syntax", document),
        "sentence": span_record(sentence.span, document.text),
        "tokens": [
            {
                "start": t.start,
                "end": t.end,
                "text": t.text,
                "upos": t.upos,
                "xpos": t.xpos,
                "lemma": t.lemma,
                "head": t.head,
                "deprel": t.deprel,
                "name_tag": t.name_tag,
            }
            for t in sentence.tokens
        ],
    }


def span_record(span: Span, text: str) -> Record:
    """Return a span with its words."""
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _head(kind: str, item_id: str, document: Document, story_id: str | None) -> Record:
    return {
        "record": kind,
        "schema_version": SCHEMA_VERSION,
        f"{kind}_id": item_id,
        "doc_id": document.doc_id,
        "source_id": document.source_id,
        "story_id": story_id,
    }


def _layer(kind: str, document: Document) -> Record:
    return {
        "record": kind,
        "schema_version": SCHEMA_VERSION,
        "doc_id": document.doc_id,
        "source_id": document.source_id,
    }


def _span_or_none(span: Span | None, text: str) -> Record | None:
    return span_record(span, text) if span else None


def _party(party: Party, text: str) -> Record:
    return {
        **span_record(party.span, text),
        "name": party.name,
        "entity_id": party.entity_id,
        "country": party.country,
        "sectors": list(party.sectors),
        "role": party.role,
        "basis": party.basis,
        "antecedent": _span_or_none(party.antecedent, text),
    }


def _source(source: Source, text: str) -> Record:
    return {
        **_party(source.party, text),
        "anonymous": source.anonymous,
        "cue": span_record(source.cue, text),
    }


def _when(when: When | None, text: str) -> Record | None:
    if when is None:
        return None
    return {
        "from": when.start.isoformat(),
        "to": when.end.isoformat(),
        "basis": when.basis.value,
        "granularity": when.granularity,
        "spans": [span_record(s, text) for s in when.spans],
    }


def _place(place: Place, text: str) -> Record:
    return {
        **span_record(place.span, text),
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
        "precision": place.precision.value,
    }


def _quantity(quantity: Quantity, text: str) -> Record:
    return {
        **span_record(quantity.span, text),
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "of": quantity.of,
        "modifier": quantity.modifier.value,
    }


def _cells(event: Event, text: str) -> list[Record]:
    cells = [_cell("event_type", event.event_type, text)]
    if event.mode:
        cells.append(_cell("mode", event.mode, text))
    cells += [_cell("contexts", c, text) for c in event.contexts]
    cells.append(_cell("factuality", event.factuality, text))
    return cells


def _cell(name: str, cell: Cited[Any], text: str) -> Record:
    return {
        "cell": name,
        "value": str(cell.value),
        "spans": [span_record(s, text) for s in cell.spans],
        "rule": cell.rule,
    }
