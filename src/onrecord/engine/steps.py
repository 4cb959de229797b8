"""What the steps of a run share: progress, and batches by count and time."""

import time
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TypeVar

import msgspec

T = TypeVar("T")

FOUND_IN_REPORTS = (
    "events",
    "event_parties",
    "statements",
    "quantities",
    "codings",
    "profiles",
    "tellings",
    "corrected",
)


class Step(StrEnum):
    """The steps of a run that take time."""

    READ = "read"
    CODE = "code"


class Progress(msgspec.Struct, frozen=True, gc=False):
    """How far a step is; `total` is None when nobody knows it."""

    step: Step
    done: int
    total: int | None


Report = Callable[[Progress], None]


def batched(items: Iterable[T], *, size: int, seconds: float) -> Iterator[list[T]]:
    """Yield items in lists of `size`, or fewer when `seconds` have gone by.

    Where a batch ends decides when it is kept, never what is kept.
    """
    batch: list[T] = []
    began = time.monotonic()
    for item in items:
        batch.append(item)
        if len(batch) >= size or time.monotonic() - began >= seconds:
            yield batch
            batch = []
            began = time.monotonic()
    if batch:
        yield batch
