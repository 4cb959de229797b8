"""The figures of copies."""

import pytest

from onrecord.score.copies import copy_figures
from onrecord.score.counting import Share
from onrecord.score.shapes import Copied


def stories(**given):
    return {
        key: Copied(story=story, relation=relation)
        for key, (story, relation) in given.items()
    }


GOLD = stories(a=("1", "original"), b=("1", "near"), c=("1", "exact"), d=("2", None))


def test_pairs_in_one_story():
    given = stories(a=("x", "original"), b=("x", "exact"), c=("y", None), d=("y", None))
    found = copy_figures(GOLD, given)
    assert (found.pairs.right, found.pairs.given, found.pairs.gold) == (1, 2, 3)
    assert found.relation == Share(pytest.approx(100 / 3), 3)


def test_a_report_not_given_stands_alone():
    found = copy_figures(GOLD, {})
    assert (found.pairs.right, found.pairs.given, found.pairs.gold) == (0, 0, 3)
    assert found.relation is None
