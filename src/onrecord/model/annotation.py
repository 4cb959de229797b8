"""The layers that stand beside a report's untouched text.

Token, Sentence            words, syntax and names, with what the reader proposes
Nominal                    one noun phrase or pronoun and who it names
Timex, Place, Quantity     when, where, how many
Attribution                on whose word: speaker, cue, content
Entity                     all mentions of one thing in a report
AnnotatedDocument          a report with all of these
"""

import datetime as dt
from enum import StrEnum

import msgspec

from onrecord.model.document import Document
from onrecord.model.span import Span


class TriggerScore(msgspec.Struct, frozen=True, gc=False):
    """What the reader's event heads say of one word.

    `token` is 0-based in the sentence. `type_scores` are 17 softmax values: no event,
    then the 16 types in the order of `EventType`. `factuality_scores` follow the order
    of `Factuality`. Parties are (token, sigmoid score) of their head words.
    """

    token: int
    type_scores: tuple[float, ...]
    factuality_scores: tuple[float, ...]
    actors: tuple[tuple[int, float], ...] = ()
    recipients: tuple[tuple[int, float], ...] = ()
    by: tuple[tuple[int, float], ...] = ()


class CueScore(msgspec.Struct, frozen=True, gc=False):
    """What the reader's statement heads say of one word as the cue of a statement.

    `act_scores` follow the order of `Act`, `form_scores` that of `Form`.
    """

    token: int
    score: float
    act_scores: tuple[float, ...]
    form_scores: tuple[float, ...]
    speakers: tuple[tuple[int, float], ...] = ()


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word with its Universal Dependencies v2 analysis.

    `head` is 1-based in the sentence, 0 for the root. `name_tag` is O, or B-/I- with
    PER, LOC or ORG.
    """

    start: int
    end: int
    text: str
    upos: str
    xpos: str
    lemma: str
    head: int
    deprel: str
    name_tag: str

    @property
    def span(self) -> Span:
        """Return the word's range."""
        return Span(self.start, self.end)


class Sentence(msgspec.Struct, frozen=True):
    """One sentence: its range, paragraph (0-based), words, and the reader's proposals.

    `children` are each word's dependents, 0-based; they are derived from the heads
    once, because every stage walks the tree.
    """

    span: Span
    paragraph: int
    tokens: tuple[Token, ...]
    triggers: tuple[TriggerScore, ...] = ()
    cues: tuple[CueScore, ...] = ()
    children: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "children", _children(self.tokens))


def _children(tokens: tuple[Token, ...]) -> tuple[tuple[int, ...], ...]:
    found: list[list[int]] = [[] for _ in tokens]
    for i, token in enumerate(tokens):
        if 0 < token.head <= len(tokens) and token.head - 1 != i:
            found[token.head - 1].append(i)
    return tuple(tuple(c) for c in found)


class NominalKind(StrEnum):
    """What a noun phrase names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    GROUP = "group"
    PLACE = "place"
    OTHER = "other"


class Nominal(msgspec.Struct, frozen=True, kw_only=True):
    """One noun phrase or pronoun and, as far as known, whom it names.

    `head` is the 0-based token of its head in sentence number `sentence`; `span` is the
    phrase without relative clauses, appositions and other conjuncts. `country` is ISO
    3166 alpha-3 (KOS for Kosovo) or PLOVER's IGO UNO EUR NGO ISM IMG MNC; `sectors` are
    PLOVER's. `basis` says how it was resolved: `lexicon`, `agent` (a role noun such as
    "troops"), `modifier` (nationality from an adjective or possessor), `apposition`,
    `surname`, `coreference`, or `words` (nothing but the words is known).
    `antecedent` is the span that a pronoun or description was resolved to.
    """

    sentence: int
    head: int
    span: Span
    kind: NominalKind
    name: str
    entity_id: str
    basis: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    anonymous: bool = False
    pronoun: bool = False
    antecedent: Span | None = None


class TimexType(StrEnum):
    """TIMEX3's four types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Timex(msgspec.Struct, frozen=True, kw_only=True):
    """Words of time; `value` as in TIMEX3, `start`/`end` inclusive days when resolved.

    `granularity` is hour, day, week, month, season, quarter, year, decade or century.
    """

    span: Span
    sentence: int
    type: TimexType
    value: str | None
    start: dt.date | None
    end: dt.date | None
    granularity: str
    rule: str


class Precision(StrEnum):
    """How exactly a place is known; a country or a sea has no point of its own."""

    POINT = "point"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    WATER = "water"


class PlaceRole(StrEnum):
    """Whether a place name stands for a place or for who rules there."""

    PLACE = "place"
    ACTOR = "actor"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place named in the report. Degrees are WGS 84; absent when not known."""

    span: Span
    sentence: int
    name: str
    precision: Precision
    role: PlaceRole
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    basis: str


class Modifier(StrEnum):
    """How a number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A number, with bounds where it is a range, and what it counts (a lemma)."""

    span: Span
    sentence: int
    value: float
    low: float | None = None
    high: float | None = None
    of: str | None = None
    modifier: Modifier


class Act(StrEnum):
    """The speech act of a statement."""

    SAY = "say"
    CLAIM = "claim"
    DENY = "deny"
    WARN = "warn"
    DEMAND = "demand"
    PROMISE = "promise"
    PROPOSE = "propose"
    REJECT = "reject"
    ACCEPT = "accept"
    ACCUSE = "accuse"
    PRAISE = "praise"
    ASK = "ask"
    CONFIRM = "confirm"
    ANNOUNCE = "announce"
    REPORT = "report"


class Form(StrEnum):
    """How the content of a statement is given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """On whose word something stands.

    `cue_token` is the cue's head in sentence number `sentence`. `content` may run over
    several sentences; spans are in text order. `rule` names the cue entry or head.
    """

    sentence: int
    cue_token: int
    cue: Span
    speaker: Nominal
    content: tuple[Span, ...]
    act: Act
    form: Form
    rule: str
    venue: Span | None = None
    addressee: Nominal | None = None

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError(f"an attribution without content (rule {self.rule})")


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """All mentions of one thing in a report."""

    entity_id: str
    name: str
    kind: NominalKind
    country: str | None
    sectors: tuple[str, ...]
    mentions: tuple[Span, ...]


class AnnotatedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its layers; all spans lie in `document.text`."""

    document: Document
    sentences: tuple[Sentence, ...]
    nominals: tuple[Nominal, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[Timex, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
