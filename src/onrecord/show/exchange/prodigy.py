"""Prodigy's JSON lines: a sentence with its words marked, and codes to choose from.

Written for a recipe of blocks (`spans_manual` and `choice`); read as `prodigy db-out`
writes it, with the keys that Prodigy adds.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

import msgspec

from onrecord.model.judgement import Answer, Judgement, Mark, Shown, Unread
from onrecord.show.exchange.tasks import (
    CODES,
    moment,
    plain,
    read_lines,
    shown_of_json,
)
from onrecord.show.visible import json_line
from onrecord.store.shown import marks_of

WORD = re.compile(r"\w+|[^\w\s]")
# How Prodigy names a session to which nobody gave a name: data set, then the time.
UNNAMED = re.compile(r"\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2}$")


class Span(msgspec.Struct, frozen=True):
    """A marked stretch of the text, by code points."""

    start: int
    end: int
    label: str


class Task(msgspec.Struct, frozen=True):
    """The keys of a line that are read; what else it has is left alone."""

    text: str
    answer: Answer
    spans: tuple[Span, ...] | None = None
    accept: tuple[str, ...] | None = None
    options: tuple[dict[str, Any], ...] | None = None
    meta: dict[str, Any] = {}
    onrecord: Any = None
    note: str | None = None
    annotator: str | None = msgspec.field(name="_annotator_id", default=None)
    session: str | None = msgspec.field(name="_session_id", default=None)
    timestamp: float | None = msgspec.field(name="_timestamp", default=None)


def write(shown: Iterable[Shown], stream: TextIO) -> int:
    """Write a task for each event; return how many."""
    count = 0
    for one in shown:
        stream.write(json_line(task_of(one)) + "\n")
        count += 1
    return count


def read(raw: bytes) -> Iterator[Judgement | Unread]:
    """Yield what was said in each line; a line that cannot be read is `Unread`."""
    yield from read_lines(raw, _judgement)


def task_of(shown: Shown) -> dict[str, Any]:
    """Return the task of an event.

    `options` are codes, of which `accept` are chosen as the coder has them. The key
    `onrecord` comes back as it is and says which event was shown.
    """
    text = shown.anchor.sentence
    tokens = _tokens(text)
    starts = {token["start"]: token["id"] for token in tokens}
    ends = {token["end"]: token["id"] for token in tokens}
    spans = [
        {
            "start": mark.start,
            "end": mark.end,
            "token_start": starts[mark.start],
            "token_end": ends[mark.end],
            "label": mark.label,
        }
        for mark in marks_of(shown)
        if mark.start in starts and mark.end in ends
    ]
    return {
        "text": text,
        "tokens": tokens,
        "spans": spans,
        "options": [
            {"id": f"{kind}:{value}", "text": f"{kind}: {value}"}
            for kind, values in CODES.items()
            for value in values
        ],
        "accept": [f"{kind}:{getattr(shown.cells, kind)}" for kind in CODES],
        "meta": {"event": shown.anchor.event_id, "report": shown.anchor.doc_id},
        "onrecord": {**plain(shown), "marked": [plain(m) for m in _unmarked(shown)]},
    }


def _judgement(position: int, line: Any) -> Judgement | None:
    if isinstance(line, dict) and "answer" not in line:
        raise ValueError("has no `answer`: export it with `prodigy db-out`")
    task = msgspec.convert(line, Task)
    ours = dict(task.onrecord) if isinstance(task.onrecord, dict) else {}
    unmarked = msgspec.convert(ours.pop("marked", []), tuple[Mark, ...])
    spans = task.spans or ()
    return Judgement(
        position=position,
        text=task.text,
        answer=task.answer,
        marks=(*(Mark(s.start, s.end, s.label) for s in spans), *unmarked),
        choices=tuple(_choice(option) for option in task.accept or ()),
        marked=task.spans is not None,
        chosen=frozenset(CODES) if task.accept is not None else frozenset(),
        shown=shown_of_json(ours or None),
        author=_author(task),
        made=moment(task.timestamp),
        note=task.note,
    )


def _choice(option: str) -> tuple[str, str]:
    kind, _, value = option.partition(":")
    if kind not in CODES:
        raise ValueError(f"{option!r} is none of the options that were written")
    return kind, value


def _author(task: Task) -> str | None:
    """Return who judged; a session that nobody named names nobody."""
    name = task.annotator or task.session
    return None if name is None or UNNAMED.search(name) else name


def _tokens(text: str) -> list[dict[str, Any]]:
    found = list(WORD.finditer(text))
    following = [*(match.start() for match in found[1:]), len(text)]
    return [
        {
            "text": match[0],
            "start": match.start(),
            "end": match.end(),
            "id": number,
            "ws": after > match.end(),
        }
        for number, (match, after) in enumerate(zip(found, following, strict=True))
    ]


def _unmarked(shown: Shown) -> list[Mark]:
    """Return the marks that do not begin and end with words, and cannot be shown."""
    tokens = _tokens(shown.anchor.sentence)
    starts = {token["start"] for token in tokens}
    ends = {token["end"] for token in tokens}
    return [m for m in marks_of(shown) if m.start not in starts or m.end not in ends]
