"""Reports with the events a person has approved, one readable line an event.

    REQUEST   RUS.GOV -> IGO   happened   «demanded»   by Lavrov

The columns: type, actors and recipients as country and sector (the name where neither
is known), factuality, the words that call the event up, and on whose word, outermost
first. `pytest tests/golden --golden-update` writes the files anew; the difference is
read line by line, as a reader of the report.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

from onrecord.model.document import Document
from onrecord.model.event import Event, Party
from onrecord.pipeline import process
from onrecord.read import read_reports
from onrecord.understand.parse import SentenceCache

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))
GAP = "  "


def code_of(party: Party) -> str:
    codes = [c for c in (party.country, *party.sectors) if c]
    return ".".join(codes) or party.name


def codes_of(parties: Iterable[Party]) -> str:
    return "+".join(code_of(p) for p in parties) or "-"


def line_of(event: Event, document: Document) -> list[str]:
    mode = f"/{event.mode.value}" if event.mode else ""
    by = " < ".join(source.party.name for source in event.attribution)
    return [
        event.event_type.value + mode,
        f"{codes_of(event.actors)} -> {codes_of(event.recipients)}",
        event.factuality.value.value,
        f"«{event.trigger.of(document.text)}»",
        f"by {by}" if by else "",
    ]


def aligned(rows: list[list[str]]) -> str:
    """Return the rows as lines whose columns stand under each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        GAP.join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_events_are_those_a_person_approved(path, kit, reader, request):
    (document,) = read_reports([path])
    coded = process(document, kit=kit, reader=reader, cache=SentenceCache())
    events = sorted(coded.events, key=lambda e: (e.trigger, e.event_id))
    found = aligned([line_of(e, document) for e in events])
    approved = path.with_suffix(".events")
    if request.config.getoption("--golden-update"):
        approved.write_text(found, encoding="utf-8")
        return
    assert found == approved.read_text(encoding="utf-8")


def test_there_are_golden_reports():
    assert REPORTS
