"""A coder that reads other words than that of `reports.py`, as a newer version does.

It has events for "saw" too, none where a text says NOMORE, and reads FAIL and fails
at SPOILT.
"""

from functools import partial

import msgspec

from onrecord.engine.run import Coder
from onrecord.engine.worker import Worker
from onrecord.model.document import Document
from onrecord.model.event import CodedDocument, Event, EventType, make_event_id
from onrecord.model.evidence import Cited
from onrecord.model.happening import make_telling_id
from onrecord.model.run import Versions
from onrecord.ontology import load_ontology
from tests.support import reports

NEWER = Versions(program="0.test", schema=1, lexicon="lex-2", model="mod-1")


def newer_coder(versions: Versions = NEWER) -> Coder:
    """Return the coder of this module."""
    return Coder(
        versions=versions, ontology=load_ontology(), make_worker=partial(make_worker)
    )


def make_worker() -> Worker:
    """Return the worker; picklable."""
    return code


def renaming_coder() -> Coder:
    """Return a coder that reads as that of `reports.py`, by rules of another name."""
    versions = msgspec.structs.replace(NEWER, model="other-1")
    return Coder(
        versions=versions,
        ontology=load_ontology(),
        make_worker=partial(make_renaming_worker),
    )


def make_renaming_worker() -> Worker:
    """Return the worker of `renaming_coder`; picklable."""
    return code_by_other_names


def code_by_other_names(document: Document) -> CodedDocument:
    """Code a report as `reports.py` does."""
    coded = reports.code(document)
    events = (
        msgspec.structs.replace(
            event,
            event_type=msgspec.structs.replace(event.event_type, rule="others"),
            rule="others",
        )
        for event in coded.events
    )
    return msgspec.structs.replace(coded, events=tuple(events))


def code(document: Document) -> CodedDocument:
    """Code a report by the rules of this module."""
    if "SPOILT" in document.text:
        raise ValueError("told to fail")
    text = document.text.replace("saw", "met").replace("FAIL", "fail")
    read = msgspec.structs.replace(document, text=text)
    coded = reports.code(read)
    events = () if "NOMORE" in text else map(_read_anew, coded.events)
    return msgspec.structs.replace(coded, document=document, events=tuple(events))


def _read_anew(event: Event) -> Event:
    """Return the event as another type, read by another rule."""
    event = msgspec.structs.replace(
        event,
        event_id=make_event_id(
            event.doc_id,
            event.trigger,
            EventType.AGREE,
            event.actors,
            event.recipients,
        ),
        event_type=Cited(EventType.AGREE, (event.trigger,), "frames/met#2"),
        rule="frames/met#2",
    )
    telling_id = make_telling_id(event, event.factuality.value)
    return msgspec.structs.replace(event, telling_id=telling_id)
