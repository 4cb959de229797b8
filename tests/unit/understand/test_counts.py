"""Numbers in digits and words."""

import pytest

from onrecord.lexicon.numbers import load_numbers
from onrecord.understand.counts import read_count
from onrecord.understand.words import split_words
from tests.support.untagged import build_untagged

NUMBERS = load_numbers()


def read(text: str) -> float | None:
    (sentence,) = build_untagged(text)
    count = read_count(split_words(sentence), 0, NUMBERS)
    return count.value if count is not None else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200 tanks", 1200),
        ("1.2 billion people", 1.2e9),
        ("30m voters", 3e7),
        ("two hundred and fifty", 250),
        ("twenty-one", 21),
        ("three million five hundred thousand", 3_500_000),
        ("two and a half million", 2_500_000),
        ("half a million", 500_000),
        ("a dozen eggs", 12),
        ("two dozen", 24),
        ("dozens of boats", 24),
        ("tens of thousands", 20_000),
        ("hundreds of thousands", 200_000),
        ("several thousand", 2_000),
        ("two three", 2),
    ],
)
def test_a_number_has_its_value(text: str, value: float) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    "text", ["a man", "the third", "9/11", "14:00", "29th", "1,20", "several men"]
)
def test_what_is_no_number_has_none(text: str) -> None:
    assert read(text) is None
