"""What a cell should say: fixes as they are kept, read and compared."""

from typing import Any

import msgspec

from onrecord.model.correction import ReviewCell, Words, normal
from onrecord.model.event import EventType, Factuality
from onrecord.model.judgement import (
    CellValues,
    CodeValue,
    ConditionValue,
    MarkedWords,
    PartyValue,
    PlaceValue,
    QuantityValue,
    SourceValue,
    WhenValue,
)

GRANULARITIES = (
    "hour",
    "day",
    "week",
    "month",
    "season",
    "quarter",
    "year",
    "decade",
    "century",
)
SHAPES: dict[ReviewCell, Any] = {
    ReviewCell.TYPE: EventType,
    ReviewCell.MODE: str | None,
    ReviewCell.CONTEXTS: tuple[str, ...],
    ReviewCell.FACTUALITY: Factuality,
    ReviewCell.ACTORS: tuple[PartyValue, ...],
    ReviewCell.RECIPIENTS: tuple[PartyValue, ...],
    ReviewCell.BY: tuple[SourceValue, ...],
    ReviewCell.WHEN: WhenValue | None,
    ReviewCell.WHERE: tuple[PlaceValue, ...],
    ReviewCell.QUANTITIES: tuple[QuantityValue, ...],
    ReviewCell.CONDITION: ConditionValue | None,
}
CODES = (
    ReviewCell.TYPE,
    ReviewCell.MODE,
    ReviewCell.CONTEXTS,
    ReviewCell.FACTUALITY,
)


class Fix(msgspec.Struct, frozen=True):
    """A cell's value as its shape has it, and the words marked for a code."""

    cell: ReviewCell
    value: Any
    words: tuple[Words, ...] = ()


def shape_fix(cell: ReviewCell, raw: Any) -> Fix:
    """Return a fix given as JSON; raise `ValueError` where its shape is another.

    A code may come with words: `{"value": "ASSAULT", "words": ["struck"]}`.
    """
    words: tuple[MarkedWords, ...] = ()
    if cell in CODES and isinstance(raw, dict):
        marked = msgspec.convert(raw, CodeValue)
        raw, words = marked.value, marked.words
    value = _plain_words(msgspec.convert(raw, SHAPES[cell]))
    return Fix(cell, value, tuple(map(_whole, words)))


def load_fix(cell: ReviewCell, kept: str) -> Fix:
    """Return a fix as `corrections` keeps it."""
    return shape_fix(cell, msgspec.json.decode(kept))


def write_fix(fix: Fix) -> str:
    """Return a fix as the JSON that `corrections` keeps."""
    held = {"value": fix.value, "words": fix.words} if fix.words else fix.value
    return msgspec.json.encode(held).decode()


def key_of(cell: ReviewCell, value: Any) -> str:
    """Return what two values of a cell share that say the same.

    Order counts for a chain of words (`by`) alone. Which occurrence of its words names
    a party, and its id, count for nothing.
    """
    match cell:
        case ReviewCell.TYPE | ReviewCell.MODE | ReviewCell.FACTUALITY:
            return str(value)
        case ReviewCell.CONTEXTS:
            return "; ".join(sorted(value))
        case ReviewCell.ACTORS | ReviewCell.RECIPIENTS:
            return "; ".join(sorted(map(_party_key, value)))
        case ReviewCell.BY:
            return "; ".join(f"{_party_key(s)} {s.anonymous}" for s in value)
        case ReviewCell.WHEN:
            return f"{value.start} {value.end}" if value else "None"
        case ReviewCell.WHERE:
            return "; ".join(sorted(_place_key(place) for place in value))
        case ReviewCell.QUANTITIES:
            return "; ".join(sorted(_quantity_key(q) for q in value))
        case ReviewCell.CONDITION:
            return normal(_text(value.words)) if value else "None"


def cell_of(cells: CellValues, cell: ReviewCell) -> Any:
    """Return the value of one cell."""
    return getattr(cells, cell.value)


def _party_key(party: PartyValue) -> str:
    name = party.name or _text(party.words)
    codes = "|".join(sorted(party.sectors))
    return f"{normal(_text(party.words))} {normal(name)} {party.country} {codes}"


def _place_key(place: PlaceValue) -> str:
    return f"{normal(place.name or _text(place.words))} {place.country}"


def _quantity_key(quantity: QuantityValue) -> str:
    bounds = f"{quantity.low} {quantity.high}"
    return f"{float(quantity.value)} {bounds} {quantity.of} {quantity.modifier}"


def _text(words: MarkedWords) -> str:
    return words if isinstance(words, str) else words.text


def _whole(words: MarkedWords) -> Words:
    return Words(text=words) if isinstance(words, str) else words


def _plain_words(value: Any) -> Any:
    """Return a value whose marked words are all `Words`."""
    if isinstance(value, tuple):
        return tuple(_plain_words(item) for item in value)
    if not isinstance(value, msgspec.Struct) or isinstance(value, Words):
        return value
    changed: dict[str, Any] = {}
    for name in ("words", "cue"):
        given = getattr(value, name, None)
        if isinstance(given, tuple):
            changed[name] = tuple(map(_whole, given))
        elif given is not None:
            changed[name] = _whole(given)
    return msgspec.structs.replace(value, **changed)
