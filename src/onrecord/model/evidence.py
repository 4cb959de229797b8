"""A cell: a value, the words it rests on, and the rule that read them."""

from typing import Generic, TypeVar

import msgspec

from onrecord.model.span import Span

T = TypeVar("T")


class Cited(msgspec.Struct, Generic[T], frozen=True):
    """One cell of an event; without words it cannot be made."""

    value: T
    spans: tuple[Span, ...]
    rule: str

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError(f"{self.value!r} cites no words (rule {self.rule})")
