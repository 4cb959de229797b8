from onrecord.code.event_quantities import find_event_quantities
from onrecord.model.annotation import Modifier, Quantity
from onrecord.model.span import Span
from tests.support.trees import build_sentence


def quantities(text, *words):
    starts = [text.index(w) for w in words]
    return [
        Quantity(
            span=Span(at, at + len(w)),
            sentence=0,
            value=float(n),
            modifier=Modifier.EXACT,
        )
        for n, (at, w) in enumerate(zip(starts, words, strict=True), 1)
    ]


def found(table, trigger, *words):
    text, sentence = build_sentence(table)
    token = next(i for i, t in enumerate(sentence.tokens) if t.text == trigger)
    given = quantities(text, *words)
    kept = find_event_quantities(sentence, token, given)
    return [q.span.of(text) for q in kept]


BLAST = """
The     the    DET   2 det
blast   blast  NOUN  3 nsubj
killed  kill   VERB  0 root
twelve  twelve NUM   5 nummod
people  person NOUN  3 obj
and     and    CCONJ 7 cc
injured injure VERB  3 conj
six     six    NUM   9 nummod
others  other  NOUN  7 obj
"""


def test_a_noun_has_the_numbers_of_the_verbs_it_is_the_subject_of():
    assert found(BLAST, "blast", "twelve people", "six others") == [
        "twelve people",
        "six others",
    ]


def test_a_verb_has_the_numbers_of_a_verb_that_shares_its_subject():
    assert found(BLAST, "killed", "twelve people", "six others") == [
        "twelve people",
        "six others",
    ]


def test_a_verb_with_a_subject_of_its_own_keeps_its_numbers():
    table = """
    Police police NOUN 2 nsubj
    killed kill VERB 0 root
    ten ten NUM 4 nummod
    men man NOUN 2 obj
    and and CCONJ 7 cc
    rebels rebel NOUN 7 nsubj
    freed free VERB 2 conj
    six six NUM 9 nummod
    boys boy NOUN 7 obj
    """
    assert found(table, "killed", "ten men", "six boys") == ["ten men"]


def test_an_outcome_in_a_participle_belongs_to_the_act():
    table = """
    Gunmen gunman NOUN 2 nsubj
    opened open VERB 0 root
    fire fire NOUN 2 obj
    , , PUNCT 5 punct
    killing kill VERB 2 advcl O VBG
    four four NUM 5 obj
    """
    assert found(table, "opened", "four") == ["four"]


def test_what_is_told_in_a_clause_about_the_act_belongs_to_it():
    table = """
    He he PRON 2 nsubj
    condemned condemn VERB 0 root
    attacks attack NOUN 2 obj
    that that PRON 5 nsubj
    killed kill VERB 3 acl:relcl
    nine nine NUM 7 nummod
    people person NOUN 5 obj
    """
    assert found(table, "attacks", "nine people") == ["nine people"]


def test_an_attribute_has_the_number_of_its_noun():
    table = """
    Aid aid NOUN 2 nsubj
    reached reach VERB 0 root
    forty forty NUM 4 nummod
    civilians civilian NOUN 2 obj
    besieged besiege VERB 4 acl
    there there ADV 5 advmod
    """
    assert found(table, "besieged", "forty civilians") == ["forty civilians"]


def test_a_number_of_what_is_condemned_stays_with_it():
    table = """
    Leaders leader NOUN 2 nsubj
    said say VERB 0 root
    rebels rebel NOUN 4 nsubj
    shot shoot VERB 2 ccomp
    two two NUM 6 nummod
    nurses nurse NOUN 4 obj
    """
    assert found(table, "said", "two nurses") == []
