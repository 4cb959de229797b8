import pytest

from onrecord.understand.sentences import MAX_TOKENS, split_sentences


def sentences(text: str) -> list[str]:
    return [sentence.span.of(text) for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It left. Kyiv denied it.", ["It left.", "Kyiv denied it."]),
        ("Mr. Lavrov left. He won.", ["Mr. Lavrov left.", "He won."]),
        ("The U.S. Senate met.", ["The U.S. Senate met."]),
        (
            "He flew to the U.S. The visit ended.",
            ["He flew to the U.S.", "The visit ended."],
        ),
        (
            "BAGHDAD - Two men died. More fled.",
            ["BAGHDAD - Two men died.", "More fled."],
        ),
        ("BAGHDAD (AP) -- Two men died.", ["BAGHDAD (AP) -- Two men died."]),
        ('"We met." He left.', ['"We met."', "He left."]),
        ("“We met. We agreed.” He left.", ["“We met.", "We agreed.”", "He left."]),
        ('"Will you go?" he asked.', ['"Will you go?" he asked.']),
        (
            'He said: "Go." Then "stay." They did.',
            ['He said: "Go."', 'Then "stay."', "They did."],
        ),
        ("J. K. Rowling wrote. I read.", ["J. K. Rowling wrote.", "I read."]),
        ("At 5 p.m. Monday it fell.", ["At 5 p.m. Monday it fell."]),
        ("1. Sign it.", ["1. Sign it."]),
        ("It fell. al-Shabab denied it.", ["It fell.", "al-Shabab denied it."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("Up 1.5 per cent.", ["Up 1.5 per cent."]),
        ("It ended there.Then it began.", ["It ended there.", "Then it began."]),
        ("A headline\nA text.", ["A headline", "A text."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("", []),
        (" \n ", []),
        ("\x00", ["\x00"]),
        ("😀 hi. שלום עולם. Bye.", ["😀 hi.", "שלום עולם.", "Bye."]),
    ],
)
def test_splits(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_cuts_what_is_too_long_behind_a_mark() -> None:
    text = "word, " * 500
    found = split_sentences(text)
    assert max(len(sentence.tokens) for sentence in found) <= MAX_TOKENS
    assert all(sentence.span.of(text).endswith(",") for sentence in found)


def test_cuts_hard_where_there_is_no_mark() -> None:
    found = split_sentences("word " * 450)
    assert [len(sentence.tokens) for sentence in found] == [200, 200, 50]
