"""A place name stands for a place, or for who rules there."""

import pytest

from onrecord.model.annotation import PlaceRole
from onrecord.understand.place_roles import place_role
from tests.support.places import small_gazetteer
from tests.support.trees import build_sentence

ACTOR, PLACE = PlaceRole.ACTOR, PlaceRole.PLACE


def role_of(table: str, *, parties: frozenset[int] = frozenset()) -> PlaceRole:
    """Return the role of the one word tagged as a place."""
    _, sentence = build_sentence(table)
    at = next(i for i, t in enumerate(sentence.tokens) if t.name_tag == "B-LOC")
    words = small_gazetteer().words
    return place_role(sentence.tokens, at, at + 1, words, party_heads=parties)


CASES = {
    "subject of saying": (
        """
        Moscow Moscow PROPN 2 nsubj B-LOC
        said say VERB 0 root
        no no INTJ 2 obj
        """,
        ACTOR,
    ),
    "subject of lying": (
        """
        Kyiv Kyiv PROPN 2 nsubj B-LOC
        lies lie VERB 0 root
        east east ADV 2 advmod
        """,
        PLACE,
    ),
    "subject of being somewhere": (
        """
        Kyiv Kyiv PROPN 4 nsubj B-LOC
        is be AUX 4 cop
        75 75 NUM 4 nummod
        kilometres kilometre NOUN 0 root
        away away ADV 4 advmod
        """,
        PLACE,
    ),
    "subject of being ready": (
        """
        Moscow Moscow PROPN 3 nsubj B-LOC
        is be AUX 3 cop
        ready ready ADJ 0 root
        """,
        ACTOR,
    ),
    "told": (
        """
        He he PRON 2 nsubj
        told tell VERB 0 root
        Washington Washington PROPN 2 obj B-LOC
        """,
        ACTOR,
    ),
    "invaded": (
        """
        They they PRON 2 nsubj
        invaded invade VERB 0 root
        Ukraine Ukraine PROPN 2 obj B-LOC
        """,
        PLACE,
    ),
    "possessor of demands": (
        """
        Moscow Moscow PROPN 3 nmod:poss B-LOC
        's 's PART 1 case
        demands demand NOUN 0 root
        """,
        ACTOR,
    ),
    "possessor of a border": (
        """
        Ukraine Ukraine PROPN 3 nmod:poss B-LOC
        's 's PART 1 case
        border border NOUN 0 root
        """,
        PLACE,
    ),
    "in": (
        """
        Talks talk NOUN 0 root
        in in ADP 3 case
        Minsk Minsk PROPN 1 nmod B-LOC
        """,
        PLACE,
    ),
    "talks with": (
        """
        talks talk NOUN 0 root
        with with ADP 3 case
        Moscow Moscow PROPN 1 nmod B-LOC
        """,
        ACTOR,
    ),
    "border with": (
        """
        border border NOUN 0 root
        with with ADP 3 case
        Belarus Belarus PROPN 1 nmod B-LOC
        """,
        PLACE,
    ),
    "aid to": (
        """
        aid aid NOUN 0 root
        to to ADP 3 case
        Ukraine Ukraine PROPN 1 nmod B-LOC
        """,
        ACTOR,
    ),
    "flew to": (
        """
        He he PRON 2 nsubj
        flew fly VERB 0 root
        to to ADP 4 case
        Kyiv Kyiv PROPN 2 obl B-LOC
        """,
        PLACE,
    ),
    "second of two subjects": (
        """
        Iran Iran PROPN 4 nsubj
        and and CCONJ 3 cc
        Russia Russia PROPN 1 conj B-LOC
        agreed agree VERB 0 root
        """,
        ACTOR,
    ),
    "second of two after in": (
        """
        Troops troops NOUN 0 root
        in in ADP 3 case
        Mali Mali PROPN 1 nmod
        and and CCONJ 5 cc
        Niger Niger PROPN 3 conj B-LOC
        """,
        PLACE,
    ),
    "backed": (
        """
        Russia Russia PROPN 3 obl B-LOC
        - - PUNCT 1 punct
        backed back VERB 4 amod
        rebels rebel NOUN 0 root
        """,
        ACTOR,
    ),
    "based": (
        """
        Yemen Yemen PROPN 3 obl B-LOC
        - - PUNCT 1 punct
        based base VERB 4 amod
        rebels rebel NOUN 0 root
        """,
        PLACE,
    ),
    "alone": (
        """
        Minsk Minsk PROPN 0 root B-LOC
        . . PUNCT 1 punct
        """,
        PLACE,
    ),
}


@pytest.mark.parametrize(("table", "role"), CASES.values(), ids=CASES.keys())
def test_role(table: str, role: PlaceRole) -> None:
    assert role_of(table) is role


OFFICIALS = "US US PROPN 2 compound B-LOC\nofficials official NOUN 0 root"


def test_a_name_before_persons_is_theirs() -> None:
    assert role_of(OFFICIALS, parties=frozenset({1})) is ACTOR


def test_a_name_before_things_is_a_place() -> None:
    assert role_of(OFFICIALS) is PLACE
