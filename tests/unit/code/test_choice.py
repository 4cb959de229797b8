import math

import pytest

from onrecord.code.choice import bucket, choose, score


def test_the_option_with_the_highest_sum_wins_with_its_share_of_the_chances():
    best, chance = choose([("a",), ("a", "b")], {"a": 1.0, "b": 2.0})
    assert best == 1
    assert chance == pytest.approx(math.exp(2) / (1 + math.exp(2)))


def test_the_first_of_equal_options_wins():
    assert choose([("a",), ("b",)], {}) == (0, 0.5)


def test_options_of_one_group_add_their_chances():
    weights = {"alone": 0.5, "one": 0.0, "two": 0.1}
    options = [("alone",), ("one",), ("two",)]
    assert choose(options, weights)[0] == 0
    assert choose(options, weights, [0, 1, 1])[0] == 2


def test_a_feature_without_a_weight_weighs_nothing():
    assert score(("known", "unknown"), {"known": 1.5}) == 1.5


@pytest.mark.parametrize(
    ("number", "name"),
    [(0, "0"), (1, "1"), (2, "2-4"), (4, "2-4"), (5, "5+"), (90, "5+"), (-1, "<0")],
)
def test_numbers_fall_into_named_ranges(number: int, name: str):
    assert bucket(number, 0, 1, 2, 5) == name
