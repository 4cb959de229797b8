"""Label Studio's JSON: tasks with predictions out, annotations of several people in.

Places are code points. Older versions counted in UTF-16, so the words of a region say
which is meant.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import accumulate
from typing import Any, TextIO
from xml.sax.saxutils import quoteattr

import msgspec

from onrecord.model.judgement import (
    LABELS,
    Answer,
    Judgement,
    Mark,
    Shown,
    Unread,
)
from onrecord.ontology import load_ontology
from onrecord.show.exchange.tasks import (
    CODES,
    LONG_FILE,
    decode,
    one,
    plain,
    shown_of_json,
)
from onrecord.show.visible import json_line
from onrecord.store.shown import marks_of

VERDICT = ("accept", "reject")
MODEL = "onrecord"


class Region(msgspec.Struct, frozen=True):
    """One result: words with labels, or what was chosen or written for the text."""

    from_name: str
    type: str
    value: Mapping[str, Any] = {}


class Annotation(msgspec.Struct, frozen=True):
    """What one person said of a task."""

    result: tuple[Region, ...] = ()
    completed_by: Any = None
    was_cancelled: bool = False
    created_at: str | None = None
    updated_at: str | None = None


class Task(msgspec.Struct, frozen=True):
    """The keys of a task that are read."""

    data: Mapping[str, Any]
    annotations: tuple[Annotation, ...] = ()


def write(shown: Iterable[Shown], stream: TextIO) -> int:
    """Write a task for each event; return how many."""
    count = 0
    for event in shown:
        stream.write(("," if count else "[") + "\n" + json_line(task_of(event)))
        count += 1
    stream.write("\n]\n" if count else "[]\n")
    return count


def read(raw: bytes) -> Iterator[Judgement | Unread]:
    """Yield what each person said of each task; `position` counts tasks."""
    if len(raw) > LONG_FILE:
        reason = f"has {len(raw):,} bytes, at most {LONG_FILE:,} are read"
        yield Unread(position=1, reason=reason)
        return
    try:
        tasks = decode(raw)
    except (ValueError, RecursionError) as err:
        yield Unread(position=1, reason=str(err))
        return
    for position, given in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        yield from _read_task(position, given)


def _read_task(position: int, given: Any) -> Iterator[Judgement | Unread]:
    if isinstance(given, dict) and "data" not in given:
        reason = "has no `data`: export it from Label Studio as JSON, not as JSON-MIN"
        yield Unread(position=position, reason=reason)
        return
    try:
        task = msgspec.convert(given, Task)
    except (msgspec.ValidationError, RecursionError) as err:
        yield Unread(position=position, reason=str(err))
        return
    for annotation in task.annotations:
        yield from one(position, partial(_judgement, position, task, annotation))


def task_of(shown: Shown) -> dict[str, Any]:
    """Return the task of an event, with what the coder has as a prediction."""
    text = shown.anchor.sentence
    codes = [_choices(f"{kind}", [str(getattr(shown.cells, kind))]) for kind in CODES]
    if shown.cells.mode is not None:
        codes.append(_choices("mode", [shown.cells.mode]))
    if shown.cells.contexts:
        codes.append(_choices("context", list(shown.cells.contexts)))
    regions = [
        {
            "id": f"{mark.label}-{mark.start}-{mark.end}",
            "from_name": "words",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": mark.start,
                "end": mark.end,
                "text": text[mark.start : mark.end],
                "labels": [mark.label],
            },
        }
        for mark in marks_of(shown)
    ]
    return {
        "data": {
            "text": text,
            "event": shown.anchor.event_id,
            "report": shown.anchor.doc_id,
            "onrecord": plain(shown),
        },
        "predictions": [{"model_version": MODEL, "result": [*regions, *codes]}],
    }


def label_config() -> str:
    """Return the labelling interface, as XML to paste into a project."""
    ontology = load_ontology()
    modes = sorted({mode for names in ontology.modes.values() for mode in names})
    labels = "\n".join(f"    <Label value={quoteattr(name)}/>" for name in LABELS)
    return f"""<View>
  <Labels name="words" toName="text">
{labels}
  </Labels>
  <Text name="text" value="$text" granularity="word"/>
{_control("verdict", VERDICT, "single-radio")}
{_control("type", CODES["type"], "single")}
{_control("mode", modes, "single", layout="select")}
{_control("factuality", CODES["factuality"], "single")}
{_control("context", ontology.contexts, "multiple", layout="select")}
  <TextArea name="note" toName="text" rows="2" maxSubmissions="1"/>
