"""How an act hangs on a word decides whether the word bears on it."""

import pytest

from onrecord.code.status_words import find_status_words
from onrecord.lexicon.cues import load_cues
from tests.support.trees import build_sentence

CUES = load_cues()

NO_PLANS = """
She  she  PRON 2 nsubj
has  have VERB 0 root
no   no   DET  4 det
plans plan NOUN 2 obj
to   to   PART 6 mark
send send VERB 4 acl
"""
DENIED_PLAN = """
Rome     Rome   PROPN 2 nsubj
denied   deny   VERB  0 root
that     that   SCONJ 6 mark
it       it     PRON  6 nsubj
was      be     AUX   6 aux
planning plan   VERB  2 ccomp
to       to     PART  8 mark
attack   attack VERB  6 xcomp
"""
CONJUNCT = """
Rome     Rome   PROPN 2 nsubj
demanded demand VERB  0 root
talks    talk   NOUN  2 obj
and      and    CCONJ 5 cc
attacked attack VERB  2 conj
"""
SHARED = """
Rome   Rome   PROPN 3 nsubj
may    may    AUX   3 aux
attack attack VERB  0 root
and    and    CCONJ 5 cc
seize  seize  VERB  3 conj
"""
NOT_BUT = """
Rome   Rome   PROPN 4 nsubj
did    do     AUX   4 aux
not    not    PART  4 advmod
attack attack VERB  0 root
but    but    CCONJ 6 cc
seize  seize  VERB  4 conj
"""
LIGHT = """
Rome  Rome NOUN 4 nsubj
did   do   AUX  4 aux
not   not  PART 4 advmod
hold  hold VERB 0 root
talks talk NOUN 4 obj
"""
NOT_LIGHT = """
Rome    Rome    NOUN 4 nsubj
did     do      AUX  4 aux
not     not     PART 4 advmod
condemn condemn VERB 0 root
talks   talk    NOUN 4 obj
"""
NOT_RULED_OUT = """
War    war    NOUN 5 nsubj:pass
can    can    AUX  5 aux
not    not    PART 5 advmod
be     be     AUX  5 aux:pass
ruled  rule   VERB 0 root
out    out    ADP  5 compound:prt
"""
INVERTED = """
Had   have  AUX   3 aux
Rome  Rome  PROPN 3 nsubj
moved move  VERB  7 advcl
,     ,     PUNCT 3 punct
it    it    PRON  7 nsubj
would would AUX   7 aux
lose  lose  VERB  0 root
"""
MAY_BEGIN = """
Rome  Rome  PROPN 3 nsubj
may   may   AUX   3 aux
begin begin VERB  0 root
to    to    PART  5 mark
leave leave VERB  3 xcomp
"""
NO_RISK = """
There there PRON 2 expl
is    be    VERB 0 root
no    no    DET  4 det
risk  risk  NOUN 2 nsubj
of    of    ADP  6 case
war   war   NOUN 4 nmod
"""


@pytest.mark.parametrize(
    ("table", "token", "found"),
    [
        (NO_PLANS, 5, [("plans", "negated")]),
        (DENIED_PLAN, 7, [("planning", "planned"), ("denied", "denied")]),
        (CONJUNCT, 4, []),
        (CONJUNCT, 2, [("demanded", "hypothetical")]),
        (SHARED, 4, [("may", "hypothetical")]),
        (NOT_BUT, 5, []),
        (LIGHT, 4, [("not", "negated")]),
        (NOT_LIGHT, 4, []),
        (NOT_RULED_OUT, 0, [("ruled out", "hypothetical")]),
        (INVERTED, 6, [("would", "hypothetical")]),
        (MAY_BEGIN, 4, [("may", "hypothetical")]),
        (NO_RISK, 5, [("risk", "negated")]),
    ],
    ids=[
        "a plan that there is not",
        "a plan that is denied",
        "done beside a demand",
        "demanded",
        "a modal of two acts",
        "not this but that",
        "not held",
        "not condemned",
        "not ruled out",
        "would, after had",
        "may begin",
        "a risk that there is not",
    ],
)
def test_words_bear_on_what_they_govern(table, token, found):
    text, sentence = build_sentence(table)
    words = find_status_words(sentence, token, CUES)
    assert [(w.span.of(text), w.status.value) for w in words] == found


def test_a_conditioned_modal_has_its_own_entry():
    _, sentence = build_sentence(INVERTED)
    (word,) = find_status_words(sentence, 6, CUES)
    assert word.cue.id == "hypothetical.on-condition"
