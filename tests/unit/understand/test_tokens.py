import time

import pytest

from onrecord.understand.tokens import tokenize


def words(text: str) -> list[str]:
    return [span.of(text) for span in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US-led force", "US|-|led|force"),
        ("an anti-war march", "an|anti-war|march"),
        ("al-Qaeda's", "al|-|Qaeda|'s"),
        ("He didn't go", "He|did|n't|go"),
        ("they’ll say it’s", "they|’ll|say|it|’s"),
        ("We cannot stay", "We|can|not|stay"),
        ("the U.S. and Mr. Lee", "the|U.S.|and|Mr.|Lee"),
        ("at 10 a.m. today", "at|10|a.m.|today"),
        ("at 10:30am", "at|10:30|am"),
        ("about 100,000 troops", "about|100,000|troops"),
        ("up 1.5%", "up|1.5|%"),
        ("paid $40m", "paid|$|40|m"),
        ("€5bn", "€|5|bn"),
        ("Well... no", "Well|...|no"),
        ("see https://example.org/a?b=1.", "see|https://example.org/a?b=1|."),
        ("ask a.b@example.org now", "ask|a.b@example.org|now"),
        ("#Kyiv by @nato", "#Kyiv|by|@nato"),
        ('"Go," he said.', '"|Go|,|"|he|said|.'),
        ("the 1990s and 21st", "the|1990s|and|21st"),
        ("O'Brien of L'Enfant", "O'Brien|of|L'Enfant"),
        ("J. Smith left.", "J.|Smith|left|."),
        ("Sen. Lee Jr. spoke", "Sen.|Lee|Jr.|spoke"),
        ("no. He left", "no|.|He|left"),
        ("😀 ok", "😀|ok"),
    ],
)
def test_cuts_like_the_treebank(text: str, expected: str) -> None:
    assert words(text) == expected.split("|")


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u00a0"])
def test_finds_no_words_in_white_space(text: str) -> None:
    assert tokenize(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "a" * 50_000,
        "a-" * 25_000,
        "1." * 25_000,
        "a.b" * 17_000,
        "'" * 50_000,
        "a'" * 25_000,
        "co-" * 17_000,
        "@" * 50_000,
        "http://" * 7_000,
    ],
)
def test_is_linear_on_hostile_text(text: str) -> None:
    began = time.process_time()
    tokenize(text)
    assert time.process_time() - began < 2