</View>
"""


def _control(
    name: str, values: Iterable[str], choice: str, *, layout: str = "inline"
) -> str:
    inside = "\n".join(f"    <Choice value={quoteattr(value)}/>" for value in values)
    return (
        f'  <Header value="{name}"/>\n'
        f'  <Choices name="{name}" toName="text" choice="{choice}" layout="{layout}">\n'
        f"{inside}\n  </Choices>"
    )


def _choices(name: str, values: list[str]) -> dict[str, Any]:
    return {
        "id": f"{name}-choice",
        "from_name": name,
        "to_name": "text",
        "type": "choices",
        "value": {"choices": values},
    }


def _judgement(position: int, task: Task, said: Annotation) -> Judgement | None:
    text = task.data.get("text")
    if not isinstance(text, str):
        raise ValueError("its data has no `text`")
    choices = tuple(
        (region.from_name, value)
        for region in said.result
        if region.type == "choices"
        for value in _texts(region.value.get("choices"))
    )
    verdicts = {value for name, value in choices if name == "verdict"}
    offered = frozenset((*CODES, "mode", "context"))
    notes = [
        note
        for region in said.result
        if region.type == "textarea" and region.from_name == "note"
        for note in _texts(region.value.get("text"))
    ]
    return Judgement(
        position=position,
        text=text,
        answer=_answer(said, verdicts),
        marks=tuple(
            Mark(*_place(region.value, text), label)
            for region in said.result
            if region.type == "labels"
            for label in _texts(region.value.get("labels"))
        ),
        choices=tuple(c for c in choices if c[0] in offered),
        marked=True,
        chosen=offered,
        shown=shown_of_json(task.data.get("onrecord")),
        author=_author(said.completed_by),
        made=said.updated_at or said.created_at,
        note="\n".join(notes) or None,
    )


def _answer(said: Annotation, verdicts: set[str]) -> Answer:
    """Return the verdict; whoever submits without one accepts what is marked."""
    if said.was_cancelled:
        return Answer.IGNORE
    if len(verdicts) > 1:
        raise ValueError("more than one verdict is chosen")
    return Answer(next(iter(verdicts), Answer.ACCEPT))


def _author(completed_by: Any) -> str | None:
    """Return who annotated: an address, a name, or the number of the account."""
    if isinstance(completed_by, Mapping):
        names = (completed_by.get("first_name"), completed_by.get("last_name"))
        full = " ".join(name for name in names if isinstance(name, str) and name)
        found = completed_by.get("email") or full or completed_by.get("id")
    else:
        found = completed_by
    if isinstance(found, bool) or not isinstance(found, int | str):
        return None
    return f"label-studio-{found}" if isinstance(found, int) else found or None


def _place(value: Mapping[str, Any], text: str) -> tuple[int, int]:
    start, end, words = value.get("start"), value.get("end"), value.get("text")
    if not isinstance(start, int) or not isinstance(end, int):
        raise ValueError("a region has no places; mark words of the text")
    if words is None or text[start:end] == words:
        return start, end
    units = list(accumulate((1 + (ord(c) > 0xFFFF) for c in text), initial=0))
    if start in units and end in units:
        begun, ended = units.index(start), units.index(end)
        if text[begun:ended] == words:
            return begun, ended
    raise ValueError(f"a region says {words!r}, its places hold {text[start:end]!r}")


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    given = [value] if isinstance(value, str) else value
    return msgspec.convert(given, tuple[str, ...])
