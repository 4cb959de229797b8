"""Label Studio's JSON: tasks with predictions out, annotations of several people in."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from onrecord.model.judgement import Judgement, Shown, Unread


def write(shown: Iterable[Shown], stream: TextIO) -> int:
    """Write a task for each event; return how many."""
    raise NotImplementedError


def read(raw: bytes) -> Iterator[Judgement | Unread]:
    """Yield what each person said of each task; `position` counts tasks."""
    raise NotImplementedError


def label_config() -> str:
    """Return the labelling interface, as XML to paste into a project."""
    raise NotImplementedError
