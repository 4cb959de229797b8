"""The tables of `data/relations`."""

import re

import pytest

from onrecord.lexicon.relations import load_relations
from onrecord.model.event import EventType

RELATIONS = load_relations()
PAIRS = [pair for pairs in RELATIONS.pairs.values() for pair in pairs]


def test_every_type_is_made_by_some_pair():
    assert {pair.event_type for pair in PAIRS} == set(EventType)


@pytest.mark.parametrize(
    "pair", PAIRS, ids=lambda p: f"{p.head}-{p.object}-{p.event_type}"
)
def test_a_pair_has_a_share_and_an_example_with_parties(pair):
    assert 0 < pair.share <= 1
    assert re.search(r"\[A:[^]]+\]", pair.example)
    assert re.search(r"\[R:[^]]+\]", pair.example)


def test_weights_are_finite_and_not_zero():
    assert RELATIONS.weights
    assert all(0 < abs(weight) < 100 for weight in RELATIONS.weights.values())
