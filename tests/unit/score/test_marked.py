"""The figures of times, places and quantities."""

import pytest

from onrecord.model.span import Span
from onrecord.score.marked import count_marked, distance, marked_figures
from onrecord.score.shapes import Marked, Point, Report

PARIS, VERSAILLES, LYON = Point(48.86, 2.35), Point(48.80, 2.13), Point(45.76, 4.84)


def figures(layer, gold, given):
    def report(marked):
        return Report(keys=("r",), marked={layer: tuple(marked)})

    return marked_figures(count_marked(report(gold), report(given), layer), layer)


def time(start, end, value):
    return Marked(span=Span(start, end), value=value)


def test_strict_relaxed_and_value():
    gold = [time(0, 5, "2022"), time(10, 15, "2023"), time(20, 25, "2024")]
    given = [time(0, 5, "2022"), time(10, 14, "2023"), time(19, 25, "2019")]
    found = figures("times", gold, given)
    assert (found.strict.right, found.relaxed.right, found.value.right) == (1, 3, 2)


def test_the_one_that_shares_most_is_taken_and_only_once():
    gold = [time(0, 10, "a"), time(8, 12, "b")]
    found = figures("times", gold, [time(8, 12, "b"), time(0, 7, "a")])
    assert found.value.right == 2
    assert figures("times", gold, [time(0, 12, "a")]).relaxed.right == 1


def test_a_place_is_near_within_a_hundred_miles():
    def place(point, start=0):
        return Marked(span=Span(start, start + 5), point=point)

    gold = [place(PARIS), place(PARIS, 10), place(PARIS, 20), place(None, 30)]
    given = [place(VERSAILLES), place(LYON, 10), place(None, 30)]
    found = figures("places", gold, given)
    assert (found.near.n, found.near.share) == (3, pytest.approx(100 / 3))
    assert (found.near_found.n, found.near_found.share) == (2, 50.0)
    assert found.value is None


def test_a_country_has_no_point_and_is_right_by_its_name():
    def place(names, **more):
        return Marked(span=Span(0, 5), names=names, **more)

    gold = [place(("mali",), point=Point(17, -4))]
    assert (
        figures("places", gold, [place(("mali",), is_country=True)]).near.share == 100
    )
    assert figures("places", gold, [place(("chad",), is_country=True)]).near.share == 0


def test_distance_in_kilometres():
    assert distance(PARIS, LYON) == pytest.approx(392, abs=3)
    assert distance(PARIS, PARIS) == 0
