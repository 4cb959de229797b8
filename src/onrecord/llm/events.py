"""An event as the model gives it -> an event whose every cell cites its words."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from onrecord.code.circumstances import is_historical
from onrecord.code.factuality import decide_factuality, find_status_words
from onrecord.code.roles import as_party
from onrecord.llm.answer import (
    Named,
    Raw,
    Said,
    There,
    Words,
    read_cell,
    read_entry,
    read_item,
    read_list,
    read_optional,
)
from onrecord.llm.lookup import (
    NO_CODE,
    OWN_WORDS,
    REPEATED,
    TOO_LONG,
    TOO_MANY,
    WHICH,
    Dropped,
    Refused,
    Text,
    dropping,
)
from onrecord.llm.pieces import SENTENCES_BEFORE, Piece
from onrecord.model.annotation import Place, Quantity
from onrecord.model.event import (
    Event,
    EventType,
    Factuality,
    Party,
    Source,
    When,
    WhenBasis,
    make_event_id,
)
from onrecord.model.evidence import Cited
from onrecord.model.span import Span

CONFIDENCE = 0.5  # a model tells no chance of being right that could be relied on
ITEMS_A_CELL = 12  # parties of one role, links of a chain, places, numbers
TRIGGER_WORDS = 8  # a trigger is a verb or noun with its particles, no clause

Form = TypeVar("Form")
Found = TypeVar("Found")


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Where an event's cells are looked up: near its trigger, in its sentence."""

    entry: Raw
    text: Text
    piece: Piece
    number: int
    trigger: Span
    rule: str
    dropped: Dropped

    def cite(self, words: str) -> Span:
        """Return where words stand in the event's own sentence."""
        return self.text.near(self.number, words, self.trigger)

    def items(
        self, cell: str, form: type[Form], read: Callable[[Form], Found]
    ) -> Iterator[Found]:
        """Yield what the items of a list come to; what does not pass is dropped."""
        raws = []
        with dropping(self.dropped, cell):
            raws = list(read_list(self.entry, cell))
        for at, raw in enumerate(raws):
            with dropping(self.dropped, cell):
                if at >= ITEMS_A_CELL:
                    raise Refused(TOO_MANY)
                yield read(read_item(raw, form))


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
    event_type = _code(read_cell(entry, "type", str), EventType)
    actors = _parties(draft, "actors")
    taken = {(p.span, p.entity_id) for p in actors}
    recipients = []
    for party in _parties(draft, "recipients"):
        if (party.span, party.entity_id) in taken:
            dropped["recipients", REPEATED] += 1
        else:
            recipients.append(party)
    chain = tuple(draft.items("by", Said, lambda said: _source(draft, said)))
    factuality = _factuality(draft, event_type, on_word=bool(chain))
    document = text.adoc.document
    when = _when(draft, factuality.value)
    return Event(
        event_id=make_event_id(
            document.doc_id, draft.trigger, event_type, actors, tuple(recipients)
        ),
        doc_id=document.doc_id,
        sentence=text.adoc.sentences[number].span,
        event_type=Cited(event_type, (draft.trigger,), rule),
        mode=_mode(draft, event_type),
        contexts=_contexts(draft),
        actors=actors,
        recipients=tuple(recipients),
        factuality=factuality,
        historical=is_historical(when, document.date),
        condition=_condition(draft),
        attribution=chain,
        when=when,
        where=_places(draft),
        quantities=_quantities(draft),
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


def _code(value: str, codes: type[Found]) -> Found:
    try:
        return codes(value)  # type: ignore[call-arg]
    except ValueError:
        raise Refused(NO_CODE) from None


def _parties(draft: Draft, cell: str) -> tuple[Party, ...]:
    found: dict[tuple[Span, str], Party] = {}
    groups = draft.items(
        cell,
        Named,
        lambda named: draft.text.parties(draft.number, named, draft.trigger),
    )
    for party in (party for group in groups for party in group):
        if (party.span, party.entity_id) in found:
            draft.dropped[cell, REPEATED] += 1
        found.setdefault((party.span, party.entity_id), party)
    return tuple(found.values())


def _source(draft: Draft, said: Said) -> Source:
    """Return a link of the chain; the event's own words are nobody's cue."""
    draft.text.check(said.sentence, draft.piece, before=SENTENCES_BEFORE)
    cue = draft.text.near(said.sentence, said.cue, draft.trigger)
    if cue.overlaps(draft.trigger):
        raise Refused(OWN_WORDS)
    nominal = draft.text.nominal(said.sentence, said.speaker, cue)
    return Source(party=as_party(nominal), cue=cue, anonymous=nominal.anonymous)


def _factuality(
    draft: Draft, event_type: EventType, *, on_word: bool
) -> Cited[Factuality]:
    """Return the model's, else what our own cues say of the trigger."""
    with dropping(draft.dropped, "factuality"):
        cell = read_cell(draft.entry, "factuality", Words)
        value = _code(cell.value, Factuality)
        return Cited(value, (draft.cite(cell.words),), draft.rule)
    sentence = draft.text.adoc.sentences[draft.number]
    head = draft.text.head(draft.number, draft.trigger)
    words = find_status_words(sentence, head, draft.text.kit.cues)
    return decide_factuality(
        words,
        (),
        trigger=draft.trigger,
        on_word=on_word,
        complement=None,
        complement_span=None,
        event_type=event_type,
    )


def _mode(draft: Draft, event_type: EventType) -> Cited[str] | None:
    with dropping(draft.dropped, "mode"):
        cell = read_optional(draft.entry, "mode", Words)
        if cell is None:
            return None
        if cell.value not in draft.text.kit.ontology.modes[event_type]:
            raise Refused(NO_CODE)
        return Cited(cell.value, (draft.cite(cell.words),), draft.rule)
    return None


def _contexts(draft: Draft) -> tuple[Cited[str], ...]:
    known = draft.text.kit.ontology.contexts

    def read(cell: Words) -> Cited[str]:
        if cell.value not in known:
            raise Refused(NO_CODE)
        return Cited(cell.value, (draft.cite(cell.words),), draft.rule)

    found: dict[str, Cited[str]] = {}
    for context in draft.items("contexts", Words, read):
        found.setdefault(context.value, context)
    return tuple(found.values())


def _condition(draft: Draft) -> Span | None:
    with dropping(draft.dropped, "condition"):
        words = read_optional(draft.entry, "condition", str)
        return None if words is None else draft.cite(words)
    return None


def _when(draft: Draft, factuality: Factuality) -> When | None:
    """Return the time; only what happened falls back on the report's date."""
    with dropping(draft.dropped, "when"):
        there = read_optional(draft.entry, "when", There)
        if there is not None:
            span = draft.text.there(there, draft.piece, draft.trigger)
            return draft.text.when(span)
    published = draft.text.adoc.document.date
    if published is None or factuality is not Factuality.HAPPENED:
        return None
    return When(
        start=published, end=published, basis=WhenBasis.PUBLICATION, granularity="day"
    )


def _places(draft: Draft) -> tuple[Place, ...]:
    def read(there: There) -> tuple[Place, ...]:
        span = draft.text.there(there, draft.piece, draft.trigger)
        return draft.text.places(span)

    groups = draft.items("where", There, read)
    return tuple({p.span: p for group in groups for p in group}.values())


def _quantities(draft: Draft) -> tuple[Quantity, ...]:
    groups = draft.items(
        "numbers", str, lambda words: draft.text.quantities(draft.cite(words))
    )
    return tuple({q.span: q for group in groups for q in group}.values())
