"""What is shown of an event to a reviewer, and what comes back.

Shown        an event as words and values, with its anchor
Judgement    what somebody said of it, in whichever tool
*Value       the shapes in which a fix says what a cell should say
"""

import datetime as dt
from enum import StrEnum
from typing import Any

import msgspec

from onrecord.model.annotation import Modifier, Precision
from onrecord.model.correction import Anchor, Correction, Words
from onrecord.model.event import EventType, Factuality

# Labels that words of a sentence can bear, in every tool.
LABELS = (
    "trigger",
    "actor",
    "recipient",
    "by",
    "cue",
    "when",
    "where",
    "quantity",
    "condition",
)
MarkedWords = Words | str  # a text alone means its first occurrence in the sentence


class PartyValue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An actor or recipient, with the words that name it."""

    words: MarkedWords
    name: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    entity_id: str | None = None


class SourceValue(PartyValue, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One link of a chain of whose word it is; the cue are words such as "said"."""

    anonymous: bool = False
    cue: MarkedWords | None = None


class WhenValue(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"start": "from", "end": "to"},
):
    """Inclusive days."""

    start: dt.date
    end: dt.date
    granularity: str = "day"
    words: tuple[MarkedWords, ...] = ()


class PlaceValue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place, with the words that name it."""

    words: MarkedWords
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    precision: Precision | None = None


class QuantityValue(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """A number, with the words that give it and what it counts."""

    words: MarkedWords
    value: float
    low: float | None = None
    high: float | None = None
    of: str | None = None
    modifier: Modifier = Modifier.EXACT


class ConditionValue(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """The words of a condition."""

    words: MarkedWords


class CodeValue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code with the words that a reviewer marked for it."""

    value: Any
    words: tuple[MarkedWords, ...] = ()


class CellValues(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All cells of an event. What stands for nothing is null or []."""

    type: EventType
    factuality: Factuality
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[PartyValue, ...] = ()
    recipients: tuple[PartyValue, ...] = ()
    by: tuple[SourceValue, ...] = ()
    when: WhenValue | None = None
    where: tuple[PlaceValue, ...] = ()
    quantities: tuple[QuantityValue, ...] = ()
    condition: ConditionValue | None = None


class Shown(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event as a reviewer sees it."""

    anchor: Anchor
    cells: CellValues


class Mark(msgspec.Struct, frozen=True, order=True):
    """Words of a text by code points, with what they stand for."""

    start: int
    end: int
    label: str


class Answer(StrEnum):
    """What a reviewer said in a tool: yes, no, or nothing."""

    ACCEPT = "accept"
    REJECT = "reject"
    IGNORE = "ignore"


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What one person said of one task, in the tool's own terms.

    `position` is where it stands in its file, from 1. `marks` lie in `text`, by code
    points; `choices` are what was chosen, `(kind, value)` such as ("type", "ASSAULT").
    `marked` and `chosen` tell whether the tool lets one change marks, and which kinds
    of choice it offers: what it does not offer says nothing. `fix` are cells as JSON
    that were given as such. `shown` is None for a task that we did not write.
    """

    position: int
    text: str
    answer: Answer
    marks: tuple[Mark, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    marked: bool = False
    chosen: frozenset[str] = frozenset()
    fix: dict[str, Any] = {}
    shown: Shown | None = None
    event_id: str | None = None
    correction: Correction | None = None
    author: str | None = None
    made: str | None = None
    note: str | None = None


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A line or task of a file that cannot be taken, and why."""

    position: int
    reason: str
