import pytest

from onrecord.code.factuality import (
    decide_factuality,
    find_condition,
    find_status_words,
)
from onrecord.lexicon.cues import load_cues
from onrecord.model.event import EventType, Factuality
from onrecord.model.span import Span
from tests.support.trees import build_sentence

CUES = load_cues()

NEGATED = """
Troops troops NOUN 4 nsubj
did    do     AUX  4 aux
not    not    PART 4 advmod
attack attack VERB 0 root
"""
FEARED = """
Diplomats diplomat NOUN 2 nsubj
fear      fear     VERB 0 root
an        an       DET  4 det
invasion  invasion NOUN 2 obj
"""
PROMISED = """
Rome    Rome    PROPN 2 nsubj
pledged pledge  VERB  0 root
to      to      PART  4 mark
send    send    VERB  2 xcomp
aid     aid     NOUN  4 obj
"""
MODAL = """
Moscow Moscow PROPN 3 nsubj
could  could  AUX   3 aux
invade invade VERB  0 root
"""
SUBJECT = """
The    the    DET  2 det
attack attack NOUN 3 nsubj
risked risk   VERB 0 root
war    war    NOUN 3 obj
"""
CONDITION = """
The     the     DET   2 det
US      US      PROPN 3 nsubj
warned  warn    VERB  0 root
Moscow  Moscow  PROPN 3 obj
of      of      ADP   6 case
action  action  NOUN  3 obl
if      if      SCONJ 9 mark
it      it      PRON  9 nsubj
invades invade  VERB  3 advcl
"""


def decide(table, token, *, on_word=False):
    _, sentence = build_sentence(table)
    words = find_status_words(sentence, token, CUES)
    return decide_factuality(
        words,
        (),
        trigger=sentence.tokens[token].span,
        on_word=on_word,
        complement=None,
        complement_span=None,
    )


@pytest.mark.parametrize(
    ("table", "token", "status"),
    [
        (NEGATED, 3, Factuality.NEGATED),
        (FEARED, 3, Factuality.HYPOTHETICAL),
        (PROMISED, 3, Factuality.PLANNED),
        (MODAL, 2, Factuality.HYPOTHETICAL),
        (SUBJECT, 1, Factuality.HAPPENED),
        (CONDITION, 8, Factuality.HYPOTHETICAL),
        (CONDITION, 2, Factuality.HAPPENED),
    ],
    ids=["not", "feared", "pledged", "could", "subject", "if", "warned"],
)
def test_words_decide_without_a_reader(table, token, status):
    assert decide(table, token).value is status


def test_what_somebody_says_is_not_so_is_denied():
    assert decide(NEGATED, 3, on_word=True).value is Factuality.DENIED


def test_the_deciding_word_is_cited():
    text, _ = build_sentence(FEARED)
    cell = decide(FEARED, 3)
    assert [s.of(text) for s in cell.spans] == ["fear"]
    assert cell.rule == "cues/hypothetical.fear"


def test_a_sure_reader_is_not_overruled_by_a_likely_word():
    _, sentence = build_sentence(MODAL)
    cell = decide_factuality(
        find_status_words(sentence, 2, CUES),
        (0.95, 0.02, 0.01, 0.01, 0.01),
        trigger=Span(13, 19),
        on_word=False,
        complement=None,
        complement_span=None,
    )
    assert cell.value is Factuality.HAPPENED


def test_a_negation_that_makes_a_rejection_does_not_negate_it():
    _, sentence = build_sentence(NEGATED)
    cell = decide_factuality(
        find_status_words(sentence, 3, CUES),
        (),
        trigger=sentence.tokens[3].span,
        on_word=False,
        complement=None,
        complement_span=None,
        event_type=EventType.REJECT,
    )
    assert cell.value is Factuality.HAPPENED


def test_a_word_of_the_trigger_is_no_word_about_it():
    _, sentence = build_sentence(NEGATED)
    cell = decide_factuality(
        find_status_words(sentence, 3, CUES),
        (),
        trigger=Span(sentence.tokens[2].start, sentence.tokens[3].end),
        on_word=False,
        complement=None,
        complement_span=None,
    )
    assert cell.value is Factuality.HAPPENED


def test_condition_of_the_main_act_is_found():
    text, sentence = build_sentence(CONDITION)
    assert find_condition(sentence, 2, CUES).of(text) == "if it invades"


def test_act_inside_a_condition_has_none_itself():
    _, sentence = build_sentence(CONDITION)
    assert find_condition(sentence, 8, CUES) is None
