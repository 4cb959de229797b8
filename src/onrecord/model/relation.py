"""The relation between two given spans: what `onrecord relate` takes and gives."""

from collections.abc import Mapping

import msgspec

from onrecord.model.event import EventType, Factuality
from onrecord.model.span import Span


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two spans of a text; a party that the text does not name is None."""

    id: str | int
    text: str
    actor: Span | None = None
    recipient: Span | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("the text is empty")
        for role, span in (("actor", self.actor), ("recipient", self.recipient)):
            if span is not None and span.end > len(self.text):
                raise ValueError(
                    f"the {role} {span.start}:{span.end} does not lie in the text"
                    f" of {len(self.text)} characters"
                )
        if self.actor is not None and self.actor == self.recipient:
            raise ValueError("actor and recipient are the same words")


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """What the first of two spans does to the second; `scores` add up to 1.

    `trigger` is the word that calls up the act.
    """

    id: str | int
    event_type: EventType
    quad: int
    scores: Mapping[EventType, float]
    factuality: Factuality
    trigger: Span
