"""The filters as query parameters, the same as the commands have."""

import datetime as dt
import difflib
import functools
from collections.abc import Collection, Mapping
from typing import Annotated

from litestar.params import FromQuery, QueryParameter

from onrecord.errors import UsageError
from onrecord.lexicon.actor_checks import split
from onrecord.lexicon.actor_files import STATES
from onrecord.lexicon.files import DATA, read_tsv
from onrecord.model.annotation import Act
from onrecord.model.event import EventType, Factuality
from onrecord.ontology import load_ontology
from onrecord.store.filters import Filters

MANY = 50  # values of one filter
LONG = 300  # characters of one value

Texts = Annotated[
    list[str] | None, QueryParameter(max_items=MANY, description="May be repeated.")
]
Sure = Annotated[float | None, QueryParameter(ge=0, le=1)]


def read_filters(
    actor: Texts = None,
    recipient: Texts = None,
    country: Texts = None,
    type: Texts = None,
    mode: Texts = None,
    context: Texts = None,
    factuality: Texts = None,
    by: Texts = None,
    place: Texts = None,
    story: Texts = None,
    since: FromQuery[dt.date | None] = None,
    until: FromQuery[dt.date | None] = None,
    min_confidence: Sure = None,
) -> Filters:
    """Return the filters; raise `UsageError` for a value that nothing can have."""
    ontology = load_ontology()
    modes = {name for names in ontology.modes.values() for name in names}
    return Filters(
        actors=_texts("actor", actor),
        recipients=_texts("recipient", recipient),
        countries=tuple(_country(v) for v in _texts("country", country)),
        types=_known("type", type, (*EventType, *Act)),
        modes=_known("mode", mode, modes),
        contexts=_known("context", context, ontology.contexts),
        factualities=_known("factuality", factuality, tuple(Factuality)),
        by=_texts("by", by),
        since=since,
        until=until,
        places=_texts("place", place),
        stories=_texts("story", story),
        min_confidence=min_confidence,
    )


def _texts(name: str, values: list[str] | None) -> tuple[str, ...]:
    for value in values or ():
        if len(value) > LONG:
            raise UsageError(f"{name}: a value has at most {LONG} characters")
        if not value.strip():
            raise UsageError(f"{name}: is empty; leave it out instead")
    return tuple(values or ())


def _known(
    name: str, values: list[str] | None, valid: Collection[str]
) -> tuple[str, ...]:
    """Return the values as the codebook writes them, whatever their case."""
    by_fold = {str(v).lower(): str(v) for v in valid}
    given = _texts(name, values)
    for value in given:
        if value.lower() not in by_fold:
            listed = ", ".join(sorted(by_fold.values()))
            meant = _meant(value, by_fold)
            raise UsageError(f"{name} {value!r} is not known{meant}; valid: {listed}")
    return tuple(by_fold[value.lower()] for value in given)


def _country(value: str) -> str:
    """Return the code of a country given as ISO3, a code of PLOVER, or a name."""
    ontology = load_ontology()
    if value.upper() in ontology.countries:
        return value.upper()
    codes = _country_codes()
    code = codes.get(value.strip().lower())
    if code is not None:
        return code
    raise UsageError(
        f"country {value!r} is not known{_meant(value, codes)}; valid: ISO 3166 alpha-3"
        f" such as UKR, KOS, {', '.join(ontology.supranational)}, or a country's"
        " English name"
    )


def _meant(value: str, names: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(value.lower(), names, n=3)
    return f"; did you mean {' or '.join(near)}?" if near else ""


@functools.cache
def _country_codes() -> Mapping[str, str]:
    """Return the code of each state by its names and adjectives, in small letters."""
    codes: dict[str, str] = {}
    for _, cells in read_tsv(DATA / "actors/states.tsv", STATES):
        row = dict(zip(STATES, cells, strict=True))
        names = (row["name"], *split(row["names"]), *split(row["adjectives"]))
        codes.update((name.lower(), row["code"]) for name in names)
    return codes
