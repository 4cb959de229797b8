"""Reports, and a coder that needs no model, for tests of the store and the engine.

The coder finds one event for each word "met", one statement for each "said" and one
quantity for each number. What a text orders is done: FAIL raises, DIE ends the
process, HANG never returns and lets no other thread run, STOP stops the process, EAT
asks for ever more memory.
"""

import datetime as dt
import os
import re
import signal
import time
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from onrecord.engine.run import Coder
from onrecord.engine.worker import Worker
from onrecord.model.annotation import (
    Act,
    Form,
    Modifier,
    Place,
    PlaceRole,
    Precision,
    Quantity,
)
from onrecord.model.document import DateBasis, Document, make_doc_id
from onrecord.model.event import (
    CodedDocument,
    Event,
    EventType,
    Factuality,
    Party,
    Source,
    Statement,
    When,
    WhenBasis,
    make_event_id,
    make_statement_id,
)
from onrecord.model.evidence import Cited
from onrecord.model.happening import make_telling_id
from onrecord.model.run import Versions
from onrecord.model.span import Span
from onrecord.ontology import load_ontology
from onrecord.store.query import connect, rows

VERSIONS = Versions(program="0.test", schema=1, lexicon="lex-1", model="mod-1")
CLOCKED = frozenset({"started", "finished", "resumed", "table_versions"})


def report(
    text: str,
    *,
    date: dt.date | None = dt.date(2022, 1, 29),
    outlet: str | None = "Gazette",
    position: str | None = "line 1",
) -> Document:
    """Return a report whose source id is made of its id."""
    doc_id = make_doc_id(text, date, outlet)
    return Document(
        doc_id=doc_id,
        source_id=f"src-{doc_id[-6:]}",
        text=text,
        date=date,
        date_basis=DateBasis.GIVEN if date else DateBasis.UNKNOWN,
        outlet=outlet,
        file="reports.jsonl",
        position=position,
    )


def coder(versions: Versions = VERSIONS, *, seconds: float = 0.0) -> Coder:
    """Return the coder of this module; it takes `seconds` for each report."""
    return Coder(
        versions=versions,
        ontology=load_ontology(),
        make_worker=partial(make_worker, seconds),
    )


def make_worker(seconds: float = 0.0) -> Worker:
    """Return the worker; picklable, so that spawned processes can make it."""
    return partial(code, seconds=seconds)


def code(document: Document, *, seconds: float = 0.0) -> CodedDocument:
    """Code a report by the rules of this module."""
    time.sleep(seconds)
    text = document.text
    if "FAIL" in text:
        raise ValueError("told to fail")
    if "DIE" in text:
        os._exit(9)
    if "HANG" in text:
        re.match(r"(a+)+$", "a" * 64 + "b")
    if "STOP" in text:
        os.kill(os.getpid(), signal.SIGSTOP)
    if "EAT" in text:
        eaten = []
        while True:
            eaten.append(bytearray(2**24))
    return CodedDocument(
        document=document,
        events=tuple(_event(document, m) for m in re.finditer(r"\bmet\b", text)),
        statements=tuple(
            _statement(document, m) for m in re.finditer(r"\bsaid\b", text)
        ),
        quantities=tuple(_quantity(m) for m in re.finditer(r"\d+", text)),
    )


def snapshot(record: Path, *, as_of: str | None = None) -> dict[str, list[Any]]:
    """Return the rows of every table, sorted, without columns that hold a clock."""
    connection = connect(record, as_of=as_of)
    tables = [row["name"] for row in rows(connection, "SHOW TABLES")]
    return {
        table: sorted(
            (
                {k: v for k, v in row.items() if table != "runs" or k not in CLOCKED}
                for row in rows(connection, f"SELECT * FROM {table}")
            ),
            key=repr,
        )
        for table in tables
    }


def _party(span: Span, text: str, *, country: str | None) -> Party:
    name = span.of(text)
    return Party(
        span=span,
        name=name,
        entity_id=f"ent-{name}",
        country=country,
        sectors=("GOV",),
        basis="words",
    )


def _event(document: Document, found: re.Match[str]) -> Event:
    event = _mention(document, found)
    telling_id = make_telling_id(event, event.factuality.value)
    return msgspec.structs.replace(event, telling_id=telling_id)


def _mention(document: Document, found: re.Match[str]) -> Event:
    text = document.text
    trigger = Span(*found.span())
    actors = (_party(Span(0, 1), text, country="USA"),)
    recipients = (_party(trigger, text, country=None),)
    negated = "not" in text
    return Event(
        event_id=make_event_id(
            document.doc_id, trigger, EventType.CONSULT, actors, recipients
        ),
        doc_id=document.doc_id,
        sentence=Span(0, len(text)),
        event_type=Cited(EventType.CONSULT, (trigger,), "frames/met#1"),
        contexts=(Cited("diplomatic", (trigger,), "contexts/1"),),
        actors=actors,
        recipients=recipients,
        factuality=Cited(
            Factuality.NEGATED if negated else Factuality.HAPPENED, (trigger,), "f/1"
        ),
        condition=trigger if negated else None,
        attribution=(Source(party=actors[0], cue=trigger, anonymous=False),)
        if "said" in text
        else (),
        when=When(
            start=document.date,
            end=document.date,
            basis=WhenBasis.PUBLICATION,
            granularity="day",
        )
        if document.date
        else None,
        where=(
            Place(
                span=trigger,
                sentence=0,
                name="Minsk",
                precision=Precision.CITY,
                role=PlaceRole.PLACE,
                country="BLR",
                lat=53.9,
                lon=27.57,
                geonameid=625144,
                basis="gazetteer",
            ),
        ),
        quantities=(),
        confidence=0.75,
        rule="frames/met#1",
    )


def _statement(document: Document, found: re.Match[str]) -> Statement:
    text = document.text
    cue = Span(*found.span())
    speaker = _party(Span(0, 1), text, country="USA")
    return Statement(
        statement_id=make_statement_id(document.doc_id, cue, speaker.span),
        doc_id=document.doc_id,
        sentence=Span(0, len(text)),
        speaker=speaker,
        anonymous=False,
        cue=cue,
        act=Cited(Act.SAY, (cue,), "cues/say"),
        form=Form.INDIRECT,
        content=(Span(0, len(text)),),
    )


def _quantity(found: re.Match[str]) -> Quantity:
    return Quantity(
        span=Span(*found.span()),
        sentence=0,
        value=float(found.group()),
        modifier=Modifier.EXACT,
    )
