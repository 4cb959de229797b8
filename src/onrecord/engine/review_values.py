"""Values of fixes: read strictly, checked against the codebook, and compared."""

import math
import re
from collections.abc import Iterable, Iterator
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
from onrecord.ontology import Ontology

MANY = 50  # values of one cell
LONG = 300  # characters of a name or code
PASSAGE = 5_000  # characters of marked words
GRANULARITIES = frozenset(
    ("hour", "day", "week", "month", "season", "quarter", "year", "decade", "century")
)
# Control characters, marks that turn the writing direction, lone surrogates.
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
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


def read_fix(cell: ReviewCell, raw: Any, ontology: Ontology) -> Fix:
    """Return a fix given as JSON; raise `ValueError` that says what is wrong with it.

    A code may come with words: `{"value": "ASSAULT", "words": ["struck"]}`.
    """
    words: tuple[MarkedWords, ...] = ()
    if cell in CODES and isinstance(raw, dict):
        marked = msgspec.convert(raw, CodeValue)
        raw, words = marked.value, marked.words
    value = _plain_words(msgspec.convert(raw, SHAPES[cell]))
    fix = Fix(cell, value, tuple(map(_whole, words)))
    problem = next(_problems(fix, ontology), None)
    if problem is not None:
        raise ValueError(problem)
    return fix


def write_fix(fix: Fix) -> str:
    """Return a fix as the JSON that `corrections` keeps."""
    held = {"value": fix.value, "words": fix.words} if fix.words else fix.value
    return msgspec.json.encode(held).decode()


def load_fix(cell: ReviewCell, kept: str, ontology: Ontology) -> Fix:
    """Return a fix as `corrections` keeps it."""
    return read_fix(cell, msgspec.json.decode(kept), ontology)


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


def is_safe(text: str) -> bool:
    """Tell whether a text holds nothing that steers a terminal or turns writing."""
    return UNSAFE.search(text) is None


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


def _problems(fix: Fix, ontology: Ontology) -> Iterator[str]:
    if isinstance(fix.value, tuple) and len(fix.value) > MANY:
        yield f"{len(fix.value)} values, at most {MANY} are taken"
        return
    yield from _unsound(fix.value)
    yield from _unsound(fix.words)
    match fix.cell:
        case ReviewCell.MODE if fix.value is not None:
            modes = {m for names in ontology.modes.values() for m in names}
            if fix.value not in modes:
                yield f"mode {fix.value!r} is not one of the codebook"
        case ReviewCell.CONTEXTS:
            yield from _unknown("context", fix.value, ontology.contexts)
        case ReviewCell.ACTORS | ReviewCell.RECIPIENTS | ReviewCell.BY:
            for party in fix.value:
                yield from _unknown_country(party.country, ontology)
                yield from _unknown("sector", party.sectors, ontology.sectors)
        case ReviewCell.WHERE:
            for place in fix.value:
                yield from _unknown_country(place.country, ontology)
                yield from _off_the_globe(place)
        case ReviewCell.WHEN if fix.value is not None:
            if fix.value.end < fix.value.start:
                yield f"{fix.value.start} to {fix.value.end} runs backwards"
            yield from _unknown("granularity", (fix.value.granularity,), GRANULARITIES)
        case ReviewCell.QUANTITIES:
            for quantity in fix.value:
                bounds = (quantity.low, quantity.high)
                if None not in bounds and quantity.low > quantity.high:
                    yield f"{quantity.low} to {quantity.high} runs backwards"


def _unsound(value: Any) -> Iterator[str]:
    """Yield what no text or number of a value may be, however deep it lies."""
    if isinstance(value, Words):
        if not value.text.strip():
            yield "marked words are empty"
        if len(value.text) > PASSAGE:
            yield f"marked words have {len(value.text):,} characters"
        if value.occurrence < 0:
            yield "an occurrence counts from 0"
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _unsound(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _unsound(item)
    elif isinstance(value, str):
        if not value.strip():
            yield "a text is empty; leave it out, or write null"
        if len(value) > LONG:
            yield f"a text has {len(value):,} characters, at most {LONG} are taken"
        if not is_safe(value):
            yield "a text holds control characters"
    elif isinstance(value, float) and not math.isfinite(value):
        yield f"{value} is not a number"


def _unknown(what: str, given: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    valid = set(known)
    for name in given:
        if name not in valid:
            yield f"{what} {name!r} is not one of the codebook"


def _unknown_country(code: str | None, ontology: Ontology) -> Iterator[str]:
    if code is not None and code not in ontology.countries:
        yield f"country {code!r} is neither ISO 3166 alpha-3 nor a code of PLOVER"


def _off_the_globe(place: PlaceValue) -> Iterator[str]:
    if (place.lat is None) != (place.lon is None):
        yield "a point needs lat and lon"
    if place.lat is not None and not -90 <= place.lat <= 90:
        yield f"lat {place.lat} is off the globe"
    if place.lon is not None and not -180 <= place.lon <= 180:
        yield f"lon {place.lon} is off the globe"
