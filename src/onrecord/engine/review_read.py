"""From what somebody said in a tool to decisions: which cells differ from those shown.

A mark is compared with the words that were marked when the event was shown, a choice
with the code that was chosen; what is as it was says nothing. A cell that is given as
such is a fix, whatever was shown.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from onrecord.engine.review_values import read_fix
from onrecord.model.correction import ReviewCell, Verdict, Words
from onrecord.model.fix import Fix, cell_of, key_of, write_fix
from onrecord.model.judgement import (
    LABELS,
    Answer,
    CellValues,
    Judgement,
    Mark,
    MarkedWords,
    PartyValue,
    PlaceValue,
    QuantityValue,
    Shown,
    SourceValue,
)
from onrecord.model.span import Span
from onrecord.ontology import Ontology
from onrecord.store.shown import marks_of, place_of, places_of

PARTIES = (ReviewCell.ACTORS, ReviewCell.RECIPIENTS, ReviewCell.BY)
CHOICES = {
    "type": ReviewCell.TYPE,
    "factuality": ReviewCell.FACTUALITY,
    "mode": ReviewCell.MODE,
    "context": ReviewCell.CONTEXTS,
}
Marks = Mapping[str, set[tuple[int, int]]]
Item = TypeVar("Item", PartyValue, SourceValue, PlaceValue, QuantityValue)


class Decision(msgspec.Struct, frozen=True):
    """A verdict, for a fix with its cell and value; `was` and `value` are JSON."""

    verdict: Verdict
    cell: ReviewCell | None = None
    was: str | None = None
    value: str | None = None


def decisions_of(
    judgement: Judgement, shown: Shown, ontology: Ontology
) -> tuple[Decision, ...]:
    """Return what a judgement decides; raise `ValueError` where it cannot be taken."""
    if judgement.answer is Answer.IGNORE:
        return ()
    if judgement.answer is Answer.REJECT:
        return (Decision(Verdict.REJECT, was=_json(shown.cells)),)
    given = {_cell(name): value for name, value in judgement.fix.items()}
    raw = {**_chosen(judgement, shown.cells), **_marked(judgement, shown), **given}
    fixes = [_fix(cell, value, shown.cells, ontology) for cell, value in raw.items()]
    changed = [f for f in fixes if f.cell in given or _is_other(f, shown.cells)]
    if not changed:
        return (Decision(Verdict.ACCEPT, was=_json(shown.cells)),)
    return tuple(
        Decision(
            Verdict.FIX, fix.cell, _json(cell_of(shown.cells, fix.cell)), write_fix(fix)
        )
        for fix in changed
    )


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _cell(name: str) -> ReviewCell:
    try:
        return ReviewCell(name)
    except ValueError:
        listed = ", ".join(ReviewCell)
        raise ValueError(f"there is no cell {name!r}; cells are {listed}") from None


def _fix(cell: ReviewCell, raw: Any, shown: CellValues, ontology: Ontology) -> Fix:
    try:
        fix = read_fix(cell, raw, ontology)
    except (ValueError, msgspec.MsgspecError, RecursionError) as err:
        raise ValueError(f"{cell.value}: {err}") from None
    if cell in PARTIES:
        kept = tuple(_completed(party, shown) for party in fix.value)
        return Fix(cell, kept, fix.words)
    return fix


def _completed(party: PartyValue, shown: CellValues) -> PartyValue:
    """Return a party of which only the words are given as it was shown."""
    bare = (party.name, party.country, party.role, party.entity_id) == (None,) * 4
    same = _shown_party(party.words, shown)
    if not bare or party.sectors or same is None:
        return party
    return msgspec.structs.replace(
        party,
        name=same.name,
        country=same.country,
        sectors=same.sectors,
        role=same.role,
        entity_id=same.entity_id,
    )


def _shown_party(words: MarkedWords, shown: CellValues) -> PartyValue | None:
    for party in (*shown.actors, *shown.recipients, *shown.by):
        if party.words == words:
            return party
    return None


def _is_other(fix: Fix, shown: CellValues) -> bool:
    was = cell_of(shown, fix.cell)
    return key_of(fix.cell, fix.value) != key_of(fix.cell, was)


def _chosen(judgement: Judgement, shown: CellValues) -> dict[ReviewCell, Any]:
    """Return the codes that were chosen, of the kinds that the tool offers."""
    out: dict[ReviewCell, Any] = {}
    for kind in sorted(judgement.chosen):
        values = [value for its, value in judgement.choices if its == kind]
        cell = CHOICES[kind]
        if cell is ReviewCell.CONTEXTS:
            out[cell] = values
        elif len(values) > 1:
            raise ValueError(f"{len(values)} values of {kind} are chosen, not one")
        elif cell is ReviewCell.MODE:
            out[cell] = values[0] if values else None
        elif values:
            out[cell] = values[0]
        else:
            raise ValueError(f"no {kind} is chosen")
    mode = out.get(ReviewCell.MODE)
    other_type = out.get(ReviewCell.TYPE, shown.type) != shown.type
    if other_type and mode is not None and mode == shown.mode:
        del out[ReviewCell.MODE]  # left as it was: the type alone is meant
    return out


def _marked(judgement: Judgement, shown: Shown) -> dict[ReviewCell, Any]:
    """Return the cells whose marks are others than were shown."""
    if not judgement.marked:
        return {}
    sentence, cells = shown.anchor.sentence, shown.cells
    if judgement.text != sentence:
        raise ValueError("its text is not the sentence that was shown")
    marks, before = _by_label(judgement.marks), _by_label(marks_of(shown))
    for start, end in sorted(set().union(*marks.values())):
        if not 0 <= start < end <= len(sentence):
            raise ValueError(f"a mark lies at {start}:{end}, outside the text")
    moved = {
        label
        for label in marks.keys() | before.keys()
        if marks.get(label, set()) != before.get(label, set())
    }
    if "trigger" in moved:
        raise ValueError(
            "the trigger is marked elsewhere: that is another event; reject this one"
        )
    out: dict[ReviewCell, Any] = {}
    for label, make in MADE.items():
        if label in moved:
            places = [Span(*place) for place in sorted(marks.get(label, ()))]
            out[LABELLED[label]] = make(cells, places, sentence, marks)
    return out


def _by_label(marks: Iterable[Mark]) -> dict[str, set[tuple[int, int]]]:
    out: dict[str, set[tuple[int, int]]] = {}
    for mark in marks:
        if mark.label not in LABELS:
            raise ValueError(
                f"{mark.label!r} is no label; they are {', '.join(LABELS)}"
            )
        out.setdefault(mark.label, set()).add((mark.start, mark.end))
    return out


def _words(span: Span, sentence: str) -> Words:
    text = span.of(sentence)
    occurrence = sum(start < span.start for start, _ in places_of(text, sentence))
    return Words(text=text, occurrence=occurrence)


def _kept(
    items: Iterable[Item], places: list[Span], sentence: str
) -> tuple[list[Item], list[Span]]:
    """Return the items that stay, and the places that none of them has.

    What has its words in another sentence cannot be marked here, and stays.
    """
    left = list(places)
    kept: list[Item] = []
    for item in items:
        place = place_of(item.words, sentence)
        span = Span(*place) if place else None
        if span is None or span in left:
            kept.append(item)
        if span in left:
            left.remove(span)
    return kept, left


def _actors(cells: CellValues, places: list[Span], sentence: str, _: Marks) -> Any:
    return _parties(cells.actors, cells, places, sentence)


def _recipients(cells: CellValues, places: list[Span], sentence: str, _: Marks) -> Any:
    return _parties(cells.recipients, cells, places, sentence)


def _parties(
    items: tuple[PartyValue, ...], cells: CellValues, places: list[Span], sentence: str
) -> Any:
    kept, new = _kept(items, places, sentence)
    added = [
        _completed(PartyValue(words=_words(span, sentence)), cells) for span in new
    ]
    return _plain([*kept, *added])


def _sources(cells: CellValues, places: list[Span], sentence: str, marks: Marks) -> Any:
    kept, new = _kept(cells.by, places, sentence)
    cues = [Span(*place) for place in marks.get("cue", ())]
    cue = _words(cues[0], sentence) if len(cues) == 1 else None
    for span in new:
        party = _completed(PartyValue(words=_words(span, sentence)), cells)
        kept.append(SourceValue(**msgspec.structs.asdict(party), cue=cue))
    return _plain(kept)


def _where(cells: CellValues, places: list[Span], sentence: str, _: Marks) -> Any:
    kept, new = _kept(cells.where, places, sentence)
    added = [PlaceValue(words=_words(span, sentence)) for span in new]
    return _plain([*kept, *added])


def _quantities(cells: CellValues, places: list[Span], sentence: str, _: Marks) -> Any:
    kept, new = _kept(cells.quantities, places, sentence)
    for span in new:
        figure = span.of(sentence).replace(",", "").strip()
        try:
            value = float(figure)
        except ValueError:
            raise ValueError(
                f"{span.of(sentence)!r} is no figure; give quantities as a fix in JSON"
            ) from None
        kept.append(QuantityValue(words=_words(span, sentence), value=value))
    return _plain(kept)


def _condition(cells: CellValues, places: list[Span], sentence: str, _: Marks) -> Any:
    if len(places) > 1:
        raise ValueError("several conditions are marked; mark one stretch of words")
    return {"words": _plain(_words(places[0], sentence))} if places else None


def _when(cells: CellValues, places: list[Span], sentence: str, _: Marks) -> Any:
    if not places:
        return None
    if cells.when is None:
        raise ValueError("a time is marked without days; give `when` as a fix in JSON")
    words = tuple(_words(span, sentence) for span in places)
    return _plain(msgspec.structs.replace(cells.when, words=words))


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


LABELLED = {
    "actor": ReviewCell.ACTORS,
    "recipient": ReviewCell.RECIPIENTS,
    "by": ReviewCell.BY,
    "where": ReviewCell.WHERE,
    "quantity": ReviewCell.QUANTITIES,
    "condition": ReviewCell.CONDITION,
    "when": ReviewCell.WHEN,
}
# The cue alone is no cell: it goes with whose word it is.
MADE: Mapping[str, Callable[[CellValues, list[Span], str, Marks], Any]] = {
    "actor": _actors,
    "recipient": _recipients,
    "by": _sources,
    "where": _where,
    "quantity": _quantities,
    "condition": _condition,
    "when": _when,
}
