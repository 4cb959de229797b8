"""Which given event stands for which gold event."""

import pytest

from onrecord.score.matching import (
    are_same_parties,
    is_role_right,
    is_same_party,
    match_types,
    match_words,
)
from onrecord.score.shapes import Who
from tests.support.scores import CHAD, MALI, act, at


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Who("USA", ("trump",)), Who("USA", ("congress",)), True),
        (Who(None, ("the un",)), Who("IGO", ("un",)), True),
        (Who(None, ("rebels",)), Who(None, ("police",)), False),
        (Who(None, ()), Who(None, ()), False),
        (Who("USA", ("trump",)), Who("RUS", ("putin",)), False),
    ],
    ids=["country", "a name in a name", "neither", "nothing known", "two states"],
)
def test_a_party_is_the_same_by_country_or_name(one, other, same):
    assert is_same_party(one, other) is same


@pytest.mark.parametrize(
    ("gold", "given", "same"),
    [
        ((), (), True),
        ((), (CHAD,), False),
        ((CHAD,), (), False),
        ((CHAD, MALI), (CHAD,), False),
        ((CHAD,), (CHAD, MALI), False),
        ((CHAD, MALI), (MALI, CHAD), True),
    ],
)
def test_parties_are_the_same_when_none_is_missing_and_none_too_many(gold, given, same):
    assert are_same_parties(gold, given) is same


@pytest.mark.parametrize(
    ("gold", "given", "right"),
    [((), (), True), ((), (CHAD,), True), ((), (MALI,), False), ((MALI,), (), False)],
)
def test_implied_parties_may_be_given_or_left_out(gold, given, right):
    assert is_role_right(gold, (CHAD,), given) is right


def test_a_role_that_was_not_annotated_is_never_right():
    assert not is_role_right(None, (), ())


def test_words_match_whatever_the_type():
    other = act(event_type="ACCUSE")
    assert match_words([act()], [other]) == ((0, 0),)
    assert match_types([act()], [other]) == ()


def test_one_type_in_one_sentence_matches_by_parties():
    elsewhere = act(trigger=at("Mali"))
    assert match_words([act()], [elsewhere]) == ()
    assert match_types([act()], [elsewhere]) == ((0, 0),)
    assert match_types([act()], [act(trigger=at("Mali"), actors=())]) == ()


def test_the_closest_is_taken_first_and_each_side_once():
    far = act(factuality="denied", actors=())
    assert match_types([act(), act()], [far, act()]) == ((0, 1), (1, 0))
    assert match_types([act()], [act(), act()]) == ((0, 0),)
