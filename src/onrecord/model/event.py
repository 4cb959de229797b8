"""Events and statements: who did, said or denied what to whom, on whose word."""

import datetime as dt
from enum import StrEnum

import msgspec

from onrecord.model.annotation import Act, Form, Place, Quantity
from onrecord.model.document import Document
from onrecord.model.evidence import Cited
from onrecord.model.ids import content_id
from onrecord.model.span import Span


class EventType(StrEnum):
    """PLOVER's 16 event types, in the order of the reader's scores."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Factuality(StrEnum):
    """Whether an event happened; CONTRACT's five values, in the reader's order."""

    HAPPENED = "happened"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    DENIED = "denied"


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One actor, recipient or speaker, with the words that name it.

    `basis` says how it was resolved (see `Nominal`); `antecedent` the words a pronoun
    or description stands for.
    """

    span: Span
    name: str
    entity_id: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    basis: str
    antecedent: Span | None = None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One link of an attribution chain: a party, its cue, and whether it is named."""

    party: Party
    cue: Span
    anonymous: bool


class WhenBasis(StrEnum):
    """Whether the time is said in the text or is the publication date."""

    TEXT = "text"
    PUBLICATION = "publication"


class When(msgspec.Struct, frozen=True, kw_only=True):
    """Inclusive days; `spans` are the words of time, none with the publication date."""

    start: dt.date
    end: dt.date
    basis: WhenBasis
    granularity: str
    spans: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.start} to {self.end} runs backwards")
        if self.basis is WhenBasis.TEXT and not self.spans:
            raise ValueError("a time said in the text cites no words")


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Who did what to whom; every filled cell cites its words.

    Mentions of one happening in a report, told as happened, as ahead or as not so,
    share their `telling_id`.
    """

    event_id: str
    doc_id: str
    telling_id: str | None = None
    sentence: Span
    event_type: Cited[EventType]
    mode: Cited[str] | None = None
    contexts: tuple[Cited[str], ...] = ()
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    factuality: Cited[Factuality]
    historical: bool = False
    condition: Span | None = None
    attribution: tuple[Source, ...] = ()
    when: When | None = None
    where: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    confidence: float
    rule: str

    @property
    def trigger(self) -> Span:
        """Return the words that call up the event."""
        return self.event_type.spans[0]


def make_event_id(
    doc_id: str,
    trigger: Span,
    event_type: EventType,
    actors: tuple[Party, ...],
    recipients: tuple[Party, ...],
) -> str:
    """Return an event's id: report, trigger, type and roles."""
    roles = [f"a{p.span.start}:{p.span.end}" for p in actors]
    roles += [f"r{p.span.start}:{p.span.end}" for p in recipients]
    return content_id("evt", doc_id, trigger.start, trigger.end, event_type, *roles)


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """Who said what, how, to whom; `events` are those its content holds."""

    statement_id: str
    doc_id: str
    sentence: Span
    speaker: Party
    anonymous: bool
    cue: Span
    act: Cited[Act]
    form: Form
    content: tuple[Span, ...]
    addressee: Party | None = None
    venue: Span | None = None
    when: When | None = None
    events: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("a statement without content")


def make_statement_id(doc_id: str, cue: Span, speaker: Span) -> str:
    """Return a statement's id: report, cue and speaker."""
    return content_id("stm", doc_id, cue.start, cue.end, speaker.start, speaker.end)


class CodedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its events, statements and quantities."""

    document: Document
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    quantities: tuple[Quantity, ...] = ()
