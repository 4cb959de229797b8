"""Values of fixes, checked against the codebook and against what is sensible."""

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.model.correction import ReviewCell, Words
from onrecord.model.fix import GRANULARITIES, Fix, shape_fix
from onrecord.model.judgement import PlaceValue
from onrecord.ontology import Ontology

MANY = 50  # values of one cell
LONG = 300  # characters of a name or code
PASSAGE = 5_000  # characters of marked words
# Control characters, marks that turn the writing direction, lone surrogates.
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def read_fix(cell: ReviewCell, raw: Any, ontology: Ontology) -> Fix:
    """Return a fix given as JSON; raise `ValueError` saying what is wrong."""
    fix = shape_fix(cell, raw)
    problem = next(_problems(fix, ontology), None)
    if problem is not None:
        raise ValueError(problem)
    return fix


def load_checked(cell: ReviewCell, kept: str, ontology: Ontology) -> Fix:
    """Return a fix as `corrections` keeps it, checked like a new one."""
    return read_fix(cell, msgspec.json.decode(kept), ontology)


def is_safe(text: str) -> bool:
    """Tell whether a text holds nothing that steers a terminal or turns writing."""
    return UNSAFE.search(text) is None


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
