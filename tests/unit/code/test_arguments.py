import pytest

from onrecord.code.arguments import find_arguments, find_light_verb, is_passive
from tests.support.trees import build_sentence

ACTIVE = """
Iran    Iran    PROPN 4 nsubj
and     and     CCONJ 3 cc
Iraq    Iraq    PROPN 1 conj
warned  warn    VERB  0 root
Turkey  Turkey  PROPN 4 obj
of      of      ADP   7 case
war     war     NOUN  4 obl
"""
PASSIVE = """
Activists activist NOUN 3 nsubj:pass
were      be       AUX  3 aux:pass
beaten    beat     VERB 0 root
by        by       ADP  5 case
police    police   NOUN 3 obl:agent
"""
CONTROL = """
Kenya    Kenya    PROPN 2 nsubj
urged    urge     VERB  0 root
Sudan    Sudan    PROPN 2 obj
to       to       PART  5 mark
withdraw withdraw VERB  2 xcomp
troops   troops   NOUN  5 obj
"""
SHARED = """
Rebels   rebel   NOUN  2 nsubj
took     take    VERB  0 root
Goma     Goma    PROPN 2 obj
and      and     CCONJ 5 cc
left     leave   VERB  2 conj
"""
RELATIVE = """
the     the    DET  2 det
rebels  rebel  NOUN 0 root
who     who    PRON 4 nsubj O WP
seized  seize  VERB 2 acl:relcl
Goma    Goma   PROPN 4 obj
"""
GAP = """
the     the    DET  2 det
town    town   NOUN 0 root
rebels  rebel  NOUN 4 nsubj
seized  seize  VERB 2 acl:relcl
"""
PARTICIPLE = """
troops    troops NOUN 0 root
attacking attack VERB 1 acl O VBG
Goma      Goma   PROPN 2 obj
"""
DETAINED = """
detained  detain   VERB 2 amod O VBN
activists activist NOUN 0 root
"""
BACKED = """
Iran   Iran  PROPN 3 obl:unmarked
-      -     PUNCT 1 punct
backed back  VERB  4 amod O VBN
rebels rebel NOUN  0 root
"""
ADVERBIAL = """
Having  have    AUX   2 aux
met     meet    VERB  5 advcl
Lavrov  Lavrov  PROPN 2 obj
Blinken Blinken PROPN 5 nsubj
left    leave   VERB  0 root
"""
ACCUSED = """
Kyiv     Kyiv   PROPN 2 nsubj
accused  accuse VERB  0 root
Moscow   Moscow PROPN 2 obj
of       of     SCONJ 5 mark
shelling shell  VERB  2 advcl O VBG
Sumy     Sumy   PROPN 5 obj
"""
NOUN = """
Russian  Russian ADJ   2 amod
attacks  attack  NOUN  5 nsubj
on       on      ADP   4 case
Kyiv     Kyiv    PROPN 2 nmod
stopped  stop    VERB  0 root
"""
PLAN = """
Mali  Mali  PROPN 2 nsubj
has   have  VERB  0 root
plans plan  NOUN  2 obj
to    to    PART  5 mark
leave leave VERB  3 acl O VB
"""


def roles(table, token):
    text, sentence = build_sentence(table)
    return {
        key: [sentence.tokens[word].span.of(text) for word in words]
        for key, words in find_arguments(sentence, token).items()
    }


def test_coordinated_subjects_act_together():
    found = roles(ACTIVE, 3)
    assert found["subj"] == ["Iran", "Iraq"]
    assert found["obj"] == ["Turkey"]
    assert found["obl:of"] == ["war"]


def test_passive_is_turned_round():
    found = roles(PASSIVE, 2)
    assert found["subj"] == ["police"]
    assert found["obj"] == ["Activists"]


@pytest.mark.parametrize(
    ("table", "token", "subject"),
    [
        pytest.param(CONTROL, 4, ["Sudan"], id="the object of control acts"),
        pytest.param(SHARED, 4, ["Rebels"], id="coordinated verbs share a subject"),
        pytest.param(RELATIVE, 3, ["rebels"], id="who stands for its noun"),
        pytest.param(PARTICIPLE, 1, ["troops"], id="a participle's noun acts"),
        pytest.param(ADVERBIAL, 1, ["Blinken"], id="the main subject acts"),
        pytest.param(ACCUSED, 4, ["Moscow"], id="the accused acts"),
        pytest.param(PLAN, 4, ["Mali"], id="who holds the plan acts"),
    ],
)
def test_inherited_subject(table, token, subject):
    assert roles(table, token)["subj"] == subject


def test_participle_before_a_noun_takes_it_as_object():
    assert roles(DETAINED, 0) == {"obj": ["activists"]}


def test_name_before_a_participle_acts():
    assert roles(BACKED, 2) == {"subj": ["Iran"], "obj": ["rebels"]}


def test_relative_clause_without_object_takes_its_noun():
    found = roles(GAP, 3)
    assert found["subj"] == ["rebels"]
    assert found["obj"] == ["town"]


def test_noun_of_acting_has_modifiers_and_prepositions():
    found = roles(NOUN, 1)
    assert found["amod"] == ["Russian"]
    assert found["nmod:on"] == ["Kyiv"]


LAUNCHED = """
Rebels   rebel  NOUN 2 nsubj
launched launch VERB 0 root
an       a      DET  4 det
attack   attack NOUN 2 obj
"""
WAS_LAUNCHED = """
attacks  attack NOUN 3 nsubj:pass
were     be     AUX  3 aux:pass
launched launch VERB 0 root
"""
ATTACK_LAUNCHED = """
attack   attack NOUN 0 root
launched launch VERB 1 acl O VBN
"""


@pytest.mark.parametrize(
    ("table", "noun", "verb"),
    [
        pytest.param(LAUNCHED, 3, 1, id="object"),
        pytest.param(WAS_LAUNCHED, 0, 2, id="passive subject"),
        pytest.param(ATTACK_LAUNCHED, 0, 1, id="participle"),
        pytest.param(NOUN, 1, None, id="plain subject"),
    ],
)
def test_light_verb(table, noun, verb):
    _, sentence = build_sentence(table)
    assert find_light_verb(sentence, noun) == verb


def test_participle_with_an_object_is_active():
    _, sentence = build_sentence(
        "Iran Iran PROPN 3 nsubj\nhas have AUX 3 aux\nfired fire VERB 0 root O VBN"
    )
    assert not is_passive(sentence, 2)


def test_cycle_of_heads_ends():
    _, sentence = build_sentence("a a VERB 2 xcomp\nb b VERB 1 conj")
    assert find_arguments(sentence, 0) == {}
