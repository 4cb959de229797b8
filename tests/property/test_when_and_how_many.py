"""What must hold for the times and quantities of every text."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.lexicon.numbers import load_numbers
from onrecord.lexicon.timewords import load_timewords
from onrecord.model.annotation import Quantity, Timex
from onrecord.model.document import DateBasis, Document
from onrecord.understand.quantities import quantities_in
from onrecord.understand.times import times_in
from tests.support.untagged import build_untagged

TIMEWORDS, NUMBERS = load_timewords(), load_numbers()
PIECES = (
    *("January", "May", "29", "29th", "2022", "1999", "0", "BC", "late", "the", "end"),
    *("of", "last", "next", "this", "year", "years", "week", "ago", "later", "three"),
    *("hundred", "million", "dozens", "half", "a", "and", "to", "-", "–", "/", ","),
    *("Monday", "night", "10", "a.m.", "every", "first", "quarter", "century", "$"),
    *("%", "people", "more", "than", "between", "in", "on", "will", "\n", "'99", "'"),
    *("1990s", "weekend", "spring", "Christmas", "9999", "days", "99999999999999999"),
    *("decades", "1,000", "3.5", "twenty", "🙂", "\x00", "٣", "²", "ſ", "İ"),
)
NEWS = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
GLUED = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
TEXTS = (st.text(max_size=200) | NEWS | GLUED).filter(lambda text: bool(text.strip()))
DATES = st.none() | st.dates()


def find(
    text: str, date: dt.date | None
) -> tuple[tuple[Timex, ...], tuple[Quantity, ...]]:
    basis = DateBasis.GIVEN if date else DateBasis.UNKNOWN
    document = Document(
        doc_id="d", source_id="s", text=text, date=date, date_basis=basis
    )
    sentences = build_untagged(text)
    times = times_in(document, sentences, times=TIMEWORDS, numbers=NUMBERS)
    return times, quantities_in(sentences, times, words=TIMEWORDS, numbers=NUMBERS)


@settings(max_examples=150, deadline=None)
@given(TEXTS, DATES)
def test_times_are_ordered_apart_and_run_forward(
    text: str, date: dt.date | None
) -> None:
    end = 0
    for timex in find(text, date)[0]:
        assert timex.span.start >= end
        assert timex.span.of(text).strip() == timex.span.of(text)
        end = timex.span.end
        assert (timex.start is None) == (timex.end is None)
        if timex.start is not None and timex.end is not None:
            assert timex.start <= timex.end
    assert end <= len(text)


@settings(max_examples=150, deadline=None)
@given(TEXTS, DATES)
def test_quantities_are_ordered_apart_and_beside_times(
    text: str, date: dt.date | None
) -> None:
    times, quantities = find(text, date)
    end = 0
    for quantity in quantities:
        assert quantity.span.start >= end
        assert not any(quantity.span.overlaps(timex.span) for timex in times)
        end = quantity.span.end
        assert (quantity.low is None) == (quantity.high is None)
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low < quantity.high
        assert quantity.of != ""
    assert end <= len(text)


@settings(max_examples=50, deadline=None)
@given(NEWS.filter(lambda text: bool(text.strip())), DATES)
def test_the_same_text_gives_the_same_layers(text: str, date: dt.date | None) -> None:
    assert find(text, date) == find(text, date)


@pytest.mark.parametrize(
    "piece",
    ["a", "a ", "1", "1 ", "1,", "1-", "the ", "of ", "last ", "May ", "1/", "half a "],
)
def test_long_lines_take_no_long_time(piece: str) -> None:
    text = (piece * 5_000)[:5_000] + "."
    begin = time.process_time()
    find(text, dt.date(2022, 1, 29))
    assert time.process_time() - begin < 10  # seconds; far below where it is linear
