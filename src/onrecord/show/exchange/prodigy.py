"""Prodigy's JSON lines: a sentence with its words marked, and codes to choose from.

Written for a recipe of blocks (`spans_manual` and `choice`); read as `prodigy db-out`
writes it, with the keys that Prodigy adds.
"""

from collections.abc import Iterable, Iterator
from typing import TextIO

from onrecord.model.judgement import Judgement, Shown, Unread


def write(shown: Iterable[Shown], stream: TextIO) -> int:
    """Write a task for each event; return how many."""
    raise NotImplementedError


def read(raw: bytes) -> Iterator[Judgement | Unread]:
    """Yield what was said in each line; a line that cannot be read is `Unread`."""
    raise NotImplementedError
