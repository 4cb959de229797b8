"""A row of `events` with fixes applied, and all that follows from them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from onrecord.model.correction import ReviewCell
from onrecord.model.event import WhenBasis
from onrecord.model.fix import Fix
from onrecord.model.ids import content_id
from onrecord.model.judgement import (
    MarkedWords,
    PartyValue,
    PlaceValue,
    QuantityValue,
    SourceValue,
    WhenValue,
)
from onrecord.ontology import Ontology
from onrecord.store.shown import span_of

Row = dict[str, Any]
Find = Callable[[MarkedWords], Row]

# What `cells` of a row calls each cell.
NAMES: Mapping[ReviewCell, str] = {
    ReviewCell.TYPE: "event_type",
    ReviewCell.BY: "attribution",
    **{
        cell: cell.value
        for cell in ReviewCell
        if cell not in (ReviewCell.TYPE, ReviewCell.BY)
    },
}


class Misfit(Exception):
    """Say why a fix cannot be applied to an event."""


def apply_fix(row: Row, text: str, fix: Fix, *, author: str, ontology: Ontology) -> Row:
    """Return the row with a cell fixed; `text` is its report's.

    Apply fixes in the order of `ReviewCell`, since the type decides which modes there
    are. Raises `Misfit` where the words are not there or the mode is of another type.
    """

    def find(words: MarkedWords) -> Row:
        span = span_of(words, row["sentence"], text)
        if span is None:
            shown = words if isinstance(words, str) else words.text
            raise Misfit(f"the words {shown!r} are not in its report")
        return span

    rule = f"review/{author}"
    spans = [find(words) for words in fix.words]
    changed: Row
    match fix.cell:
        case ReviewCell.TYPE:
            changed = _retyped(row, fix.value, ontology)
        case ReviewCell.MODE:
            changed = _with_mode(row, fix.value, ontology)
        case ReviewCell.CONTEXTS:
            changed = {"contexts": list(fix.value)}
        case ReviewCell.FACTUALITY:
            changed = {"factuality": fix.value.value}
        case ReviewCell.ACTORS | ReviewCell.RECIPIENTS:
            parties = [_party(p, row, find, rule) for p in fix.value]
            changed = {fix.cell.value: parties}
        case ReviewCell.BY:
            changed = {"attribution": [_source(s, row, find, rule) for s in fix.value]}
        case ReviewCell.WHEN:
            changed = _timed(fix.value, find)
        case ReviewCell.WHERE:
            changed = {"places": [_place(p, find) for p in fix.value]}
        case ReviewCell.QUANTITIES:
            changed = {"quantities": [_quantity(q, find) for q in fix.value]}
        case ReviewCell.CONDITION:
            changed = {"condition": find(fix.value.words) if fix.value else None}
    cited = spans or _cited(fix, {**row, **changed}) or [row["trigger"]]
    cells = _recited(row, fix, changed, cited, rule)
    return {**row, **changed, "cells": cells}


def _retyped(row: Row, event_type: str, ontology: Ontology) -> Row:
    entry = ontology.event_types[event_type]
    mode = row["mode"] if row["mode"] in entry.modes else None
    return _coded(str(event_type), mode, ontology)


def _with_mode(row: Row, mode: str | None, ontology: Ontology) -> Row:
    event_type = row["event_type"]
    if mode is not None and mode not in ontology.event_types[event_type].modes:
        raise Misfit(f"{mode} is no mode of {event_type}")
    return _coded(event_type, mode, ontology)


def _coded(event_type: str, mode: str | None, ontology: Ontology) -> Row:
    return {
        "event_type": event_type,
        "mode": mode,
        "quad": ontology.event_types[event_type].quad,
        "score": ontology.score(event_type, mode),
        "cameo": ontology.cameo(event_type, mode),
    }


def _recited(
    row: Row, fix: Fix, changed: Row, cited: list[Row], rule: str
) -> list[Row]:
    """Return `cells` with what this fix says, resting on the reviewer's word."""
    name = NAMES[fix.cell]
    gone = {name, "mode"} if fix.cell is ReviewCell.TYPE else {name}
    if fix.cell is ReviewCell.TYPE and changed["mode"] is not None:
        gone.remove("mode")
    kept = [cell for cell in row["cells"] if cell["cell"] not in gone]
    several = fix.cell is ReviewCell.CONTEXTS and fix.value
    values = fix.value if several else (_said(fix),)
    return kept + [
        {"cell": name, "value": value, "spans": cited, "rule": rule} for value in values
    ]


