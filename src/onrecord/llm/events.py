"""An event as the model gives it -> an event whose every cell cites its words."""

import msgspec

from onrecord.code.circumstances import is_historical
from onrecord.llm.answer import Raw, Said, read_cell, read_entry, read_optional
from onrecord.llm.cells import (
    Draft,
    as_code,
    find_condition,
    find_contexts,
    find_factuality,
    find_mode,
    find_parties,
    find_places,
    find_quantities,
    find_source,
    find_when,
)
from onrecord.llm.lookup import REPEATED, TOO_LONG, WHICH, Dropped, Refused, Text
from onrecord.llm.pieces import Piece
from onrecord.model.event import Event, EventType, make_event_id
from onrecord.model.evidence import Cited
from onrecord.model.span import Span

CONFIDENCE = 0.5  # a model tells no chance of being right that could be relied on
TRIGGER_WORDS = 8  # a trigger is a verb or noun with its particles, no clause


def make_event(
    raw: msgspec.Raw, *, text: Text, piece: Piece, rule: str, dropped: Dropped
) -> Event:
    """Return the event; raise `Malformed` or `Refused` where it has no words or code.

    A cell that does not pass is left out and counted in `dropped`.
    """
    entry = read_entry(raw)
    number = read_cell(entry, "sentence", int)
    text.check(number, piece)
    draft = Draft(
        entry=entry,
        text=text,
        piece=piece,
        number=number,
        trigger=_find_trigger(entry, text, number),
        rule=rule,
        dropped=dropped,
    )
    event_type = as_code(read_cell(entry, "type", str), EventType)
    actors = find_parties(draft, "actors")
    taken = {(p.span, p.entity_id) for p in actors}
    recipients = []
    for party in find_parties(draft, "recipients"):
        if (party.span, party.entity_id) in taken:
            dropped["recipients", REPEATED] += 1
        else:
            recipients.append(party)
    chain = tuple(draft.items("by", Said, lambda said: find_source(draft, said)))
    factuality = find_factuality(draft, event_type, on_word=bool(chain))
    document = text.adoc.document
    when = find_when(draft, factuality.value)
    return Event(
        event_id=make_event_id(
            document.doc_id, draft.trigger, event_type, actors, tuple(recipients)
        ),
        doc_id=document.doc_id,
        sentence=text.adoc.sentences[number].span,
        event_type=Cited(event_type, (draft.trigger,), rule),
        mode=find_mode(draft, event_type),
        contexts=find_contexts(draft),
        actors=actors,
        recipients=tuple(recipients),
        factuality=factuality,
        historical=is_historical(when, document.date),
        condition=find_condition(draft),
        attribution=chain,
        when=when,
        where=find_places(draft),
        quantities=find_quantities(draft),
        confidence=CONFIDENCE,
        rule=rule,
    )


def _find_trigger(entry: Raw, text: Text, number: int) -> Span:
    words = read_cell(entry, "trigger", str)
    spans = text.find(number, words)
    if len(words.split()) > TRIGGER_WORDS:
        raise Refused(TOO_LONG)
    if len(spans) == 1:
        return spans[0]
    nth = read_optional(entry, "nth", int)
    if nth is None or not 1 <= nth <= len(spans):
        raise Refused(WHICH)
    return spans[nth - 1]
