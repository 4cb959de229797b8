"""What must hold of every text: STYLE's promises, over the whole pipeline."""

import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.annotation import AnnotatedDocument
from onrecord.model.event import CodedDocument
from onrecord.model.span import Span
from onrecord.pipeline import code
from tests.support.real import annotate, code_text, real_kit

PIECES = st.sampled_from(
    [
        "The Kremlin denied that it would invade Ukraine.",
        "“We will not leave,” Lavrov told Tass on Friday.",
        "Police arrested 20 protesters in Minsk",
        "If they attack, the US said, sanctions will follow.",
        "\n\n",
        " ",
        "\r\n",
        "\x00",
        "😀 café e\u0301",
        "السلام عليكم",
        "according to",
        "“",
        '"',
        "not",
        "a" * 300,
        "100,000 troops",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=8).map(" ".join).filter(str.strip)
FREE = st.text(min_size=1, max_size=200).filter(str.strip)


def spans_of(value: object) -> list[Span]:
    """Return every span anywhere inside a record."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, msgspec.Struct):
        return [s for f in value.__struct_fields__ for s in spans_of(getattr(value, f))]
    if isinstance(value, tuple):
        return [s for item in value for s in spans_of(item)]
    return []


def check(adoc: AnnotatedDocument, cdoc: CodedDocument) -> None:
    length = len(adoc.document.text)
    assert all(s.end <= length for s in spans_of(adoc) + spans_of(cdoc))
    ends = [(s.span.start, s.span.end) for s in adoc.sentences]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))
    ids = [e.event_id for e in cdoc.events]
    assert len(ids) == len(set(ids))
    for event in cdoc.events:
        assert event.sentence.covers(event.trigger)
        assert 0 <= event.confidence <= 1
    known = set(ids)
    assert all(set(s.events) <= known for s in cdoc.statements)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_every_cell_stands_in_the_text(text):
    adoc = annotate(text)
    check(adoc, code(adoc, kit=real_kit()))


@settings(max_examples=30, deadline=None)
@given(FREE)
def test_any_text_is_coded_without_an_error(text):
    adoc = annotate(text, None)
    check(adoc, code(adoc, kit=real_kit()))


@settings(max_examples=15, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_bytes(text):
    encode = msgspec.msgpack.encode
    first, second = code_text(text), code_text(text)
    assert encode(first) == encode(second)
    assert msgspec.msgpack.decode(encode(first), type=CodedDocument) == first


@pytest.mark.parametrize("tail", ["\n\nKyiv protested.", "\n\nHe left.", "\n\n“No.”"])
def test_a_sentence_at_the_end_changes_no_earlier_syntax(tail):
    text = "Russia rejected the offer. Troops moved to the border on Friday."
    before, after = annotate(text), annotate(text + tail)
    count = len(before.sentences)
    assert after.sentences[:count] == before.sentences
    times = [t for t in after.times if t.sentence < count]
    assert tuple(times) == before.times
