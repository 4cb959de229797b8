"""An answer as it came: read cell by cell, so that one bad cell costs no other."""

import json
from typing import Any, TypeVar

import msgspec

from onrecord.llm.client import Failed

T = TypeVar("T")
Raw = dict[str, msgspec.Raw]

_BROKEN = (msgspec.DecodeError, ValueError, RecursionError)


class Words(msgspec.Struct, frozen=True):
    """Words of the event's own sentence that stand for a code."""

    value: str
    words: str


class There(msgspec.Struct, frozen=True):
    """Words of a sentence that is named."""

    sentence: int
    words: str


class Named(msgspec.Struct, frozen=True):
    """Words that name a party, and the country that the model claims for it."""

    words: str
    country: str | None = None


class Said(msgspec.Struct, frozen=True):
    """A link of an attribution chain."""

    sentence: int
    speaker: Named
    cue: str


class Answered(msgspec.Struct, frozen=True):
    """The two lists of an answer, their entries not yet read."""

    events: tuple[msgspec.Raw, ...]
    statements: tuple[msgspec.Raw, ...] = ()


class Malformed(Exception):
    """Say that a cell or an entry has not the form of the schema."""


def read_answer(text: str) -> Answered:
    """Return the lists of an answer, also where text stands around its JSON.

    Raises `Failed` where there is no such JSON.
    """
    first, last = text.find("{"), text.rfind("}")
    inside = text[first : last + 1]
    for read in (lambda: text, lambda: inside, lambda: _mended(inside)):
        try:
            return msgspec.json.decode(read(), type=Answered)
        except _BROKEN:
            continue
    raise Failed("the answer is not the JSON that was asked for")


def _mended(text: str) -> bytes:
    """Return JSON with each half of a character (a lone surrogate) as a `?`."""
    return json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8", "replace")


def read_entry(raw: msgspec.Raw) -> Raw:
    """Return the cells of an event or statement; raise `Malformed`."""
    return _read(raw, dict[str, msgspec.Raw])


def read_cell(entry: Raw, name: str, form: type[T]) -> T:
    """Return a cell that must be there; raise `Malformed`."""
    if name not in entry:
        raise Malformed
    return _read(entry[name], form)


def read_list(entry: Raw, name: str) -> tuple[msgspec.Raw, ...]:
    """Return the items of a list, none where it is null or missing."""
    found = _read(entry.get(name, msgspec.Raw(b"null")), _LIST)
    return tuple(found or ())


def read_item(raw: msgspec.Raw, form: type[T]) -> T:
    """Return an item of a list; raise `Malformed`."""
    return _read(raw, form)


def read_optional(entry: Raw, name: str, form: type[T]) -> T | None:
    """Return a cell, None where it is null or missing; raise `Malformed`."""
    raw = entry.get(name)
    if raw is None or bytes(raw).strip() == b"null":
        return None
    return _read(raw, form)


_LIST: Any = list[msgspec.Raw] | None


def _read(raw: msgspec.Raw, form: type[T]) -> T:
    try:
        found: T = msgspec.json.decode(raw, type=form)
    except _BROKEN:
        raise Malformed from None
    return found
