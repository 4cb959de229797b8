"""Fifty sentences of the hardest kinds, each right as a whole or not at all.

`sentences.toml` has them with all their events; `not_yet_read.toml` those that the
program does not get right, which are expected to fail: one that begins to be right, or
stops being right, is noticed. `python -m pytest tests/hard -rx` tells what is wrong.
"""

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import pytest

from onrecord.model.event import Event, EventType, Factuality, Party, Source
from tests.support.real import code_text

HERE = Path(__file__).parent
LEAST_RIGHT = 29


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event of a sentence; a cell that is None does not matter."""

    trigger: tuple[str, ...]
    type: tuple[EventType, ...]
    factuality: tuple[Factuality, ...] | None = None
    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None
    by: tuple[str, ...] | None = None
    condition: str | None = None


class Hard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence with all its events, and the words that one could argue over."""

    id: str
    text: str
    why: str
    event: tuple[Expected, ...] = ()
    may: tuple[str, ...] = ()


def read_sentences() -> tuple[Hard, ...]:
    table = tomllib.loads((HERE / "sentences.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table["sentence"], tuple[Hard, ...])


def read_not_yet() -> dict[str, str]:
    """Return the ids of the sentences not yet right, each with what is wrong."""
    return tomllib.loads((HERE / "not_yet_read.toml").read_text(encoding="utf-8"))


def find_faults(hard: Hard) -> list[str]:
    """Return what is wrong in a sentence, a line each; none when all is right."""
    left = list(code_text(hard.text).events)
    faults = []
    for expected in hard.event:
        found = _take(left, expected, hard.text)
        name = f"{'/'.join(expected.type)} «{expected.trigger[0]}»"
        if found is None:
            faults.append(f"{name}: no event")
        else:
            faults += [f"{name}: {f}" for f in _wrong_cells(found, expected, hard.text)]
    faults += [
        f"{e.event_type.value} «{e.trigger.of(hard.text)}»: one too many"
        for e in left
        if not _overlaps(e, hard.may, hard.text)
    ]
    return faults


def _take(left: list[Event], expected: Expected, text: str) -> Event | None:
    """Take the event called up by the expected words, of the right type if there is."""
    here = [e for e in left if _overlaps(e, expected.trigger, text)]
    here.sort(key=lambda e: e.event_type.value not in expected.type)
    if not here:
        return None
    left.remove(here[0])
    return here[0]


def _overlaps(event: Event, words: Iterable[str], text: str) -> bool:
    return any(
        event.trigger.start < text.index(w) + len(w)
        and text.index(w) < event.trigger.end
        for w in words
    )


def _wrong_cells(event: Event, expected: Expected, text: str) -> Iterable[str]:
    if event.event_type.value not in expected.type:
        yield f"type {event.event_type.value}"
    if expected.factuality and event.factuality.value not in expected.factuality:
        yield f"factuality {event.factuality.value.value}"
    for role, names, parties in (
        ("actor", expected.actor, [_words(p, text) for p in event.actors]),
        ("recipient", expected.recipient, [_words(p, text) for p in event.recipients]),
        ("by", expected.by, [_source_words(s, text) for s in event.attribution]),
    ):
        if names is not None and not _same(names, parties, ordered=role == "by"):
            yield f"{role} {[p[0] for p in parties]}"
    condition = event.condition.of(text) if event.condition else None
    if expected.condition is not None and condition != expected.condition:
        yield f"condition {condition!r}"


def _words(party: Party, text: str) -> tuple[str, ...]:
    return (party.span.of(text), party.name)


def _source_words(source: Source, text: str) -> tuple[str, ...]:
    return (*_words(source.party, text), source.cue.of(text))


def _same(
    names: Sequence[str], parties: list[tuple[str, ...]], *, ordered: bool
) -> bool:
    """Tell whether each name is in the words of one party, and no party is left."""
    left = list(parties)
    for name in names:
        at = next((i for i, p in enumerate(left) if any(name in w for w in p)), None)
        if at is None or (ordered and at != 0):
            return False
        left.pop(at)
    return not left


SENTENCES = read_sentences()
NOT_YET = read_not_yet()


@pytest.mark.parametrize(
    "hard",
    [
        pytest.param(
            hard,
            id=hard.id,
            marks=pytest.mark.xfail(reason=NOT_YET[hard.id], strict=True)
            if hard.id in NOT_YET
            else (),
        )
        for hard in SENTENCES
    ],
)
def test_a_hard_sentence_is_right_as_a_whole(hard):
    assert find_faults(hard) == []


def test_enough_of_the_fifty_are_right():
    right = sum(not find_faults(hard) for hard in SENTENCES)
    assert (len(SENTENCES), right) >= (50, LEAST_RIGHT)


def test_what_is_not_yet_right_is_one_of_the_fifty():
    assert set(NOT_YET) - {hard.id for hard in SENTENCES} == set()
