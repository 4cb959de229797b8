"""What a reviewer is shown of a row of `events`, and where marked words stand.

Words are told by themselves and which occurrence they are, so that they are found
again in another report that has the same sentence.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.model.annotation import Modifier, Precision
from onrecord.model.correction import Anchor, Words
from onrecord.model.event import EventType, Factuality
from onrecord.model.judgement import (
    CellValues,
    ConditionValue,
    Mark,
    MarkedWords,
    PartyValue,
    PlaceValue,
    QuantityValue,
    Shown,
    SourceValue,
    WhenValue,
)

Row = Mapping[str, Any]

# Signs that reports of one story write in different ways.
ALIKE = ("\"“”„‟«»'‘’‚‛‹›", "-–—―‑‐−")
SIGNS = {sign: f"[{re.escape(signs)}]" for signs in ALIKE for sign in signs}
BLANKS = re.compile(r"(\s+)")


def shown_of(
    row: Row, text: str, *, coded: Row | None = None, run_id: str | None = None
) -> Shown:
    """Return an event as it is shown; `text` is its report's, `run_id` who coded it.

    `coded` is the row as it was coded where that differs: what a correction is bound to
    does not change with other corrections.
    """
    anchor = anchor_of(coded or row, text, run_id=run_id)
    return Shown(anchor=anchor, cells=cells_of(row, text))


def anchor_of(row: Row, text: str, *, run_id: str | None = None) -> Anchor:
    """Return what a correction of this event is bound to."""
    sentence, trigger = row["sentence"], row["trigger"]
    return Anchor(
        doc_id=row["doc_id"],
        event_id=row["event_id"],
        sentence=sentence["text"],
        sentence_occurrence=_occurrence(sentence["text"], sentence["start"], text),
        trigger=trigger["text"],
        occurrence=_occurrence(
            trigger["text"], trigger["start"] - sentence["start"], sentence["text"]
        ),
        event_type=row["event_type"],
        actors=tuple(party["text"] for party in row["actors"]),
        recipients=tuple(party["text"] for party in row["recipients"]),
        run_id=run_id,
    )


def cells_of(row: Row, text: str) -> CellValues:
    """Return the cells of an event as a reviewer can fix them."""
    sentence = row["sentence"]

    def words(span: Row) -> Words:
        return words_of(span, sentence, text)

    return CellValues(
        type=EventType(row["event_type"]),
        factuality=Factuality(row["factuality"]),
        mode=row["mode"],
        contexts=tuple(row["contexts"]),
        actors=tuple(PartyValue(**_party(p, words(p))) for p in row["actors"]),
        recipients=tuple(PartyValue(**_party(p, words(p))) for p in row["recipients"]),
        by=tuple(
            SourceValue(
                **_party(p, words(p)),
                anonymous=bool(p["anonymous"]),
                cue=words(p["cue"]) if p["cue"] else None,
            )
            for p in row["attribution"]
        ),
        when=WhenValue(
            start=row["when_from"],
            end=row["when_to"],
            granularity=row["when_granularity"] or "day",
            words=tuple(words(span) for span in row["when_spans"]),
        )
        if row["when_from"]
        else None,
        where=tuple(_place(p, words(p)) for p in row["places"]),
        quantities=tuple(_quantity(q, words(q)) for q in row["quantities"]),
        condition=ConditionValue(words=words(row["condition"]))
        if row["condition"]
        else None,
    )


def words_of(span: Row, sentence: Row, text: str) -> Words:
    """Return which words of its sentence, or else of its report, a span is."""
    start = span["start"] - sentence["start"]
    if start >= 0 and span["end"] <= sentence["end"]:
        occurrence = _occurrence(span["text"], start, sentence["text"])
        return Words(text=span["text"], occurrence=occurrence)
    occurrence = _occurrence(span["text"], span["start"], text)
    return Words(text=span["text"], occurrence=occurrence, within="report")


def span_of(words: MarkedWords, sentence: Row, text: str) -> dict[str, Any] | None:
    """Return where in a report marked words stand; None where they do not."""
    marked = Words(text=words) if isinstance(words, str) else words
    here = marked.within == "sentence"
    found = places_of(marked.text, sentence["text"] if here else text)
    if not 0 <= marked.occurrence < len(found):
        return None
    shift = sentence["start"] if here else 0
    start, end = (at + shift for at in found[marked.occurrence])
    return {"start": start, "end": end, "text": text[start:end]}


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Return where words stand in a text; white space and signs may be other ones."""
    parts = [
        r"\s+" if part.isspace() else "".join(SIGNS.get(c, re.escape(c)) for c in part)
        for part in BLANKS.split(words.strip())
        if part
    ]
    if not parts:
        return []
    # Looking ahead finds occurrences that overlap, too.
    found = re.finditer(f"(?=({''.join(parts)}))", text, re.IGNORECASE)
    return [match.span(1) for match in found]


def _occurrence(words: str, start: int, text: str) -> int:
    before = [at for at, _ in places_of(words, text) if at < start]
    return len(before)


def _party(party: Row, words: Words) -> dict[str, Any]:
    return {
        "words": words,
        "name": party["name"],
        "country": party["country"],
        "sectors": tuple(party["sectors"] or ()),
        "role": party["role"],
        "entity_id": party["entity_id"],
    }


def _place(place: Row, words: Words) -> PlaceValue:
    precision = place["precision"]
    return PlaceValue(
        words=words,
        name=place["name"],
        country=place["country"],
        admin1=place["admin1"],
        lat=place["lat"],
        lon=place["lon"],
        geonameid=place["geonameid"],
        precision=Precision(precision) if precision else None,
    )


def _quantity(quantity: Row, words: Words) -> QuantityValue:
    return QuantityValue(
        words=words,
        value=quantity["value"],
        low=quantity["low"],
        high=quantity["high"],
        of=quantity["of"],
        modifier=Modifier(quantity["modifier"] or Modifier.EXACT),
    )


def place_of(words: MarkedWords, sentence: str) -> tuple[int, int] | None:
    """Return where in its sentence marked words stand; None for words elsewhere."""
    marked = Words(text=words) if isinstance(words, str) else words
    if marked.within != "sentence":
        return None
    found = places_of(marked.text, sentence)
    here = 0 <= marked.occurrence < len(found)
    return found[marked.occurrence] if here else None


def marks_of(shown: Shown) -> tuple[Mark, ...]:
    """Return the words of a shown event's sentence with what they stand for."""
    cells, anchor = shown.cells, shown.anchor
    trigger = Words(text=anchor.trigger, occurrence=anchor.occurrence)
    labelled: tuple[tuple[str, Iterable[MarkedWords]], ...] = (
        ("trigger", (trigger,)),
        ("actor", (party.words for party in cells.actors)),
        ("recipient", (party.words for party in cells.recipients)),
        ("by", (source.words for source in cells.by)),
        ("cue", (source.cue for source in cells.by if source.cue is not None)),
        ("when", cells.when.words if cells.when else ()),
        ("where", (place.words for place in cells.where)),
        ("quantity", (quantity.words for quantity in cells.quantities)),
        ("condition", (cells.condition.words,) if cells.condition else ()),
    )
    marks = {
        Mark(*place, label)
        for label, some in labelled
        for words in some
        if (place := place_of(words, anchor.sentence)) is not None
    }
    return tuple(sorted(marks))
