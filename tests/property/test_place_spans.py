"""What holds for the places of any text."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.annotation import Place, Precision, Sentence, Token
from onrecord.model.span import Span
from onrecord.understand.places import places_in
from onrecord.understand.sentences import split_sentences
from tests.support.places import small_gazetteer

WORDS = (
    "Kyiv Ukraine Georgia Black Sea US Washington New York Crimea Springfield , in of"
    " the and Illinois Donbas Of Police Middle East Tripoli Lebanon state said virus"
    " Saint-Marc 's 😀 e\u0301 \u202eאב University Bank Côte d’Ivoire"
)
NAMES = st.sampled_from([*WORDS.split(" "), "\r\n", "\x00"])
TEXTS = st.lists(NAMES, min_size=1, max_size=30).map(" ".join) | st.text(max_size=200)
TAGS = st.sampled_from(["O", "B-LOC", "I-LOC", "B-PER", "I-PER", "B-ORG", "I-ORG"])
UPOS = st.sampled_from(["PROPN", "NOUN", "VERB", "ADP", "NUM"])
DEPRELS = st.sampled_from(["nsubj", "obl", "conj", "case", "compound", "nmod:poss"])


@st.composite
def reports(draw: st.DrawFn) -> tuple[str, tuple[Sentence, ...]]:
    """Draw a text with any analysis, however wrong."""
    text = draw(TEXTS)
    sentences = []
    for cut in split_sentences(text) if text.strip() else ():
        heads = st.integers(0, len(cut.tokens))
        tokens = tuple(
            Token(
                span.start,
                span.end,
                span.of(text),
                draw(UPOS),
                "X",
                span.of(text).lower(),
                draw(heads),
                draw(DEPRELS),
                draw(TAGS),
            )
            for span in cut.tokens
        )
        sentences.append(Sentence(cut.span, 0, tokens))
    return text, tuple(sentences)


def places_of(report: tuple[str, tuple[Sentence, ...]]) -> tuple[Place, ...]:
    return places_in(report[0], report[1], (), small_gazetteer())


@given(reports())
def test_spans_are_ordered_apart_and_inside_their_sentence(
    report: tuple[str, tuple[Sentence, ...]],
) -> None:
    places = places_of(report)
    for place in places:
        assert report[1][place.sentence].span.covers(place.span)
    for before, after in itertools.pairwise(places):
        assert before.span.end <= after.span.start


@given(reports())
def test_spans_begin_and_end_with_words(
    report: tuple[str, tuple[Sentence, ...]],
) -> None:
    for place in places_of(report):
        tokens = report[1][place.sentence].tokens
        assert place.span.start in {t.start for t in tokens}
        assert place.span.end in {t.end for t in tokens}


@given(reports())
def test_countries_and_waters_have_no_point(
    report: tuple[str, tuple[Sentence, ...]],
) -> None:
    for place in places_of(report):
        assert (place.lat is None) == (place.lon is None)
        if place.precision in {Precision.COUNTRY, Precision.WATER}:
            assert place.lat is None


@given(reports())
def test_a_town_or_site_has_a_point(
    report: tuple[str, tuple[Sentence, ...]],
) -> None:
    for place in places_of(report):
        if place.precision in {Precision.CITY, Precision.POINT}:
            assert place.lat is not None


@given(reports())
def test_a_second_run_gives_the_same(
    report: tuple[str, tuple[Sentence, ...]],
) -> None:
    assert places_of(report) == places_of(report)


def test_the_worst_line_is_quick() -> None:
    text = "New York of the " * 50
    cut = split_sentences(text)[0]
    tokens = tuple(
        Token(s.start, s.end, s.of(text), "PROPN", "X", "x", 0, "root", "B-LOC")
        for s in cut.tokens
    )
    found = places_in(
        text, (Sentence(Span(0, tokens[-1].end), 0, tokens),), (), small_gazetteer()
    )
    assert len(found) == 50
