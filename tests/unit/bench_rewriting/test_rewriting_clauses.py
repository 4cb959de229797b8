import datetime as dt
from random import Random

import pytest

from bench.rewriting.clauses import reorder_clauses
from bench.rewriting.draft import make_draft, render
from tests.support.trees import build_sentence


def run(table: str) -> str:
    text, tree = build_sentence(table)
    draft = make_draft("s", text, date=dt.date(2020, 5, 1))
    made, _ = render(reorder_clauses(draft, lambda _: (tree,), Random(1)))
    return made


def test_a_passive_becomes_active():
    assert (
        run("""
        The       the     DET   2 det
        village   village NOUN  4 nsubj:pass
        was       be      AUX   4 aux:pass
        attacked  attack  VERB  0 root
        by        by      ADP   6 case
        rebels    rebel   NOUN  4 obl
        .         .       PUNCT 4 punct
        """)
        == "Rebels attacked the village."
    )


def test_an_active_becomes_passive():
    assert (
        run("""
        Rebels    rebel   NOUN  2 nsubj
        attacked  attack  VERB  0 root O VBD
        the       the     DET   4 det
        village   village NOUN  2 obj
        .         .       PUNCT 2 punct
        """)
        == "The village was attacked by rebels."
    )


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            """
            On      on     ADP   2 case
            Friday  friday PROPN 5 obl
            ,       ,      PUNCT 2 punct
            rebels  rebel  NOUN  5 nsubj
            left    leave  VERB  0 root
            .       .      PUNCT 5 punct
            """,
            "Rebels left on Friday.",
        ),
        (
            """
            The     the    DET   2 det
            rebels  rebel  NOUN  3 nsubj
            left    leave  VERB  0 root
            town    town   NOUN  3 obj
            on      on     ADP   6 case
            Friday  friday PROPN 3 obl
            .       .      PUNCT 3 punct
            """,
            "On Friday, the rebels left town.",
        ),
        (
            """
            Officials official NOUN  2 nsubj
            said      say      VERB  0 root
            that      that     SCONJ 5 mark
            rebels    rebel    NOUN  5 nsubj
            left      leave    VERB  2 ccomp
            .         .        PUNCT 2 punct
            """,
            "Rebels left, officials said.",
        ),
        (
            """
            Rebels    rebel    NOUN  2 nsubj
            left      leave    VERB  0 root
            town      town     NOUN  2 obj
            ,         ,        PUNCT 6 punct
            officials official NOUN  6 nsubj
            said      say      VERB  2 parataxis
            .         .        PUNCT 2 punct
            """,
            "Officials said that rebels left town.",
        ),
    ],
    ids=["front to end", "end to front", "speaker last", "speaker first"],
)
def test_clauses_change_their_order(table, expected):
    assert run(table) == expected


def test_a_sentence_with_a_quotation_stays():
    table = """
        “         “       PUNCT 2 punct
        Rebels    rebel   NOUN  3 nsubj
        attacked  attack  VERB  0 root O VBD
        villages  village NOUN  3 obj
        ”         ”       PUNCT 3 punct
        .         .       PUNCT 3 punct
    """
    assert run(table) == build_sentence(table)[0]


def test_a_pronoun_is_not_turned_into_an_agent():
    table = """
        They      they    PRON  2 nsubj
        attacked  attack  VERB  0 root O VBD
        the       the     DET   4 det
        village   village NOUN  2 obj
        .         .       PUNCT 2 punct
    """
    assert run(table) == "They attacked the village."
