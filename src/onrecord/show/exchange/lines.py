"""Our own JSON lines: an event to be judged, a judgement, a correction.

{"record":"review", "event_id":…, "verdict":null, "fix":{}, "note":null, …}
{"record":"correction", …}      what `review list` writes
"""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, TextIO

import msgspec

from onrecord.model.correction import Anchor, Correction, ReviewCell, Verdict
from onrecord.model.judgement import Answer, CellValues, Judgement, Shown, Unread
from onrecord.show.exchange.tasks import plain, read_lines, shown_of_json
from onrecord.show.visible import json_line


class Line(msgspec.Struct, frozen=True):
    """The keys of a line that are read."""

    event_id: str | None = None
    verdict: Verdict | None = None
    fix: dict[str, Any] = {}
    note: str | None = None
    author: str | None = None
    made: str | None = None
    shown: Any = None
    record: Literal["review"] | None = None


class Bound(msgspec.Struct, frozen=True):
    """What a correction is bound to; of an accept or reject, all cells as shown."""

    anchor: Anchor
    cells: CellValues | None = None


class Made(msgspec.Struct, frozen=True):
    """A correction as a line."""

    verdict: Verdict
    author: str
    made: str
    shown: Bound
    correction_id: str | None = None
    cell: ReviewCell | None = None
    was: Any = None
    value: Any = None
    note: str | None = None


def write(shown: Iterable[Shown], stream: TextIO) -> int:
    """Write a line for each event, to be filled in; return how many."""
    count = 0
    for one in shown:
        line = {
            "record": "review",
            "event_id": one.anchor.event_id,
            "text": one.anchor.sentence,
            "cells": plain(one.cells),
            "verdict": None,
            "fix": {},
            "note": None,
            "author": None,
            "shown": plain(one),
        }
        stream.write(json_line(line) + "\n")
        count += 1
    return count


def read(raw: bytes) -> Iterator[Judgement | Unread]:
    """Yield what was said in each line; one without a verdict says nothing."""
    yield from read_lines(raw, _judgement)


def correction_line(correction: Correction) -> dict[str, Any]:
    """Return a correction as a line that `read` takes."""
    fix = correction.verdict is Verdict.FIX
    was = _value(correction.was)
    cells = None if fix else was
    return {
        "record": "correction",
        "correction_id": correction.correction_id,
        "verdict": correction.verdict.value,
        "cell": correction.cell.value if correction.cell else None,
        "was": was if fix else None,
        "value": _value(correction.value),
        "author": correction.author,
        "made": correction.made,
        "note": correction.note,
        "shown": {"anchor": plain(correction.anchor), "cells": cells},
    }


def _value(kept: str | None) -> Any:
    return None if kept is None else msgspec.json.decode(kept)


def _judgement(position: int, line: Any) -> Judgement | None:
    if isinstance(line, dict) and line.get("record") == "correction":
        return _correction(position, msgspec.convert(line, Made))
    given = msgspec.convert(line, Line)
    if given.verdict is None:
        if given.fix:
            raise ValueError("has a fix and no verdict; write the verdict `fix`")
        return None
    if given.verdict is Verdict.FIX and not given.fix:
        raise ValueError("says `fix`, but not of which cell")
    if given.verdict is not Verdict.FIX and given.fix:
        raise ValueError(f"says `{given.verdict}` and has a fix; write one of them")
    shown = shown_of_json(given.shown)
    rejects = given.verdict is Verdict.REJECT
    return Judgement(
        position=position,
        text=shown.anchor.sentence if shown else "",
        answer=Answer.REJECT if rejects else Answer.ACCEPT,
        fix=given.fix,
        shown=shown,
        event_id=given.event_id,
        author=given.author,
        made=given.made,
        note=given.note,
    )


def _correction(position: int, line: Made) -> Judgement:
    """Return a decision that was taken before, perhaps into another record."""
    fix = line.verdict is Verdict.FIX
    if fix != (line.cell is not None):
        raise ValueError("a fix has a cell, and nothing else has")
    kept = line.value if fix else None
    was = line.was if fix else line.shown.cells
    correction = Correction(
        correction_id=line.correction_id or "",
        verdict=line.verdict,
        anchor=line.shown.anchor,
        cell=line.cell,
        was=None if was is None else _kept(was),
        value=_kept(kept) if fix else None,
        author=line.author,
        made=line.made,
        note=line.note,
    )
    return Judgement(
        position=position,
        text=line.shown.anchor.sentence,
        answer=Answer.REJECT if line.verdict is Verdict.REJECT else Answer.ACCEPT,
        author=line.author,
        made=line.made,
        note=line.note,
        correction=correction,
    )


def _kept(value: Any) -> str:
    return msgspec.json.encode(value).decode()
