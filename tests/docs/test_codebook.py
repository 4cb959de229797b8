"""The codebook's examples are coded as it says, and it has every code.

A fenced block `coded` has sentences, and under each its events, one a line:

    TYPE/mode «words» factuality by X < Y if CONDITION {context, context}

Only what a line gives is checked, but the lines are all the events. In a block
`not-yet`, a line that begins with # says why the program does not code it so.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from onrecord.model.event import Event
from onrecord.ontology import load_ontology
from tests.support.real import code_text

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "explain/codebook.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(coded|not-yet)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINE = re.compile(
    r"(?P<type>[A-Z]+)(?:/(?P<mode>[\w-]+))? «(?P<words>[^»]+)»"
    r"(?: (?P<factuality>happened|planned|hypothetical|negated|denied))?"
    r"(?: by (?P<by>.+?))?(?: if (?P<condition>.+?))?(?: \{(?P<contexts>.+)\})?"
)
NO_EVENT = "no event"


class Example(msgspec.Struct, frozen=True):
    """A sentence of the codebook with its event lines."""

    text: str
    events: tuple[str, ...]
    why_not: str | None = None


def read_examples(kind: str) -> Iterator[Example]:
    for found, block in BLOCK.findall(PAGE):
        if found != kind:
            continue
        for group in re.split(r"\n(?=\S)", block.strip()):
            text, *lines = (line.strip() for line in group.splitlines())
            reasons = [line[1:].strip() for line in lines if line.startswith("#")]
            events = tuple(line for line in lines if not line.startswith("#"))
            yield Example(text, events, reasons[0] if reasons else None)


def find_faults(example: Example) -> list[str]:
    left = list(code_text(example.text).events)
    faults = []
    for line in example.events:
        if line == NO_EVENT:
            continue
        wanted = LINE.fullmatch(line)
        assert wanted, f"not an event line: {line}"
        at = example.text.index(wanted["words"])
        end = at + len(wanted["words"])
        found = next(
            (e for e in left if e.trigger.start < end and at < e.trigger.end), None
        )
        if found is None:
            faults.append(f"{line}: not found")
            continue
        left.remove(found)
        faults += [f"{line}: {f}" for f in _wrong(found, wanted, example.text)]
    return faults + [f"{e.event_type.value}: one too many" for e in left]


def _wrong(event: Event, wanted: re.Match[str], text: str) -> Iterator[str]:
    mode = event.mode.value if event.mode else None
    if event.event_type.value != wanted["type"]:
        yield f"is {event.event_type.value.value}"
    if wanted["mode"] and mode != wanted["mode"]:
        yield f"mode {mode}"
    if wanted["factuality"] and event.factuality.value != wanted["factuality"]:
        yield event.factuality.value.value
    chain = [source.party.span.of(text) for source in event.attribution]
    names = wanted["by"].split(" < ") if wanted["by"] else chain
    same = len(names) == len(chain)
    if not same or not all(n in c for n, c in zip(names, chain, strict=True)):
        yield f"by {chain}"
    condition = event.condition.of(text) if event.condition else None
    if wanted["condition"] and condition != wanted["condition"]:
        yield f"if {condition}"
    contexts = {c.value for c in event.contexts}
    if wanted["contexts"] and contexts != set(wanted["contexts"].split(", ")):
        yield f"contexts {sorted(contexts)}"


@pytest.mark.parametrize(
    "example", list(read_examples("coded")), ids=lambda e: e.text[:60]
)
def test_an_example_is_coded_as_the_page_says(example):
    assert find_faults(example) == []


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(e, marks=pytest.mark.xfail(reason=e.why_not or "", strict=True))
        for e in read_examples("not-yet")
    ],
    ids=lambda e: e.text[:60],
)
def test_what_is_not_yet_read_is_not(example):
    assert find_faults(example) == []


def test_what_is_not_yet_read_says_why():
    assert [e.text for e in read_examples("not-yet") if not e.why_not] == []


def test_every_code_is_in_the_codebook():
    ontology = load_ontology()
    headings = set(re.findall(r"^### (\w+)$", PAGE, re.MULTILINE))
    rows = set(re.findall(r"^\| ([\w-]+) \|", PAGE, re.MULTILINE))
    assert set(ontology.event_types) <= headings
    assert {m for e in ontology.event_types.values() for m in e.modes} <= rows
    assert set(ontology.contexts) <= rows


def test_every_alternative_is_in_the_reference():
    page = (DOCS / "reference/scores.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| ([\w-]+) \|", page, re.MULTILINE)) - {"alternative"}
    assert rows == set(load_ontology().alternatives)
