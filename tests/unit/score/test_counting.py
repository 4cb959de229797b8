"""Figures of counts."""

import pytest

from onrecord.score.counting import count_overlap, kappa_of, overlap_of, share_of, total


def test_nothing_given_and_nothing_due_is_nought():
    overlap = overlap_of({}, "typed")
    assert (overlap.f, overlap.p, overlap.r) == (0.0, 0.0, 0.0)
    assert share_of({}, "by") is None


def test_precision_recall_and_f1():
    counts = {}
    count_overlap(counts, "x", right=1, given=2, gold=4)
    overlap = overlap_of(counts, "x")
    assert (overlap.p, overlap.r) == (50.0, 25.0)
    assert overlap.f == pytest.approx(100 / 3)


@pytest.mark.parametrize(
    ("confusion", "kappa"),
    [
        ({("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15}, 0.4),
        ({("a", "a"): 3}, 1.0),
        ({}, None),
    ],
    ids=["a textbook's", "one value only", "nothing"],
)
def test_kappa(confusion, kappa):
    assert kappa_of(confusion) == pytest.approx(kappa)


def test_total_adds_name_by_name():
    assert total([{"a": 1}, {"a": 2, "b": 1}]) == {"a": 3, "b": 1}
