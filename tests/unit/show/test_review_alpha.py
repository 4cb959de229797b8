"""Krippendorff's alpha against worked examples (Krippendorff 2011, A to C)."""

from itertools import zip_longest

import pytest

from onrecord.show.review_alpha import joint_alpha, nominal_alpha


def units(*observers: str) -> list[list[str]]:
    """Return what observers say of each unit; a dot is a gap."""
    columns = zip_longest(*(row.split() for row in observers), fillvalue=".")
    return [[value for value in column if value != "."] for column in columns]


def test_two_observers_of_ten_binary_units():
    found = nominal_alpha(units("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"))
    assert found.alpha == pytest.approx(0.095, abs=5e-4)
    assert (found.units, found.values) == (10, 20)


def test_two_observers_of_twelve_nominal_units():
    ben = "a a b b d c c c e d d a"
    gerry = "b a b b b c c c e d d d"
    found = nominal_alpha(units(ben, gerry))
    assert found.alpha == pytest.approx(0.692, abs=5e-4)


def test_four_observers_with_gaps():
    found = nominal_alpha(
        units(
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        )
    )
    assert found.alpha == pytest.approx(0.743, abs=5e-4)
    assert (found.units, found.values) == (11, 40)


def test_full_agreement_is_one():
    assert nominal_alpha(units("a b", "a b")).alpha == 1.0


def test_one_value_alone_tells_nothing():
    assert nominal_alpha(units("a a", "a a")).alpha is None
    assert nominal_alpha([]).alpha is None


def test_systematic_disagreement_is_below_zero():
    alpha = nominal_alpha(units("a b", "b a")).alpha
    assert alpha is not None
    assert alpha < 0


def test_chance_is_reckoned_within_each_kind():
    types = nominal_alpha(units("a b", "a b"))
    others = nominal_alpha(units("x y", "y x"))
    joint = joint_alpha([types, others]).alpha
    assert joint == pytest.approx(1 - others.observed / (2 * types.expected))
