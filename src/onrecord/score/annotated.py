"""Read reports annotated by hand, one JSON object each, words given as words.

    {"doc_id", "date", "text"?, "events": [...], "statements": [...]}

A trigger is looked for in its sentence, a sentence in its report; the first occurrence
is meant. A statement may go on in a sentence without the cue; then that sentence stands
for the cue. A key that is left out was not annotated; null or [] says that there is
nothing.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from onrecord.model.annotation import Act as SpeechAct
from onrecord.model.annotation import Form
from onrecord.model.event import EventType, Factuality
from onrecord.model.span import Span
from onrecord.score.problems import Problems
from onrecord.score.shapes import Act, Report, Said, Who
from onrecord.score.words import find_words, first_of, make_place, make_who

MANY = 80  # characters of words shown in a problem


class GoldParty(msgspec.Struct, frozen=True, rename={"is_": "is"}):
    """A party; `text` are its words in the sentence, `is` its canonical name."""

    text: str | None = None
    is_: str | None = None
    name: str | None = None
    country: str | None = None


class GoldWhen(msgspec.Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """Inclusive days, and their words if the sentence has them."""

    start: str
    end: str
    text: str | None = None


class GoldPlace(msgspec.Struct, frozen=True):
    """A place, and its words if the sentence has them."""

    name: str | None = None
    text: str | None = None


class GoldNumber(msgspec.Struct, frozen=True):
    """A number."""

    value: float | None = None
    text: str | None = None


Parties = tuple[GoldParty, ...] | None | UnsetType


class GoldEvent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event as it is annotated."""

    sentence: str
    trigger: str
    type: EventType
    status: Factuality | UnsetType = UNSET
    actor: Parties = UNSET
    recipient: Parties = UNSET
    actor_implied: tuple[GoldParty, ...] | None = None
    recipient_implied: tuple[GoldParty, ...] | None = None
    by: Parties = UNSET
    condition: str | None = None
    when: GoldWhen | UnsetType | None = UNSET
    where: GoldPlace | UnsetType | None = UNSET
    numbers: tuple[GoldNumber, ...] | UnsetType | None = UNSET
    same_as: int | None = None
    unsure: bool = False
    note: str | None = None


class GoldStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as it is annotated."""

    sentence: str
    cue: str
    speaker: GoldParty | None = None
    act: SpeechAct | None = None
    form: Form | None = None
    content: str | None = None
    venue: str | None = None
    unsure: bool = False


def is_annotated(row: Mapping[str, Any]) -> bool:
    """Tell whether a JSON object is a report annotated by hand."""
    return isinstance(row.get("events"), list) or isinstance(
        row.get("statements"), list
    )


def read_annotated(
    row: Mapping[str, Any], texts: Mapping[str, str], problems: Problems
) -> Report | None:
    """Return a report, or None with the reasons among the problems.

    Its text is its own, or that of its id among `texts`.
    """
    key = row.get("doc_id", row.get("id"))
    if not isinstance(key, str | int):
        problems.say("has no doc_id")
        return None
    text = row["text"] if "text" in row else texts.get(str(key))
    if not isinstance(text, str):
        problems.say(
            f"the text of {key} is missing: put {key}.txt beside it, or name the"
            " folder of texts with --texts"
        )
        return None
    events = _read_list(row, "events", GoldEvent, problems)
    statements = _read_list(row, "statements", GoldStatement, problems)
    return Report(
        keys=(str(key),),
        text=text,
        events=None
        if events is None
        else tuple(
            act
            for place, event in events
            if (act := _act(event, text, problems.at(place))) is not None
        ),
        statements=None
        if statements is None
        else tuple(
            said
            for place, statement in statements
            if (said := _said(statement, text, problems.at(place))) is not None
        ),
    )


def _read_list(
    row: Mapping[str, Any], key: str, kind: type[Any], problems: Problems
) -> list[tuple[str, Any]] | None:
    """Return the items that have the right shape, with their places."""
    items = row.get(key)
    if items is None:
        return None
    if not isinstance(items, list):
        problems.say(f"{key} is no list")
        return []
    found = []
    for number, item in enumerate(items):
        place = f"{key}[{number}]"
        try:
            found.append((place, msgspec.convert(item, kind)))
        except msgspec.ValidationError as err:
            problems.at(place).say(str(err))
    return found


def _act(event: GoldEvent, text: str, problems: Problems) -> Act | None:
    sentence, trigger = _locate(event.sentence, event.trigger, text, problems)
    _check_words(_words_of(event), text, problems)
    if trigger is None:
        return None
    status = event.status
    return Act(
        trigger=trigger,
        sentence=sentence,
        event_type=event.type.value,
        factuality=None if isinstance(status, UnsetType) else status.value,
        actors=_parties(event.actor),
        recipients=_parties(event.recipient),
        implied_actors=_parties(event.actor_implied) or (),
        implied_recipients=_parties(event.recipient_implied) or (),
        sources=_parties(event.by),
        when=_days(event.when),
        where=_where(event.where),
        numbers=_numbers(event.numbers),
        unsure=event.unsure,
    )


def _said(statement: GoldStatement, text: str, problems: Problems) -> Said | None:
    sentence = _find_sentence(statement.sentence, text, problems)
    speaker = statement.speaker.text if statement.speaker else None
    content = statement.content
    words = {"cue": statement.cue, "speaker": speaker, "content": content}
    _check_words(words, text, problems)
    if sentence is None:
        return None
    after = Span(sentence.start, len(text))
    said = first_of(find_words(text, content or "", s) for s in (after, None))
    return Said(
        cue=find_words(text, statement.cue, sentence) or sentence,
        speaker=first_of(find_words(text, speaker or "", s) for s in (sentence, None)),
        act=statement.act.value if statement.act else None,
        form=statement.form.value if statement.form else None,
        content=(said,) if said else None,
        unsure=statement.unsure,
    )


def _locate(
    sentence: str, words: str, text: str, problems: Problems
) -> tuple[Span | None, Span | None]:
    """Return where a sentence stands, and where words stand in it."""
    whole = _find_sentence(sentence, text, problems)
    if whole is None:
        return None, None
    part = find_words(text, words, whole)
    if part is None:
        problems.say(f"{_short(words)} is not in its sentence: {_short(sentence)}")
    return whole, part


def _find_sentence(sentence: str, text: str, problems: Problems) -> Span | None:
    whole = find_words(text, sentence)
    if whole is None:
        problems.say(f"the sentence is not in the text: {_short(sentence)}")
    return whole


def _words_of(event: GoldEvent) -> Mapping[str, str | None]:
    words: dict[str, str | None] = {"condition": event.condition}
    for role in ("actor", "recipient", "by"):
        for number, party in enumerate(getattr(event, role) or ()):
            words[f"{role}[{number}]"] = party.text
    for cell in ("when", "where"):
        value = getattr(event, cell)
        words[cell] = value.text if value else None
    for number, counted in enumerate(event.numbers or ()):
        words[f"numbers[{number}]"] = counted.text
    return words


def _check_words(
    words: Mapping[str, str | None], text: str, problems: Problems
) -> None:
    for cell, said in words.items():
        if said and said not in text:
            problems.say(f"{cell}: {_short(said)} is not in the text")


def _short(words: str) -> str:
    return repr(words if len(words) <= MANY else words[: MANY - 1] + "…")


def _parties(parties: Parties) -> tuple[Who, ...] | None:
    if isinstance(parties, UnsetType):
        return None
    return tuple(make_who(p.country, p.is_ or p.name, p.text) for p in parties or ())


def _days(when: GoldWhen | UnsetType | None) -> tuple[tuple[str, str], ...] | None:
    if isinstance(when, UnsetType):
        return None
    return ((when.start, when.end),) if when else ()


def _where(where: GoldPlace | UnsetType | None) -> tuple[Who, ...] | None:
    if isinstance(where, UnsetType):
        return None
    return (make_place(where.name, where.text),) if where else ()


def _numbers(
    numbers: tuple[GoldNumber, ...] | UnsetType | None,
) -> tuple[float, ...] | None:
    if isinstance(numbers, UnsetType):
        return None
    return tuple(n.value for n in numbers or () if n.value is not None)
