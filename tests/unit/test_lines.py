"""The lines of `onrecord.records`, word for word as the contract has them."""

import datetime as dt

from onrecord.model.annotation import (
    Act,
    Entity,
    Form,
    Modifier,
    NominalKind,
    Place,
    PlaceRole,
    Precision,
    Quantity,
    Sentence,
    Timex,
    TimexType,
    Token,
)
from onrecord.model.document import Document
from onrecord.model.event import (
    Event,
    EventType,
    Factuality,
    Party,
    Source,
    Statement,
    When,
    WhenBasis,
)
from onrecord.model.evidence import Cited
from onrecord.model.span import Span
from onrecord.ontology import load_ontology
from onrecord.records import (
    entity_record,
    event_record,
    place_record,
    quantity_record,
    sentence_record,
    statement_record,
    syntax_record,
    time_record,
)

TEXT = "😀 On Friday Kyiv said Minsk refused 100 visas."
DOC = Document(doc_id="doc-1", source_id="r1", text=TEXT)
LAYER = {"schema_version": 1, "doc_id": "doc-1", "source_id": "r1"}


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def shown(words: str) -> dict[str, object]:
    at = TEXT.index(words)
    return {"start": at, "end": at + len(words), "text": words}


KYIV = Party(span=span("Kyiv"), name="Ukraine", entity_id="UKR", basis="lexicon")
MINSK = Party(
    span=span("Minsk"),
    name="Belarus",
    entity_id="BLR",
    country="BLR",
    sectors=("GOV",),
    role="government",
    basis="lexicon",
    antecedent=span("Kyiv"),
)
FRIDAY = When(
    start=dt.date(2022, 1, 28),
    end=dt.date(2022, 1, 28),
    basis=WhenBasis.TEXT,
    granularity="day",
    spans=(span("Friday"),),
)
PLACE = Place(
    span=span("Minsk"),
    sentence=0,
    name="Minsk",
    precision=Precision.CITY,
    role=PlaceRole.ACTOR,
    country="BLR",
    lat=53.9,
    lon=27.57,
    geonameid=625144,
    basis="gazetteer",
)
VISAS = Quantity(
    span=span("100 visas"), sentence=0, value=100, of="visa", modifier=Modifier.EXACT
)
SHOWN_KYIV = {
    **shown("Kyiv"),
    "name": "Ukraine",
    "entity_id": "UKR",
    "country": None,
    "sectors": [],
    "role": None,
    "basis": "lexicon",
    "antecedent": None,
}
SHOWN_MINSK = {
    **shown("Minsk"),
    "name": "Belarus",
    "entity_id": "BLR",
    "country": "BLR",
    "sectors": ["GOV"],
    "role": "government",
    "basis": "lexicon",
    "antecedent": shown("Kyiv"),
}
SHOWN_FRIDAY = {
    "from": "2022-01-28",
    "to": "2022-01-28",
    "basis": "text",
    "granularity": "day",
    "spans": [shown("Friday")],
}
SHOWN_PLACE = {
    **shown("Minsk"),
    "name": "Minsk",
    "country": "BLR",
    "admin1": None,
    "lat": 53.9,
    "lon": 27.57,
    "geonameid": 625144,
    "precision": "city",
}
SHOWN_VISAS = {
    **shown("100 visas"),
    "value": 100,
    "low": None,
    "high": None,
    "of": "visa",
    "modifier": "exact",
}


def event(**fields: object) -> Event:
    refused = span("refused")
    return Event(
        event_id="evt-1",
        doc_id="doc-1",
        sentence=span(TEXT[2:]),
        event_type=Cited(EventType.REJECT, (refused,), "frames/reject.refuse#1"),
        factuality=Cited(Factuality.HAPPENED, (refused,), "factuality/plain"),
        confidence=0.87,
        rule="frames/reject.refuse#1",
        **fields,  # type: ignore[arg-type]
    )


def test_event_with_every_cell() -> None:
    full = event(
        mode=Cited("assist", (span("visas"),), "modes/1"),
        contexts=(Cited("diplomatic", (span("visas"),), "contexts/1"),),
        actors=(MINSK,),
        recipients=(KYIV,),
        historical=True,
        condition=span("On Friday"),
        attribution=(Source(party=KYIV, cue=span("said"), anonymous=False),),
        when=FRIDAY,
        where=(PLACE,),
        quantities=(VISAS,),
    )
    line = event_record(full, DOC, ontology=load_ontology(), story_id="sto-1")
    assert line == {
        "record": "event",
        "schema_version": 1,
        "event_id": "evt-1",
        "doc_id": "doc-1",
        "source_id": "r1",
        "story_id": "sto-1",
        "telling_id": None,
        "event_type": "REJECT",
        "mode": "assist",
        "contexts": ["diplomatic"],
        "quad": 3,
        "score": load_ontology().score("REJECT", "assist"),
        "cameo": "12",
        "trigger": shown("refused"),
        "sentence": shown(TEXT[2:]),
        "actors": [SHOWN_MINSK],
        "recipients": [SHOWN_KYIV],
        "factuality": "happened",
        "historical": True,
        "condition": shown("On Friday"),
        "attribution": [{**SHOWN_KYIV, "anonymous": False, "cue": shown("said")}],
        "when": SHOWN_FRIDAY,
        "where": [SHOWN_PLACE],
        "quantities": [SHOWN_VISAS],
        "confidence": 0.87,
        "rule": "frames/reject.refuse#1",
        "cells": [
            {
                "cell": "event_type",
                "value": "REJECT",
                "spans": [shown("refused")],
                "rule": "frames/reject.refuse#1",
            },
            {
                "cell": "mode",
                "value": "assist",
                "spans": [shown("visas")],
                "rule": "modes/1",
            },
            {
                "cell": "contexts",
                "value": "diplomatic",
                "spans": [shown("visas")],
                "rule": "contexts/1",
            },
            {
                "cell": "factuality",
                "value": "happened",
                "spans": [shown("refused")],
                "rule": "factuality/plain",
            },
        ],
    }


