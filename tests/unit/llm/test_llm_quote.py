import pytest

from onrecord.llm.quote import find_words, make_view, nearest
from onrecord.model.span import Span


def found(text: str, words: str) -> list[str]:
    view = make_view(text, Span(0, len(text)))
    return [span.of(text) for span in find_words(view, words)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Chad left Mali.", "left", ["left"]),
        ("Chad left Mali.", " left\n", ["left"]),
        ("Chad\n  left\u00a0Mali.", "Chad left Mali", ["Chad\n  left\u00a0Mali"]),
        ("He “left”, he said.", '"left"', ["“left”"]),
        ("Mali’s army", "Mali's army", ["Mali’s army"]),
        ("the theatre of the war", "the", ["the", "the"]),
        ("Chad left Mali.", "Left", []),
        ("Chad left Mali.", "lef", []),
        ("Chad left Mali.", "Chad ... Mali", []),
        ("Chad left Mali.", "", []),
        ("Chad left Mali.", "  ", []),
        ("the cafe\u0301 burnt", "cafe", []),
        ("A war? A war.", "war", ["war", "war"]),
    ],
)
def test_words_are_found_only_as_they_stand(text, words, expected):
    assert found(text, words) == expected


def test_a_view_begins_where_its_sentence_does():
    text = "Chad left. Chad came."
    view = make_view(text, Span(11, 21))
    assert find_words(view, "Chad") == (Span(11, 15),)


def test_the_nearest_is_chosen_and_of_two_the_first():
    spans = (Span(0, 2), Span(10, 12), Span(30, 32))
    assert nearest(spans, Span(13, 15)) == Span(10, 12)
    assert nearest((Span(0, 2), Span(10, 12)), Span(5, 7)) == Span(0, 2)
    assert nearest((), Span(5, 7)) is None
