from itertools import pairwise

import pytest

from onrecord.understand.reader import encode


class Letters:
    """Pieces for tests: one piece a letter."""

    cls_id = 1
    sep_id = 2

    def ids(self, word: str) -> tuple[int, ...]:
        return tuple(ord(c) for c in word)


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("troops", encode.CASE_LOWER),
        ("NATO", encode.CASE_UPPER),
        ("Kyiv", encode.CASE_TITLE),
        ("A", encode.CASE_TITLE),
        ("McCain", encode.CASE_MIXED),
        ("100,000", encode.CASE_DIGIT),
        (",", encode.CASE_MARK),
    ],
)
def test_names_the_case(word: str, case: int) -> None:
    assert encode.case_of(word) == case


def test_points_at_the_first_piece_of_each_word() -> None:
    encoded = encode.encode(["ab", "c"], Letters())
    assert encoded.ids == (1, 97, 98, 99, 2)
    assert encoded.first == (0, 1, 3)
    assert len(encoded.cases) == len(encoded.ids)


def test_windows_cover_all_words_and_fit() -> None:
    words = ["abcdefgh"] * 150
    found = encode.windows(words, Letters())
    assert found[0][0] == 0
    assert found[-1][1] == len(words)
    assert all(a[1] == b[0] for a, b in pairwise(found))
    assert all((end - start) * 8 <= encode.MAX_PIECES for start, end in found)


def test_no_words_are_one_empty_window() -> None:
    assert encode.windows([], Letters()) == [(0, 0)]
