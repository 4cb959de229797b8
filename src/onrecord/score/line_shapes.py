"""The shapes of lines that are compared; other keys of a line are left alone."""

from typing import Any

import msgspec

from onrecord.model.annotation import Act as SpeechAct
from onrecord.model.annotation import Form
from onrecord.model.correction import Verdict
from onrecord.model.event import EventType, Factuality, WhenBasis
from onrecord.model.span import Span


class Words(msgspec.Struct, frozen=True):
    """A span with its words."""

    start: int
    end: int
    text: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}:{self.end} is empty or reversed")

    @property
    def span(self) -> Span:
        """Return the span alone."""
        return Span(self.start, self.end)


class PartyLine(msgspec.Struct, frozen=True, kw_only=True):
    """A party of a line."""

    text: str | None = None
    name: str | None = None
    country: str | None = None


class SpeakerLine(PartyLine, frozen=True, kw_only=True):
    """A speaker, whose words may be missing."""

    start: int | None = None
    end: int | None = None


class WhenLine(
    msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}
):
    """Inclusive days, and whether the text says them."""

    start: Any = None
    end: Any = None
    basis: WhenBasis = WhenBasis.TEXT


class PlaceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A place of an event."""

    text: str | None = None
    name: str | None = None


class NumberLine(msgspec.Struct, frozen=True, kw_only=True):
    """A number of an event."""

    value: float | None = None


class EventLine(msgspec.Struct, frozen=True, kw_only=True):
    """An event; a cell that is left out was not annotated.

    `verdict` is what a reviewer said of it; a rejected one is no event.
    """

    trigger: Words
    event_type: EventType
    sentence: Words | None = None
    factuality: Factuality | None = None
    actors: tuple[PartyLine, ...] | None = None
    recipients: tuple[PartyLine, ...] | None = None
    attribution: tuple[PartyLine, ...] | None = None
    when: WhenLine | msgspec.UnsetType | None = msgspec.UNSET
    where: tuple[PlaceLine, ...] | None = None
    quantities: tuple[NumberLine, ...] | None = None
    unsure: bool = False
    verdict: Verdict | None = None


class StatementLine(msgspec.Struct, frozen=True, kw_only=True):
    """A statement."""

    cue: Words
    speaker: SpeakerLine | None = None
    act: SpeechAct | None = None
    form: Form | None = None
    content: tuple[Words, ...] | None = None
    sentence: Words | None = None
    unsure: bool = False


class MarkedLine(Words, frozen=True, kw_only=True):
    """A time, place, quantity or sentence."""

    value: str | float | None = None
    lat: float | None = None
    lon: float | None = None
    name: str | None = None
    country: str | None = None
    page: str | None = None
    precision: str | None = None


class PairLine(msgspec.Struct, frozen=True, kw_only=True):
    """The relation of two spans, as gold or as `relate` gives it."""

    event_type: str | None = None
    gold_root: str | None = None
    quad: int | None = None


class CopyLine(msgspec.Struct, frozen=True, kw_only=True):
    """A report's place in its story."""

    story_id: str
    relation: str | None = None
