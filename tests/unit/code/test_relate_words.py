"""What words alone say of an act."""

from onrecord.code.relate_sight import look
from onrecord.code.relate_words import loose_shares, pair_shares
from onrecord.lexicon.frames import load_frames
from onrecord.lexicon.relations import load_relations
from onrecord.model.event import EventType
from onrecord.model.span import Span
from onrecord.ontology import load_ontology
from tests.support.trees import build_sentence

FRAMES = load_frames(load_ontology())
RELATIONS = load_relations()
CUT = """
Mali mali PROPN 2 nsubj B-LOC
suspended suspend VERB 0 root
its its PRON 4 nmod:poss
aid aid NOUN 2 obj
to to ADP 6 case
Togo togo PROPN 2 obl B-LOC
"""


def test_a_head_and_its_object_make_an_act():
    _, sentence = build_sentence(CUT)
    sight = look(sentence, Span(0, 4), Span(27, 31), FRAMES)
    assert pair_shares(sight, 1, RELATIONS) == {EventType.SANCTION: 0.9}
    assert pair_shares(sight, 3, RELATIONS) == {}


def test_frames_of_a_word_speak_for_their_types_without_their_needs():
    _, sentence = build_sentence(CUT)
    shares = loose_shares(sentence.tokens[1], FRAMES)
    assert {EventType.SANCTION, EventType.CONCEDE, EventType.REJECT} <= set(shares)
    assert EventType.AID not in shares


def test_a_word_without_frames_speaks_for_nothing():
    _, sentence = build_sentence(CUT)
    assert loose_shares(sentence.tokens[0], FRAMES) == {}
