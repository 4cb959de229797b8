import pytest

from onrecord.code.frames import match_frames
from onrecord.lexicon.frames import load_frames
from onrecord.model.event import Factuality
from onrecord.ontology import load_ontology
from tests.support.trees import build_sentence

FRAMES = load_frames(load_ontology())

REJECTED = """
Iran     Iran   PROPN 2 nsubj
rejected reject VERB  0 root
the      the    DET   4 det
demands  demand NOUN  2 obj
of       of     ADP   6 case
Oman     Oman   PROPN 4 nmod
"""
SANCTIONS = """
Canada    Canada   PROPN 2 nsubj
imposed   impose   VERB  0 root
sanctions sanction NOUN  2 obj
on        on       ADP   5 case
Belarus   Belarus  PROPN 2 obl
"""
CURFEW = """
Chad    Chad    PROPN 2 nsubj
imposed impose  VERB  0 root
a       a       DET   4 det
curfew  curfew  NOUN  2 obj
"""
ATTACK = """
Rebels   rebel    NOUN  2 nsubj
launched launch   VERB  0 root
an       a        DET   4 det
attack   attack   NOUN  2 obj
on       on       ADP   6 case
Goma     Goma     PROPN 4 nmod
"""
CALLED_OFF = """
Kenya  Kenya PROPN 2 nsubj
called call  VERB  0 root
the    the   DET   4 det
talks  talk  NOUN  2 obj
off    off   ADP   2 compound:prt
"""
MEETING = """
Lavrov  Lavrov  PROPN 2 nsubj
met     meet    VERB  0 root
Blinken Blinken PROPN 2 obj
on      on      ADP   5 case
Friday  Friday  PROPN 2 obl
"""
FREED = """
Rebels   rebel   NOUN 2 nsubj
freed    fre     VERB 0 root
hostages hostage NOUN 2 obj
"""
KILLED = """
The       the     DET  2 det
airstrike airstrike NOUN 3 nsubj
spared    spare   VERB 0 root
civilians civilian NOUN 3 obj
"""
DEMAND = """
Rome     Rome     PROPN 2 nsubj
urged    urge     VERB  0 root
Athens   Athens   PROPN 2 obj
to       to       PART  5 mark
withdraw withdraw VERB  2 xcomp
troops   troops   NOUN  5 obj
"""


def matches(table):
    text, sentence = build_sentence(table)
    return text, sentence, match_frames(sentence, FRAMES)


def words(sentence, tokens):
    return [sentence.tokens[token].text for token in tokens]


@pytest.mark.parametrize(
    ("table", "event_type", "trigger", "actors", "recipients"),
    [
        pytest.param(REJECTED, "REJECT", "rejected", ["Iran"], ["Oman"], id="verb"),
        pytest.param(
            SANCTIONS,
            "SANCTION",
            "imposed sanctions",
            ["Canada"],
            ["Belarus"],
            id="sanctions",
        ),
        pytest.param(CURFEW, "COERCE", "imposed a curfew", ["Chad"], [], id="curfew"),
        pytest.param(
            ATTACK, "ASSAULT", "launched an attack", ["Rebels"], ["Goma"], id="light"
        ),
        pytest.param(
            CALLED_OFF, "REJECT", "called the talks off", ["Kenya"], [], id="particle"
        ),
        pytest.param(
            FREED, "RETREAT", "freed", ["Rebels"], ["hostages"], id="unknown lemma"
        ),
    ],
)
def test_first_match(table, event_type, trigger, actors, recipients):
    text, sentence, found = matches(table)
    first = found[0]
    assert first.frame.event_type == event_type
    assert first.trigger.of(text) == trigger
    assert words(sentence, first.actors) == actors
    assert words(sentence, first.recipients) == recipients


def test_noun_inside_a_trigger_calls_up_nothing_of_its_own():
    _, _, found = matches(SANCTIONS)
    assert [match.frame.event_type for match in found] == ["SANCTION"]


def test_mutual_act_puts_both_into_actors_and_no_weekday():
    _, sentence, found = matches(MEETING)
    assert words(sentence, found[0].actors) == ["Lavrov", "Blinken"]
    assert found[0].recipients == ()


def test_subject_noun_acts_on_what_its_verb_acts_on():
    _, sentence, found = matches(KILLED)
    assert words(sentence, found[0].recipients) == ["civilians"]


def test_demanded_act_is_the_complement():
    _, sentence, found = matches(DEMAND)
    demand, withdrawal = found
    assert demand.frame.event_type == "REQUEST"
    assert demand.frame.complement is Factuality.HYPOTHETICAL
    assert withdrawal.token in demand.complement
    assert words(sentence, withdrawal.actors) == ["Athens"]


def test_reporting_calls_up_nothing():
    _, _, found = matches("Kyiv Kyiv PROPN 2 nsubj\nsaid say VERB 0 root")
    assert found == ()


def test_describing_word_scores_less():
    _, _, plain = matches("raids raid NOUN 0 root")
    _, _, described = matches("raid raid NOUN 2 compound\nvictims x NOUN 0 root")
    assert described[0].score < plain[0].score