def test_absent_cells_are_null_or_empty() -> None:
    line = event_record(event(), DOC, ontology=load_ontology())
    absent = ("story_id", "mode", "condition", "when")
    empty = ("contexts", "actors", "recipients", "attribution", "where", "quantities")
    assert [line[key] for key in absent] == [None] * 4
    assert [line[key] for key in empty] == [[]] * 6
    assert line["score"] == load_ontology().score("REJECT", None)


def test_statement() -> None:
    statement = Statement(
        statement_id="stm-1",
        doc_id="doc-1",
        sentence=span(TEXT[2:]),
        speaker=KYIV,
        anonymous=False,
        cue=span("said"),
        act=Cited(Act.CLAIM, (span("said"),), "cues/say"),
        form=Form.INDIRECT,
        content=(span("Minsk refused"), span("100 visas")),
        addressee=MINSK,
        venue=span("On Friday"),
        when=FRIDAY,
        events=("evt-1",),
    )
    assert statement_record(statement, DOC) == {
        "record": "statement",
        "schema_version": 1,
        "statement_id": "stm-1",
        "doc_id": "doc-1",
        "source_id": "r1",
        "story_id": None,
        "speaker": {**SHOWN_KYIV, "anonymous": False},
        "cue": shown("said"),
        "act": "claim",
        "form": "indirect",
        "content": [shown("Minsk refused"), shown("100 visas")],
        "addressee": SHOWN_MINSK,
        "venue": shown("On Friday"),
        "when": SHOWN_FRIDAY,
        "events": ["evt-1"],
        "sentence": shown(TEXT[2:]),
        "rule": "cues/say",
    }


def test_time_with_and_without_a_value() -> None:
    timex = Timex(
        span=span("Friday"),
        sentence=0,
        type=TimexType.DATE,
        value="2022-01-28",
        start=dt.date(2022, 1, 28),
        end=dt.date(2022, 1, 28),
        granularity="day",
        rule="times/weekday",
    )
    assert time_record(timex, DOC) == {
        "record": "time",
        **LAYER,
        **shown("Friday"),
        "type": "DATE",
        "value": "2022-01-28",
        "from": "2022-01-28",
        "to": "2022-01-28",
        "granularity": "day",
        "rule": "times/weekday",
    }
    unresolved = Timex(
        span=span("Friday"),
        sentence=0,
        type=TimexType.DATE,
        value=None,
        start=None,
        end=None,
        granularity="day",
        rule="times/weekday",
    )
    line = time_record(unresolved, DOC)
    assert (line["value"], line["from"], line["to"]) == (None, None, None)


def test_other_layers() -> None:
    assert place_record(PLACE, DOC) == {
        "record": "place",
        **LAYER,
        **SHOWN_PLACE,
        "role": "actor",
        "basis": "gazetteer",
    }
    assert quantity_record(VISAS, DOC) == {"record": "quantity", **LAYER, **SHOWN_VISAS}
    entity = Entity(
        entity_id="BLR",
        name="Belarus",
        kind=NominalKind.COUNTRY,
        country="BLR",
        sectors=(),
        mentions=(span("Minsk"),),
    )
    assert entity_record(entity, DOC) == {
        "record": "entity",
        **LAYER,
        "entity_id": "BLR",
        "name": "Belarus",
        "kind": "country",
        "country": "BLR",
        "sectors": [],
        "mentions": [shown("Minsk")],
    }


def test_sentence_and_its_syntax() -> None:
    token = Token(2, 4, "On", "ADP", "IN", "on", 0, "root", "O")
    sentence = Sentence(span=span("On Friday"), paragraph=0, tokens=(token,))
    assert sentence_record(sentence, DOC) == {
        "record": "sentence",
        **LAYER,
        **shown("On Friday"),
    }
    assert syntax_record(sentence, DOC) == {
        "record": "syntax",
        **LAYER,
        "sentence": shown("On Friday"),
        "tokens": [
            {
                "start": 2,
                "end": 4,
                "text": "On",
                "upos": "ADP",
                "xpos": "IN",
                "lemma": "on",
                "head": 0,
                "deprel": "root",
                "name_tag": "O",
            }
        ],
    }
