from types import SimpleNamespace

import msgspec
import pytest

from onrecord.code.trigger import EVENT_TYPES, find_candidates
from onrecord.model.annotation import TriggerScore
from onrecord.model.event import EventType
from tests.support.trees import build_sentence

HAPPENED = (1.0, 0.0, 0.0, 0.0, 0.0)


def score(token, event_type=EventType.ASSAULT, chance=0.995):
    shares = [0.0] * len(EVENT_TYPES)
    shares[EVENT_TYPES.index(event_type)] = chance
    return TriggerScore(token, (round(1 - chance, 4), *shares), HAPPENED)


def words(table, *scores, frames=()):
    """Return the words that call up events where reader and frames propose these."""
    text, sentence = build_sentence(table)
    sentence = msgspec.structs.replace(sentence, triggers=scores)
    return [c.span.of(text) for c in find_candidates(sentence, frames)]


STRIKE = """
    One one NUM 2 nummod
    strike strike NOUN 3 nsubj
    destroyed destroy VERB 0 root
    a a DET 5 det
    depot depot NOUN 3 obj
"""
MEETING = """
    They they PRON 2 nsubj
    met meet VERB 0 root
    to to PART 4 mark O TO
    discuss discuss VERB 2 advcl O VB
    peace peace NOUN 4 obj
"""
CAMPAIGN = """
    A a DET 2 det
    campaign campaign NOUN 0 root
    of of ADP 4 case
    raids raid NOUN 2 nmod
"""
KILLING = """
    They they PRON 2 nsubj
    shelled shell VERB 0 root
    it it PRON 2 obj
    killing kill VERB 2 advcl O VBG
    two two NUM 4 obj
"""
TWO_VERBS = """
    They they PRON 2 nsubj
    shelled shell VERB 0 root
    it it PRON 2 obj
    and and CCONJ 5 cc
    burned burn VERB 2 conj
    it it PRON 5 obj
"""


@pytest.mark.parametrize(
    ("table", "tokens", "kept"),
    [
        (STRIKE, (1, 2), ["strike"]),
        (MEETING, (1, 3), ["met"]),
        (CAMPAIGN, (1, 3), ["campaign"]),
        (KILLING, (1, 3), ["shelled"]),
        (TWO_VERBS, (1, 4), ["shelled"]),
    ],
    ids=["subject", "purpose", "material", "manner", "second-verb"],
)
def test_one_happening_of_a_type_is_told_once(table, tokens, kept):
    assert words(table, *(score(token) for token in tokens)) == kept


def test_a_sure_second_verb_is_an_act_of_its_own():
    _, sentence = build_sentence(TWO_VERBS)
    frame = SimpleNamespace(
        token=4,
        words=(),
        score=0.9,
        trigger=sentence.tokens[4].span,
        frame=SimpleNamespace(id="assault.burn", event_type=EventType.ASSAULT),
    )
    found = words(TWO_VERBS, score(1), score(4), frames=(frame,))
    assert found == ["shelled", "burned"]


def test_a_second_verb_of_another_subject_is_an_act_of_its_own():
    table = TWO_VERBS.replace("it it PRON 5 obj", "rebels rebel NOUN 5 nsubj")
    assert words(table, score(1), score(4)) == ["shelled", "burned"]


def test_acts_of_two_types_are_both_kept():
    scores = (score(1), score(2, EventType.COERCE))
    assert words(STRIKE, *scores) == ["strike", "destroyed"]
