"""Why an event stands in the record: each cell, its words, and what read them."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from onrecord.show.glance import days, number
from onrecord.show.marks import Mark, Segment, cut_segments
from onrecord.show.visible import one_line

Row = Mapping[str, Any]

# Cells that only people name as such, when they fix them, with their labels.
FIXED = {
    "actors": "actor",
    "recipients": "recipient",
    "attribution": "by",
    "condition": "condition",
    "when": "when",
    "where": "where",
    "quantities": "quantity",
}
PARTIES = frozenset(("actor", "recipient", "by"))
NONE = "none"  # what a fix says of a cell that should be empty


class Words(msgspec.Struct, frozen=True):
    """Cited words; `start` is their code point where they stand in another sentence."""

    text: str
    start: int | None = None


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell: its value, the words it rests on, and the rule or basis.

    `through` are the words that tell what a pronoun or description stands for.
    """

    label: str
    value: str
    words: tuple[Words, ...] = ()
    through: tuple[Words, ...] = ()
    rule: str | None = None


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """An event's sentence with every cell's words marked, and a line a cell."""

    event_id: str
    segments: tuple[Segment, ...]
    cells: tuple[Cell, ...]
    confidence: float
    rule: str


class FoundCell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell before its words are told apart by sentence."""

    label: str
    value: str
    spans: tuple[Row, ...]
    through: tuple[Row, ...] = ()
    rule: str | None = None


def explain_event(event: Row) -> Explanation:
    """Return the explanation of an event as `onrecord.records` writes it."""
    found = tuple(_cells(event))
    sentence = event["sentence"]
    marks = [
        Mark(span["start"], span["end"], cell.label)
        for cell in found
        for span in cell.spans
    ]
    return Explanation(
        event_id=event["event_id"],
        segments=cut_segments(sentence["text"], sentence["start"], marks),
        cells=tuple(_told_apart(cell, sentence) for cell in found),
        confidence=event["confidence"],
        rule=event["rule"],
    )


def _told_apart(cell: FoundCell, sentence: Row) -> Cell:
    """Return the cell; words of another sentence are told by their place."""
    return Cell(
        label=cell.label,
        value=one_line(cell.value),
        words=_words(cell.spans, sentence),
        through=_words(cell.through, sentence),
        rule=cell.rule,
    )


def _words(spans: Iterable[Row], sentence: Row) -> tuple[Words, ...]:
    return tuple(
        Words(one_line(s["text"]), None if _within(s, sentence) else s["start"])
        for s in spans
    )


def _within(span: Row, sentence: Row) -> bool:
    return bool(sentence["start"] <= span["start"] and span["end"] <= sentence["end"])


def _cells(event: Row) -> Iterable[FoundCell]:
    """Yield the cells in the order they are read, and whose word fixed ones rest on."""
    fixed = {
        FIXED[cell["cell"]]: cell for cell in event["cells"] if cell["cell"] in FIXED
    }
    for cell in _read_cells(event):
        by = fixed.get(cell.label)
        parties = cell.label in PARTIES and by is not None and by["value"] != NONE
        if by is None or parties:  # a party says itself how it was found
            yield cell
        else:
            yield msgspec.structs.replace(cell, rule=by["rule"])
    for label, by in fixed.items():
        if by["value"] == NONE and label != "by":
            yield FoundCell(label=label, value=NONE, spans=(), rule=by["rule"])


def _read_cells(event: Row) -> Iterable[FoundCell]:
    coded = {"event_type": "type", "mode": "mode", "contexts": "context"}
    for cell in event["cells"]:
        if cell["cell"] in coded:
            yield coded_cell(coded[cell["cell"]], cell)
    for party in event["actors"]:
        yield party_cell("actor", party)
    for party in event["recipients"]:
        yield party_cell("recipient", party)
    for cell in event["cells"]:
        if cell["cell"] == "factuality":
            yield coded_cell("factuality", cell)
    if event["condition"]:
        condition = event["condition"]
        yield FoundCell(label="condition", value=condition["text"], spans=(condition,))
    if not event["attribution"]:
        yield FoundCell(label="by", value="the report itself", spans=())
    for source in event["attribution"]:
        yield party_cell("by", source)
        yield FoundCell(
            label="cue", value=source["cue"]["text"], spans=(source["cue"],)
        )
    if event["when"]:
        yield when_cell(event["when"])
    for place in event["where"]:
        yield place_cell(place)
    for quantity in event["quantities"]:
        yield quantity_cell(quantity)


def coded_cell(label: str, cell: Row) -> FoundCell:
    """Return a coded cell of an event, such as its type."""
    return FoundCell(
        label=label, value=cell["value"], spans=tuple(cell["spans"]), rule=cell["rule"]
    )


def party_cell(label: str, party: Row) -> FoundCell:
    """Return the cell of an actor, recipient, source or speaker."""
    codes = [party["country"], "|".join(party["sectors"]), party["role"]]
    shown = ", ".join(c for c in codes if c)
    coded = f"{party['name']} ({shown})" if shown else party["name"]
    return FoundCell(
        label=label,
        value=f"{coded}, not named" if party.get("anonymous") else coded,
        spans=(party,),
        through=(party["antecedent"],) if party["antecedent"] else (),
        rule=party["basis"],
    )


def when_cell(when: Row) -> FoundCell:
    """Return the cell of a time."""
    basis = {"publication": "the day of publication", "text": "said in the text"}
    return FoundCell(
        label="when",
        value=f"{days(when)} ({when['granularity']})",
        spans=tuple(when["spans"]),
        rule=basis[when["basis"]],
    )


def place_cell(place: Row) -> FoundCell:
    """Return the cell of a place."""
    parts = [place["name"], place["admin1"], place["country"], place["precision"]]
    return FoundCell(
        label="where", value=", ".join(p for p in parts if p), spans=(place,)
    )


def quantity_cell(quantity: Row) -> FoundCell:
    """Return the cell of a number."""
    value = number(quantity["value"])
    if quantity["low"] is not None or quantity["high"] is not None:
        value += f" ({number(quantity['low'])} to {number(quantity['high'])})"
    counted = f" {quantity['of']}" if quantity["of"] else ""
    return FoundCell(
        label="quantity",
        value=f"{value}{counted}, {quantity['modifier'].replace('_', ' ')}",
        spans=(quantity,),
    )
