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
        "Moscow Moscow PROPN 2 nsubj B-LOC\nsaid say VERB 0 root\nno no INTJ 2 obj",
        ACTOR,
    ),
    "subject of lying": (
        "Kyiv Kyiv PROPN 2 nsubj B-LOC\nlies lie VERB 0 root\neast east ADV 2 advmod",
        PLACE,
    ),
    "subject of being somewhere": (
        "Kyiv Kyiv PROPN 4 nsubj B-LOC\nis be AUX 4 cop\n75 75 NUM 4 nummod\n"
        "kilometres kilometre NOUN 0 root\naway away ADV 4 advmod",
        PLACE,
    ),
    "subject of being ready": (
        "Moscow Moscow PROPN 3 nsubj B-LOC\nis be AUX 3 cop\nready ready ADJ 0 root",
        ACTOR,
    ),
    "told": (
        "He he PRON 2 nsubj\ntold tell VERB 0 root\n"
        "Washington Washington PROPN 2 obj B-LOC",
        ACTOR,
    ),
    "invaded": (
        "They they PRON 2 nsubj\ninvaded invade VERB 0 root\n"
        "Ukraine Ukraine PROPN 2 obj B-LOC",
        PLACE,
    ),
    "possessor of demands": (
        "Moscow Moscow PROPN 3 nmod:poss B-LOC\n's 's PART 1 case\n"
        "demands demand NOUN 0 root",
        ACTOR,
    ),
    "possessor of a border": (
        "Ukraine Ukraine PROPN 3 nmod:poss B-LOC\n's 's PART 1 case\n"
        "border border NOUN 0 root",
        PLACE,
    ),
    "in": (
        "Talks talk NOUN 0 root\nin in ADP 3 case\nMinsk Minsk PROPN 1 nmod B-LOC",
        PLACE,
    ),
    "talks with": (
        "talks talk NOUN 0 root\nwith with ADP 3 case\nMoscow Moscow PROPN 1 nmod B-LOC",
        ACTOR,
    ),
    "border with": (
        "border border NOUN 0 root\nwith with ADP 3 case\n"
        "Belarus Belarus PROPN 1 nmod B-LOC",
        PLACE,
    ),
    "aid to": (
        "aid aid NOUN 0 root\nto to ADP 3 case\nUkraine Ukraine PROPN 1 nmod B-LOC",
        ACTOR,
    ),
    "flew to": (
        "He he PRON 2 nsubj\nflew fly VERB 0 root\nto to ADP 4 case\n"
        "Kyiv Kyiv PROPN 2 obl B-LOC",
        PLACE,
    ),
    "second of two subjects": (
        "Iran Iran PROPN 4 nsubj\nand and CCONJ 3 cc\nRussia Russia PROPN 1 conj B-LOC\n"
        "agreed agree VERB 0 root",
        ACTOR,
    ),
    "second of two after in": (
        "Troops troops NOUN 0 root\nin in ADP 3 case\nMali Mali PROPN 1 nmod\n"
        "and and CCONJ 5 cc\nNiger Niger PROPN 3 conj B-LOC",
        PLACE,
    ),
    "backed": (
        "Russia Russia PROPN 3 obl B-LOC\n- - PUNCT 1 punct\nbacked back VERB 4 amod\n"
        "rebels rebel NOUN 0 root",
        ACTOR,
    ),
    "based": (
        "Yemen Yemen PROPN 3 obl B-LOC\n- - PUNCT 1 punct\nbased base VERB 4 amod\n"
        "rebels rebel NOUN 0 root",
        PLACE,
    ),
    "alone": ("Minsk Minsk PROPN 0 root B-LOC\n. . PUNCT 1 punct", PLACE),
}


@pytest.mark.parametrize(("table", "role"), CASES.values(), ids=CASES.keys())
def test_role(table: str, role: PlaceRole) -> None:
    assert role_of(table) is role


OFFICIALS = "US US PROPN 2 compound B-LOC\nofficials official NOUN 0 root"


def test_a_name_before_persons_is_theirs() -> None:
    assert role_of(OFFICIALS, parties=frozenset({1})) is ACTOR


def test_a_name_before_things_is_a_place() -> None:
    assert role_of(OFFICIALS) is PLACE
