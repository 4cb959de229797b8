"""Where two parties stand around a word, and which words may say how they relate."""

import pytest

from onrecord.code.relate_places import (
    both_places,
    find_order,
    find_place,
    find_slots,
    steps_between,
)
from onrecord.code.relate_sight import head_of, look
from onrecord.lexicon.frames import load_frames
from onrecord.model.span import Span
from onrecord.ontology import load_ontology
from tests.support.trees import build_sentence

FRAMES = load_frames(load_ontology())
THREAT = """
Chad chad PROPN 2 nsubj B-LOC
threatened threaten VERB 0 root
to to PART 4 mark O TO
shell shell VERB 2 xcomp O VB
Niger niger PROPN 4 obj B-LOC
on on ADP 7 case
Monday monday PROPN 2 obl
. . PUNCT 2 punct
"""


def see(table, actor, recipient):
    text, sentence = build_sentence(table)

    def span(words):
        return Span(text.index(words), text.index(words) + len(words))

    return look(
        sentence,
        span(actor) if actor else None,
        span(recipient) if recipient else None,
        FRAMES,
    )


@pytest.fixture
def threat():
    return see(THREAT, "Chad", "Niger")


def test_candidates_are_frames_and_words_of_the_path(threat):
    assert threat.path == (0, 1, 3, 4)
    assert threat.candidates == (1, 3)


def test_a_party_stands_in_an_argument(threat):
    assert find_place(threat, 1, threat.actor) == "subj"
    assert find_place(threat, 3, threat.recipient) == "obj"


def test_a_party_stands_in_an_argument_of_the_complement(threat):
    assert find_place(threat, 1, threat.recipient) == "xcomp>obj"


def test_a_party_that_is_no_argument_stands_nowhere():
    sight = see(THREAT, "Chad", "Monday")
    assert find_place(sight, 3, sight.recipient) == "none"


def test_places_are_told_without_prepositions():
    assert both_places("subj", "obl:against") == "subj-obl"


@pytest.mark.parametrize(
    ("actors", "recipients", "slots"),
    [
        ((0,), (4,), "ar"),
        ((4,), (0,), "ra"),
        ((0, 4), (), "b-"),
        ((6,), (4,), "-r"),
        ((), (), "--"),
    ],
)
def test_slots_hold_actor_recipient_both_or_neither(threat, actors, recipients, slots):
    assert find_slots(threat, actors, recipients) == slots


@pytest.mark.parametrize(
    ("token", "order"), [(3, "between ar"), (6, "after ar"), (0, "between ar")]
)
def test_order_to_the_parties(threat, token, order):
    assert find_order(threat, token) == order


def test_order_of_turned_parties():
    assert find_order(see(THREAT, "Niger", "Chad"), 1) == "between ra"


def test_order_with_a_party_in_another_sentence():
    assert find_order(see(THREAT, "Chad", None), 1) == "?"


def test_steps_along_the_path(threat):
    assert steps_between(threat, 1) == "1 2"
    assert steps_between(threat, 3) == "2 1"


def test_the_head_of_a_phrase_hangs_on_none_of_its_words():
    _, sentence = build_sentence(THREAT)
    assert head_of(sentence, {3, 4}) == 3
    assert head_of(sentence, ()) is None
