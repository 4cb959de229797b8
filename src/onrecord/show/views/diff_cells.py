"""The cells of two rows side by side: which differ, and in what."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from onrecord.show.explanation import (
    FoundCell,
    coded_cell,
    party_cell,
    place_cell,
    quantity_cell,
    when_cell,
)
from onrecord.show.views.cite import Passage
from onrecord.show.views.diff_shape import CellChange, State, What
from onrecord.show.visible import one_line

Row = Mapping[str, Any]

CODED = {"event_type": "type", "mode": "mode", "contexts": "context"}
CODED |= {"factuality": "factuality"}
PLACE_FACTS = ("geonameid", "lat", "lon")
SURENESS = re.compile(r"@\d+(\.\d+)?$")  # "reader/event@0.97" is one rule with @0.99


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of a row; `more` is what tells values apart that are shown alike."""

    label: str
    value: str
    spans: tuple[tuple[int, int, str], ...] = ()
    rule: str | None = None
    more: str = ""

    @property
    def read(self) -> tuple[object, ...]:
        """Return what must be the same in two cells that are alike."""
        return self.label, self.value, self.spans, rule_name(self.rule), self.more


def rule_name(rule: str | None) -> str | None:
    """Return a rule without how sure it was."""
    return None if rule is None else SURENESS.sub("", rule)


def event_changes(was: Row | None, now: Row | None) -> tuple[CellChange, ...]:
    """Return the cells that differ between two rows of `events`; None has no cells."""
    cells = _changes(_event_cells(was), _event_cells(now))
    return (*cells, *_sentence(was, now))


def statement_changes(was: Row | None, now: Row | None) -> tuple[CellChange, ...]:
    """Return the cells that differ between two rows of `statements`."""
    cells = _changes(_statement_cells(was), _statement_cells(now))
    return (*cells, *_sentence(was, now))


def _sentence(was: Row | None, now: Row | None) -> Iterator[CellChange]:
    """Yield the sentences of a pair where they are cut differently."""
    if was is None or now is None:
        return
    old, new = (
        _Found(label="sentence", value=one["text"], spans=_spans([one]))
        for one in (was["sentence"], now["sentence"])
    )
    if old.read != new.read:
        yield _change("sentence", old, new)


def _changes(was: Iterable[_Found], now: Iterable[_Found]) -> tuple[CellChange, ...]:
    old, new = list(was), list(now)
    labels = dict.fromkeys(cell.label for cell in (*old, *new))
    return tuple(
        change
        for label in labels
        for change in _changes_of(
            label,
            [cell for cell in old if cell.label == label],
            [cell for cell in new if cell.label == label],
        )
    )


def _changes_of(
    label: str, old: list[_Found], new: list[_Found]
) -> Iterator[CellChange]:
    """Pair the cells of one name: those alike, then by words, by value, in order."""
    for alike in (_same, _same_words, _same_value, _any):
        for cell in tuple(old):
            other = next((one for one in new if alike(cell, one)), None)
            if other is None:
                continue
            old.remove(cell)
            new.remove(other)
            if cell.read != other.read:
                yield _change(label, cell, other)
    yield from (_change(label, cell, None) for cell in old)
    yield from (_change(label, None, cell) for cell in new)


def _same(was: _Found, now: _Found) -> bool:
    return was.read == now.read


def _same_words(was: _Found, now: _Found) -> bool:
    return bool(was.spans) and was.spans[:1] == now.spans[:1]


def _same_value(was: _Found, now: _Found) -> bool:
    return was.value == now.value


def _any(was: _Found, now: _Found) -> bool:
    return True


def _change(label: str, was: _Found | None, now: _Found | None) -> CellChange:
    if was is None or now is None or (was.value, was.more) != (now.value, now.more):
        what = What.VALUE
    else:
        what = What.RULE if was.spans == now.spans else What.WORDS
    hidden = was is not None and now is not None and was.value == now.value
    more = hidden and what is What.VALUE
    return CellChange(
        cell=label,
        what=what,
        was=_state(was, more=more),
        now=_state(now, more=more),
    )


def _state(cell: _Found | None, *, more: bool) -> State | None:
    if cell is None:
        return None
    value = f"{cell.value} [{cell.more}]" if more else cell.value
    words = tuple(Passage(start=s, end=e, text=text) for s, e, text in cell.spans)
    return State(value=one_line(value), words=words, rule=cell.rule)


def _event_cells(row: Row | None) -> Iterator[_Found]:
    """Yield the cells of an event in the order they are read."""
    if row is None:
        return
    for cell in row["cells"] or ():
        if cell["cell"] in CODED:
            yield _found(coded_cell(CODED[cell["cell"]], cell))
    for label, column in (("actor", "actors"), ("recipient", "recipients")):
        yield from _parties(label, row[column])
    if row["historical"]:
        yield _Found(label="historical", value="yes")
    yield from _words("condition", row["condition"])
    if not row["attribution"]:
        yield _Found(label="by", value="the report itself")
    for source in row["attribution"] or ():
        yield from _parties("by", [source])
        yield from _words("cue", source["cue"])
    yield from _when(row)
    for place in row["places"] or ():
        facts = " ".join(str(place.get(name)) for name in PLACE_FACTS)
        yield _found(place_cell(place), facts)
    for quantity in row["quantities"] or ():
        yield _found(quantity_cell(quantity))


def _statement_cells(row: Row | None) -> Iterator[_Found]:
    if row is None:
        return
    yield _Found(
        label="act", value=row["act"], spans=_spans([row["cue"]]), rule=row["rule"]
    )
    yield _Found(label="form", value=row["form"])
    yield from _parties("speaker", [row["speaker"]])
    yield from _parties("addressee", [row["addressee"]] if row["addressee"] else ())
    content = row["content"] or ()
    told = " … ".join(span["text"] for span in content)
    yield _Found(label="content", value=told, spans=_spans(content))
    yield from _words("venue", row["venue"])
    yield from _when(row)


def _parties(label: str, parties: Iterable[Row] | None) -> Iterator[_Found]:
    for party in parties or ():
        yield _found(party_cell(label, party), party["entity_id"] or "")


def _words(label: str, span: Row | None) -> Iterator[_Found]:
    if span is not None:
        yield _Found(label=label, value=span["text"], spans=_spans([span]))


def _when(row: Row) -> Iterator[_Found]:
    if row["when_from"] is None:
        return
    when = {
        "from": row["when_from"].isoformat(),
        "to": row["when_to"].isoformat(),
        "basis": row["when_basis"],
        "granularity": row["when_granularity"],
        "spans": row["when_spans"] or (),
    }
    yield _found(when_cell(when))


def _found(cell: FoundCell, more: str = "") -> _Found:
    return _Found(
        label=cell.label,
        value=cell.value,
        spans=_spans((*cell.spans, *cell.through)),
        rule=cell.rule,
        more=more,
    )


def _spans(spans: Sequence[Row]) -> tuple[tuple[int, int, str], ...]:
    return tuple((span["start"], span["end"], span["text"]) for span in spans)
