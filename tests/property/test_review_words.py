"""What holds for any text and any file that comes back."""

import contextlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.engine.review_values import read_fix
from onrecord.errors import UsageError
from onrecord.model.correction import ReviewCell
from onrecord.model.fix import key_of, load_fix, write_fix
from onrecord.model.judgement import Judgement, Unread
from onrecord.ontology import load_ontology
from onrecord.show.exchange import label_studio, lines, prodigy
from onrecord.show.exchange.tell import read_any
from onrecord.store.shown import places_of, span_of, words_of

# Few signs, so that words come more than once and quotes and blanks meet.
texts = st.text(alphabet="ab’' \n“\"-–😀K", min_size=1, max_size=40)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
KEYS = ("text", "answer", "spans", "accept", "onrecord", "verdict", "fix", "record")
KEYS += ("shown", "anchor", "cells", "data", "annotations", "result", "value", "made")
objects = st.dictionaries(st.sampled_from(KEYS), plain, max_size=6)


@given(st.data())
def test_words_are_found_where_they_were(data: st.DataObject) -> None:
    text = data.draw(texts)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    span = {"start": start, "end": end, "text": text[start:end]}
    sentence = {"start": first, "end": last, "text": text[first:last]}
    found = span_of(words_of(span, sentence, text), sentence, text)
    if text[start:end].strip() != text[start:end]:
        return  # white space at the edges is no part of words
    assert found == span


@given(texts, texts)
def test_places_of_words_hold_words_alike(words: str, text: str) -> None:
    for start, end in places_of(words, text):
        assert places_of(words, text[start:end])[:1] == [(0, end - start)]


@given(st.binary() | plain.map(lambda value: json.dumps(value).encode()))
def test_any_file_is_read_or_refused(raw: bytes) -> None:
    for read in (prodigy.read, label_studio.read, lines.read):
        assert all(isinstance(one, Judgement | Unread) for one in read(raw))
    with contextlib.suppress(UsageError):
        list(read_any(raw, "x"))


@given(st.lists(objects, max_size=3))
def test_any_task_is_read_or_refused(tasks: list[dict[str, Any]]) -> None:
    whole = json.dumps(tasks).encode()
    by_line = b"\n".join(json.dumps(task).encode() for task in tasks)
    assert all(isinstance(o, Judgement | Unread) for o in label_studio.read(whole))
    for read in (prodigy.read, lines.read):
        assert all(isinstance(o, Judgement | Unread) for o in read(by_line))


@pytest.mark.parametrize("cell", ReviewCell)
@given(value=plain)
def test_any_value_is_a_fix_or_refused(cell: ReviewCell, value: Any) -> None:
    try:
        fix = read_fix(cell, value, load_ontology())
    except (ValueError, msgspec.MsgspecError):
        return
    kept = load_fix(cell, write_fix(fix))
    assert kept == fix
    assert key_of(cell, kept.value) == key_of(cell, fix.value)
