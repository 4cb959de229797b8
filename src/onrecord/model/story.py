"""Reports that are one story, and reports that tell the same story anew."""

from enum import StrEnum

import msgspec

from onrecord.model.span import Span


class Relation(StrEnum):
    """How a report belongs to its story."""

    ORIGINAL = "original"
    EXACT = "exact"
    NEAR = "near"
    REWRITTEN = "rewritten"


class LinkKind(StrEnum):
    """How a report that is no copy depends on the original of another story.

    UPDATE: the same words with another number or name, or with new facts between them.
    CONTRADICTION: the same words, one of them turned into its opposite. CONTAINS: it
    has the other report inside and more beside. PARTLY: it is a copy, and some of its
    sentences come from the other report.
    """

    UPDATE = "update"
    CONTRADICTION = "contradiction"
    CONTAINS = "contains"
    PARTLY = "partly"


class Change(StrEnum):
    """What a departure of the words changes beyond the words."""

    NUMBER = "number"
    NEGATION = "negation"
    NAME = "name"
    MODALITY = "modality"
    TERM = "term"
    OPPOSITE = "opposite"


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """One report's place in its story; `of` is the report it copies."""

    doc_id: str
    story_id: str
    relation: Relation
    of: str | None
    similarity: float


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One story: its original report and how many reports carry it."""

    story_id: str
    original: str
    report_count: int


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A report that depends on the original of another story without being its copy."""

    doc_id: str
    of: str
    kind: LinkKind
    similarity: float


class Drift(msgspec.Struct, frozen=True, kw_only=True):
    """Where a copy's words depart; None on the side where nothing stands.

    `changes` says what is changed beyond the words.
    """

    original: Span | None
    copy: Span | None
    changes: tuple[Change, ...] = ()


class Aligned(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a copy and the sentences of the original it was made of."""

    copy: Span
    original: tuple[Span, ...]
    similarity: float
    drift: tuple[Drift, ...]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why a report is held for a copy, or linked.

    `covered` is the share of the copy that the original tells, `kept` the share of the
    original that the copy tells, `verbatim` the share of the copy's words that stand
    in the original as they are, `anchored` the share of its names and numbers, by
    weight, that the original has. The anchors are words of the copy that a rewriter
    leaves alone and the original has too. `added` are sentences that were made of none
    of the original.
    """

    covered: float
    kept: float
    verbatim: float
    anchored: float
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    quotations: tuple[Span, ...]
    sentences: tuple[Aligned, ...]
    added: tuple[Span, ...]
