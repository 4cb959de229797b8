"""Whatever a model answers: nothing breaks, and every cell cites words of the text."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.llm.account import Asked
from onrecord.llm.answer import read_answer
from onrecord.llm.client import Failed
from onrecord.llm.door import let_in
from onrecord.llm.pieces import Piece
from onrecord.model.event import CodedDocument
from onrecord.ontology import load_ontology
from onrecord.store.rows import coded_rows
from tests.support.llmcases import GOOD, SAID, TEXT

ONTOLOGY = load_ontology()
WORDS = st.sampled_from(
    [
        "Chad",
        "Mali",
        "accused",
        "said",
        "on Monday",
        "it",
        "lies",
        "of",
        "would not",
        "",
    ]
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["words", "value", "sentence", "speaker", "cue", "country"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)
PARTY = st.fixed_dictionaries({"words": WORDS, "country": st.none() | WORDS})
THERE = st.fixed_dictionaries({"sentence": st.integers(-1, 3), "words": WORDS})
SHAPED = WORDS | PARTY | st.lists(PARTY, max_size=3) | THERE | st.lists(THERE)


def entries(good: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return entries of which each cell is good, of some form, or anything."""
    cells = {name: st.just(value) | SHAPED | JSON for name, value in good.items()}
    return st.fixed_dictionaries({}, optional=cells) | st.just(good) | JSON


ANSWERS = st.fixed_dictionaries(
    {
        "events": st.lists(entries(GOOD), max_size=6),
        "statements": st.lists(entries(SAID), max_size=4),
    }
)


@given(answer=ANSWERS)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_no_answer_breaks_the_door_or_puts_in_words(annotate, kit, answer):
    adoc = annotate(TEXT)
    try:
        read = read_answer(json.dumps(answer))
    except Failed:
        return
    asked = Asked(doc_id="doc")
    coded = let_in(
        adoc,
        [(Piece(0, len(adoc.sentences)), read)],
        kit=kit,
        rule="llm/m",
        asked=asked,
    )
    _check(coded)
    entries = len(answer["events"]) + len(answer["statements"])
    dropped = sum(n for (cell, _), n in asked.dropped.items() if cell in WHOLE)
    assert len(coded.events) + len(coded.statements) + dropped == entries


WHOLE = ("event", "statement")


def _check(coded: CodedDocument) -> None:
    """See that every row can be kept, its codes known and its words those there."""
    for table, row in coded_rows(coded, ontology=ONTOLOGY, story_id="sto-1"):
        for span in _spans(row):
            assert TEXT[span["start"] : span["end"]] == span["text"]
            assert span["text"].strip()
        if table == "events":
            assert row["event_type"] in ONTOLOGY.event_types
            assert row["mode"] in (None, *ONTOLOGY.modes[row["event_type"]])
            assert set(row["contexts"]) <= set(ONTOLOGY.contexts)


def _spans(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        own = [value] if {"start", "end", "text"} <= value.keys() else []
        return own + [span for inner in value.values() for span in _spans(inner)]
    if isinstance(value, list | tuple):
        return [span for inner in value for span in _spans(inner)]
    return []


@given(text=st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_text_breaks_the_reading_of_an_answer(text):
    try:
        read_answer(text)
    except Failed as err:
        assert "JSON" in str(err)
