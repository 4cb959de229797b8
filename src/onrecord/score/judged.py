"""Make gold of what people said in annotation tools.

A task of ours shows one event of one sentence, so gold was asked at the words of its
trigger only. Another task was asked about all of its text; there a label may be an
event type, or one event may be marked with `trigger` and its parties. Of two
judgements of the same words the later one counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from onrecord.model.event import EventType
from onrecord.model.judgement import (
    Answer,
    CellValues,
    Judgement,
    Mark,
    MarkedWords,
    PartyValue,
    WhenValue,
)
from onrecord.model.span import Span
from onrecord.score.problems import Problems
from onrecord.score.shapes import Act, Report, Who
from onrecord.score.words import make_place, make_who

T = TypeVar("T")

TYPES = frozenset(EventType)
ROLES = {"actors": "actor", "recipients": "recipient", "by": "by"}
TRIGGER = "trigger"

# Report's ids and text, or where its sentences begin as far as they are known.
Sentences = Mapping[str, Sequence[int]]


class Known(msgspec.Struct, frozen=True):
    """A report in which tasks are looked for; its text, or else some sentences."""

    keys: tuple[str, ...]
    text: str | None
    sentences: Sentences = {}


class Judged(msgspec.Struct, frozen=True):
    """One task, placed: where gold was asked, and the events that are there."""

    where: tuple[Span, ...]
    events: tuple[Act, ...]


def place_judgements(
    judgements: Iterable[Judgement], known: Sequence[Known], problems: Problems
) -> tuple[Report, ...]:
    """Return one gold report for each report that was judged."""
    by_key = {key: report for report in known for key in report.keys}
    placed: dict[tuple[str, ...], dict[tuple[Span, ...], Judged]] = {}
    texts = {report.keys: report.text for report in known}
    for judgement in judgements:
        if judgement.answer is Answer.IGNORE:
            continue
        here = problems.at(f"task {judgement.position}")
        found = _place(judgement, by_key, known)
        if len(found) != 1:
            count = "several of the" if found else "none of the"
            here.say(
                f"its text stands in {count} reports given; name their texts with"
                " --texts"
            )
            continue
        report, start = found[0]
        try:
            judged = _judge(judgement, start)
        except (msgspec.ValidationError, ValueError) as err:
            here.say(str(err))
            continue
        own = placed.setdefault(report.keys, {})
        own.pop(judged.where, None)
        own[judged.where] = judged
    return tuple(
        Report(
            keys=keys,
            text=texts[keys],
            events=tuple(event for judged in own.values() for event in judged.events),
            judged=tuple(span for judged in own.values() for span in judged.where),
        )
        for keys, own in placed.items()
    )


def _place(
    judgement: Judgement, by_key: Mapping[str, Known], known: Sequence[Known]
) -> list[tuple[Known, int]]:
    """Return the reports in which the text of a task stands, and where."""
    shown = judgement.shown
    nth = 0
    if shown is not None and judgement.text == shown.anchor.sentence:
        nth = shown.anchor.sentence_occurrence
    meant = by_key.get(shown.anchor.doc_id) if shown else None
    places = []
    for report in [meant] if meant else known:
        starts = _starts(report, judgement.text)
        if len(starts) > nth:
            places.append((report, starts[nth]))
    return places


def _starts(report: Known, words: str) -> Sequence[int]:
    if report.text is None:
        return report.sentences.get(words, ())
    starts, at = [], report.text.find(words)
    while at >= 0 and words:
        starts.append(at)
        at = report.text.find(words, at + 1)
    return starts


def _judge(judgement: Judgement, start: int) -> Judged:
    whole = Span(start, start + len(judgement.text))
    if judgement.shown is None:
        return Judged((whole,), _foreign(judgement, whole))
    asked = _anchor(judgement, start)
    trigger = _marked(judgement, TRIGGER, start) if judgement.marked else ()
    event = _event(judgement, whole, trigger[0] if trigger else asked)
    where = tuple(dict.fromkeys((asked, *trigger)))
    return Judged(where, (event,) if event is not None else ())


def _anchor(judgement: Judgement, start: int) -> Span:
    """Return the words of the trigger as it was shown."""
    if judgement.shown is None:
        raise ValueError("was not shown by us")
    anchor = judgement.shown.anchor
    base = max(0, judgement.text.find(anchor.sentence))
    at = base - 1
    for _ in range(anchor.occurrence + 1):
        at = judgement.text.find(anchor.trigger, at + 1)
        if at < 0:
            raise ValueError(f"{anchor.trigger!r} is not in its sentence")
    return Span(start + at, start + at + len(anchor.trigger))


def _foreign(judgement: Judgement, whole: Span) -> tuple[Act, ...]:
    """Return the events of a task that is not ours."""
    if judgement.answer is Answer.REJECT:
        return ()
    typed = tuple(
        Act(
            trigger=Span(whole.start + mark.start, whole.start + mark.end),
            sentence=whole,
            event_type=mark.label,
        )
        for mark in judgement.marks
        if mark.label in TYPES
    )
    triggers = _marked(judgement, TRIGGER, whole.start)
    event = _event(judgement, whole, triggers[0]) if triggers else None
    return (*typed, event) if event is not None else typed


def _event(judgement: Judgement, whole: Span, trigger: Span) -> Act | None:
    """Return the event that was accepted, with what was changed; None if rejected."""
    if judgement.answer is Answer.REJECT:
        return None
    chosen = dict(judgement.choices)
    cells = _cells(judgement)
    event_type = chosen.get("type") or (cells.type.value if cells else None)
    if event_type not in TYPES:
        raise ValueError(f"event type {event_type!r} is not in PLOVER")
    shown_fact = cells.factuality.value if cells else None
    return Act(
        trigger=trigger,
        sentence=whole,
        event_type=event_type,
        factuality=chosen.get("factuality") or shown_fact,
        actors=_role(judgement, cells, "actors"),
        recipients=_role(judgement, cells, "recipients"),
        sources=_role(judgement, cells, "by"),
        when=_kept(judgement, "when", _days(cells), _words_of(cells, "when")),
        where=_kept(judgement, "where", _where(cells), _words_of(cells, "where")),
        numbers=_kept(
            judgement, "quantity", _numbers(cells), _words_of(cells, "quantities")
        ),
    )


def _kept(
    judgement: Judgement, label: str, value: tuple[T, ...] | None, words: set[str]
) -> tuple[T, ...] | None:
    """Return a cell as it was shown while its marks stand; None where they changed.

    Marks alone do not say what day or place they mean; no marks say that there is none.
    """
    if value is None or not judgement.marked or not words:
        return value
    marks = {
        judgement.text[mark.start : mark.end]
        for mark in judgement.marks
        if mark.label == label
    }
    if not marks:
        return ()
    return value if marks == words else None


def _words_of(cells: CellValues | None, cell: str) -> set[str]:
    """Return the words that a cell of the event shown rests on."""
    value: Any = getattr(cells, cell) if cells else None
    if value is None:
        return set()
    if isinstance(value, WhenValue):
        return {_text(words) for words in value.words}
    return {_text(one.words) for one in value}


def _where(cells: CellValues | None) -> tuple[Who, ...] | None:
    if cells is None:
        return None
    return tuple(make_place(place.name, _text(place.words)) for place in cells.where)


def _numbers(cells: CellValues | None) -> tuple[float, ...] | None:
    return tuple(q.value for q in cells.quantities) if cells else None


def _cells(judgement: Judgement) -> CellValues | None:
    """Return the cells as they were shown, with the fixes given as values."""
    if judgement.shown is None:
        return None
    if not judgement.fix:
        return judgement.shown.cells
    shown = msgspec.to_builtins(judgement.shown.cells)
    fix = {cell: _value_of(value) for cell, value in judgement.fix.items()}
    return msgspec.convert({**shown, **fix}, CellValues)


def _value_of(value: Any) -> Any:
    """Return a fix; a code may come with the words that were marked for it."""
    is_code = isinstance(value, dict) and set(value) <= {"value", "words"}
    return value["value"] if is_code and "value" in value else value


def _days(cells: CellValues | None) -> tuple[tuple[str, str], ...] | None:
    if cells is None:
        return None
    when = cells.when
    if when is None or not when.words:
        return ()
    return ((when.start.isoformat(), when.end.isoformat()),)


def _role(
    judgement: Judgement, cells: CellValues | None, cell: str
) -> tuple[Who, ...] | None:
    """Return who plays a role: as marked where marks could be changed, else as shown.

    Without a cell that was shown and without any party marked it was not annotated.
    """
    shown: tuple[PartyValue, ...] = getattr(cells, cell) if cells else ()
    if not judgement.marked or cell in judgement.fix:
        return _parties(shown) if cells else None
    marks = [m for m in judgement.marks if m.label == ROLES[cell]]
    if cells is None and not any(m.label in ROLES.values() for m in judgement.marks):
        return None
    known = {_text(party.words): party for party in shown}
    return tuple(_marked_party(m, judgement.text, known) for m in marks)


def _marked_party(mark: Mark, text: str, known: Mapping[str, PartyValue]) -> Who:
    words = text[mark.start : mark.end]
    party = known.get(words)
    if party is None:
        return make_who(None, words)
    return make_who(party.country, party.name, words)


def _parties(parties: tuple[PartyValue, ...]) -> tuple[Who, ...]:
    return tuple(make_who(p.country, p.name, _text(p.words)) for p in parties)


def _text(words: MarkedWords) -> str:
    return words if isinstance(words, str) else words.text


def _marked(judgement: Judgement, label: str, start: int) -> tuple[Span, ...]:
    return tuple(
        Span(start + mark.start, start + mark.end)
        for mark in judgement.marks
        if mark.label == label
    )