def _said(fix: Fix) -> str:
    """Return a fixed value as one text, "none" for what should be empty."""
    value = fix.value
    if value is None or value == ():
        return "none"
    if isinstance(value, WhenValue):
        return f"{value.start} to {value.end}"
    items = value if isinstance(value, tuple) else (value,)
    return "; ".join(_name_of(item) for item in items)


def _name_of(item: Any) -> str:
    match item:
        case QuantityValue():
            return f"{item.value:g}"
        case PartyValue() | PlaceValue() if item.name:
            return item.name
        case str():
            return str(item)
        case _:
            words = item.words
            return words if isinstance(words, str) else str(words.text)


def _cited(fix: Fix, row: Row) -> list[Row]:
    """Return the words that the fixed cell has of its own."""
    match fix.cell:
        case ReviewCell.ACTORS | ReviewCell.RECIPIENTS:
            spans: Iterable[Row] = row[fix.cell.value]
        case ReviewCell.BY:
            spans = row["attribution"]
        case ReviewCell.WHEN:
            spans = row["when_spans"]
        case ReviewCell.WHERE:
            spans = row["places"]
        case ReviewCell.QUANTITIES:
            spans = row["quantities"]
        case ReviewCell.CONDITION:
            spans = [row["condition"]] if row["condition"] else ()
        case _:
            cells = [c for c in row["cells"] if c["cell"] == NAMES[fix.cell]]
            spans = cells[0]["spans"] if cells else ()
    return [{k: span[k] for k in ("start", "end", "text")} for span in spans]


def _party(party: PartyValue, row: Row, find: Find, rule: str) -> Row:
    span = find(party.words)
    same = _same_words(span, row)
    name = party.name or span["text"]
    entity_id = party.entity_id
    if entity_id is None and same and same["name"] == name:
        entity_id = same["entity_id"]
    made = {
        **span,
        "name": name,
        "entity_id": entity_id or content_id("ent", name.casefold(), party.country),
        "country": party.country,
        "sectors": list(party.sectors),
        "role": party.role,
        "basis": rule,
        "antecedent": same["antecedent"] if same else None,
    }
    if same and all(same[key] == made[key] for key in made if key != "basis"):
        return {**made, "basis": same["basis"]}  # the reviewer left it as it was
    return made


def _source(source: SourceValue, row: Row, find: Find, rule: str) -> Row:
    party = _party(source, row, find, rule)
    cue = find(source.cue) if source.cue else None
    if cue is None:
        known = [s for s in row["attribution"] if s["cue"]]
        cue = (
            known[0]["cue"]
            if known
            else {k: party[k] for k in ("start", "end", "text")}
        )
    return {**party, "anonymous": source.anonymous, "cue": cue}


def _same_words(span: Row, row: Row) -> Row | None:
    """Return the party of the event as coded that the same words name."""
    parties = (*row["actors"], *row["recipients"], *row["attribution"])
    places = (span["start"], span["end"])
    same = [p for p in parties if (p["start"], p["end"]) == places]
    return same[0] if same else None


def _timed(when: WhenValue | None, find: Find) -> Row:
    if when is None:
        empty = dict.fromkeys(
            ("when_from", "when_to", "when_basis", "when_granularity")
        )
        return {**empty, "when_spans": []}
    spans = [find(words) for words in when.words]
    # Without words it is reckoned from nothing but the day of the report.
    basis = WhenBasis.TEXT if spans else WhenBasis.PUBLICATION
    return {
        "when_from": when.start,
        "when_to": when.end,
        "when_basis": basis.value,
        "when_granularity": when.granularity,
        "when_spans": spans,
    }


def _place(place: PlaceValue, find: Find) -> Row:
    span = find(place.words)
    return {
        **span,
        "name": place.name or span["text"],
        "country": place.country,
        "admin1": place.admin1,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
        "precision": place.precision.value if place.precision else None,
    }


def _quantity(quantity: QuantityValue, find: Find) -> Row:
    return {
        **find(quantity.words),
        "value": float(quantity.value),
        "low": quantity.low,
        "high": quantity.high,
        "of": quantity.of,
        "modifier": quantity.modifier.value,
    }
