"""Where a phrase stands in its sentence."""

from onrecord.understand.who_coref_tree import (
    clauses_around,
    is_inside,
    part_of,
    subject_of,
)
from tests.support.trees import build_sentence

# Words: Norway 0 attacked 1 Sweden 2 and 3 destroyed 4 its 5 fleet 6
_, ATTACK = build_sentence(
    """
    Norway Norway PROPN 2 nsubj
    attacked attack VERB 0 root
    Sweden Sweden PROPN 2 obj
    and and CCONJ 5 cc
    destroyed destroy VERB 2 conj
    its its PRON 7 nmod:poss
    fleet fleet NOUN 5 obj
    """
)
# Words: Norway 0 said 1 it 2 and 3 Sweden 4 left 5
_, SAID = build_sentence(
    """
    Norway Norway PROPN 2 nsubj
    said say VERB 0 root
    it it PRON 6 nsubj
    and and CCONJ 5 cc
    Sweden Sweden PROPN 3 conj
    left leave VERB 2 ccomp
    """
)


def test_the_part_is_that_of_the_list() -> None:
    assert part_of(ATTACK, 5) == "owner"
    assert part_of(SAID, 4) == "subject"


def test_a_second_verb_shares_the_subject_of_the_first() -> None:
    assert subject_of(ATTACK, 4) == 0


def test_a_clause_of_its_own_has_its_own_subject() -> None:
    assert subject_of(SAID, 5) == 2


def test_clauses_are_named_from_within() -> None:
    assert clauses_around(SAID, 2) == (5, 1)


def test_a_possessor_is_inside_its_phrase_and_not_inside_another() -> None:
    assert is_inside(ATTACK, 5, 6)
    assert not is_inside(ATTACK, 5, 2)
