"""The cells of an event as the model gives it, each looked up in the report."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from onrecord.code.factuality import decide_factuality, find_status_words
from onrecord.code.roles import as_party
from onrecord.llm.answer import (
    Named,
    Raw,
    Said,
    There,
    Words,
    read_cell,
    read_item,
    read_list,
    read_optional,
)
from onrecord.llm.lookup import (
    NO_CODE,
    OWN_WORDS,
    REPEATED,
    TOO_MANY,
    Dropped,
    Refused,
    Text,
    dropping,
)
from onrecord.llm.pieces import SENTENCES_BEFORE, Piece
from onrecord.model.annotation import Place, Quantity
from onrecord.model.event import (
    EventType,
    Factuality,
    Party,
    Source,
    When,
    WhenBasis,
)
from onrecord.model.evidence import Cited
from onrecord.model.span import Span

ITEMS_A_CELL = 12  # parties of one role, links of a chain, places, numbers

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


def as_code(value: str, codes: type[Found]) -> Found:
    """Return the code that a value names; raise `Refused` where it names none."""
    try:
        return codes(value)  # type: ignore[call-arg]
    except ValueError:
        raise Refused(NO_CODE) from None


def find_parties(draft: Draft, cell: str) -> tuple[Party, ...]:
    """Return the parties of a role, each once."""
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


def find_source(draft: Draft, said: Said) -> Source:
    """Return a link of the chain; the event's own words are nobody's cue."""
    draft.text.check(said.sentence, draft.piece, before=SENTENCES_BEFORE)
    cue = draft.text.near(said.sentence, said.cue, draft.trigger)
    if cue.overlaps(draft.trigger):
        raise Refused(OWN_WORDS)
    nominal = draft.text.nominal(said.sentence, said.speaker, cue)
    return Source(party=as_party(nominal), cue=cue, anonymous=nominal.anonymous)


def find_factuality(
    draft: Draft, event_type: EventType, *, on_word: bool
) -> Cited[Factuality]:
    """Return the model's, else what our own cues say of the trigger."""
    with dropping(draft.dropped, "factuality"):
        cell = read_cell(draft.entry, "factuality", Words)
        value = as_code(cell.value, Factuality)
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


def find_mode(draft: Draft, event_type: EventType) -> Cited[str] | None:
    """Return the mode, if it is one of the type's."""
    with dropping(draft.dropped, "mode"):
        cell = read_optional(draft.entry, "mode", Words)
        if cell is None:
            return None
        if cell.value not in draft.text.kit.ontology.modes[event_type]:
            raise Refused(NO_CODE)
        return Cited(cell.value, (draft.cite(cell.words),), draft.rule)
    return None


def find_contexts(draft: Draft) -> tuple[Cited[str], ...]:
    """Return each context once, with the words that were quoted for it."""
    known = draft.text.kit.ontology.contexts

    def read(cell: Words) -> Cited[str]:
        if cell.value not in known:
            raise Refused(NO_CODE)
        return Cited(cell.value, (draft.cite(cell.words),), draft.rule)

    found: dict[str, Cited[str]] = {}
    for context in draft.items("contexts", Words, read):
        found.setdefault(context.value, context)
    return tuple(found.values())


def find_condition(draft: Draft) -> Span | None:
    """Return the words of the condition, if there is one."""
    with dropping(draft.dropped, "condition"):
        words = read_optional(draft.entry, "condition", str)
        return None if words is None else draft.cite(words)
    return None


def find_when(draft: Draft, factuality: Factuality) -> When | None:
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


def find_places(draft: Draft) -> tuple[Place, ...]:
    """Return the places that the quoted words name."""

    def read(there: There) -> tuple[Place, ...]:
        span = draft.text.there(there, draft.piece, draft.trigger)
        return draft.text.places(span)

    groups = draft.items("where", There, read)
    return tuple({p.span: p for group in groups for p in group}.values())


def find_quantities(draft: Draft) -> tuple[Quantity, ...]:
    """Return the numbers that the quoted words tell."""
    groups = draft.items(
        "numbers", str, lambda words: draft.text.quantities(draft.cite(words))
    )
    return tuple({q.span: q for group in groups for q in group}.values())
