import pytest

from onrecord.collapse.words import cut_words, scan_all
from tests.support.stories import LEXEMES


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2 million people", ["2000000"]),
        ("seventy-one men", ["71"]),
        ("one hundred and five tons", ["105"]),
        ("12 and 13", ["12", "13"]),
        ("1,200.5 km", ["1200.5"]),
    ],
)
def test_numbers_are_read_as_one(text: str, values: list[str]) -> None:
    words = cut_words(text, LEXEMES).words
    assert [w.value for w in words if w.value is not None] == values


def test_sentences_do_not_end_at_abbreviations() -> None:
    text = "Gen. A. Berg spoke. He left.\n\nThe end"
    assert cut_words(text, LEXEMES).begins == (0, 4, 6)
    assert scan_all([(text, 0)], LEXEMES).begins.tolist() == [0, 4, 6]


def test_spans_are_places_in_the_text() -> None:
    text = "Ünal’s “plan” 😀 failed."
    words = cut_words(text, LEXEMES).words
    assert [text[w.start : w.end] for w in words] == ["Ünal’s", "plan", "failed"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("invaded", "invading"), ("told", "informed"), ("troops", "soldiers")],
)
def test_words_of_one_meaning_share_a_concept(one: str, other: str) -> None:
    assert LEXEMES[one].concept == LEXEMES[other].concept
