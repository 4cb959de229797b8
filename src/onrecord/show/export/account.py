"""What an export is told to do, and what came of it: parts that sum."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

Row = Mapping[str, Any]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to write. `unreal` writes what did not happen as if it had, where a format
    cannot tell; `texts` adds the text of each report.
    """

    header: bool = True
    unreal: bool = False
    texts: bool = False
    happenings: bool = False
    program: str


class Tally:
    """Counts while an export is written; `events` + `left_out` = those it was given.

    `rows` may be more than `events`, where a format has a row a pair of parties, or
    fewer, where it adds them up.
    """

    def __init__(self) -> None:
        self.events = 0
        self.rows = 0
        self.left_out: Counter[str] = Counter()
        self.remarks: Counter[str] = Counter()

    def wrote(self, rows: int = 1) -> None:
        """Count an event that went into `rows` rows."""
        self.events += 1
        self.rows += rows

    def leave(self, reason: str, events: int = 1) -> None:
        """Count events that are not written."""
        self.left_out[reason] += events

    def remark(self, what: str, events: int = 1) -> None:
        """Count events that are written, but lack something."""
        self.remarks[what] += events


def sort_out(
    made: Iterable[list[tuple[object, ...]] | str], tally: Tally
) -> Iterator[tuple[object, ...]]:
    """Yield the rows made of events; what was made of one may be why it has none."""
    for rows in made:
        if isinstance(rows, str):
            tally.leave(rows)
            continue
        tally.wrote(len(rows))
        yield from rows
