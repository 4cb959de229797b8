"""The relation of a pair: by the shipped weights, on hand-built and read sentences."""

from pathlib import Path

import msgspec
import pytest

import onrecord.understand.reader
from onrecord.code.relate import relate, weigh
from onrecord.lexicon.kit import load_kit
from onrecord.lexicon.relations import load_relations, read_examples, read_marked
from onrecord.model.event import EventType, Factuality
from onrecord.pipeline import read_sentences
from onrecord.pipeline import relate as read_and_relate
from onrecord.understand.parse import SentenceCache
from onrecord.understand.reader import load_reader
from onrecord.understand.reader.onnx import MODEL_FILE

MODEL = Path(onrecord.understand.reader.__file__).parent / "model" / MODEL_FILE
RELATIONS = load_relations()
LEAST_RIGHT = 0.9  # of the sentences that the weights were fitted on


@pytest.fixture(scope="module")
def kit():
    return load_kit()


@pytest.fixture(scope="module")
def reader():
    if not MODEL.exists():
        pytest.skip("the reader's model file is not there")
    return load_reader()


@pytest.fixture
def related(kit, reader):
    def related(marked):
        return read_and_relate(
            read_marked(marked, "x"),
            kit=kit,
            relations=RELATIONS,
            reader=reader,
            cache=SentenceCache(),
        )

    return related


def test_features_without_a_weight_weigh_nothing():
    assert weigh({"a": 2.0, "b": 1.0}, {"a": 0.5}) == 1.0


def test_scores_of_all_types_add_up_to_one(related):
    found = related("[A:Gabon] accused [R:Benin] of spying and recalled its envoy.")
    assert list(found.scores) == list(EventType)
    assert sum(found.scores.values()) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize(
    ("marked", "event_type"),
    [
        ("[A:Gabon] urged [R:Benin] to withdraw its troops.", "REQUEST"),
        ("[A:Gabon] threatened to bomb [R:Benin].", "THREATEN"),
        ("[A:Gabon] refused to meet [R:the envoy of Benin].", "REJECT"),
        ("[A:Gabon] promised to send food to [R:Benin].", "AGREE"),
        ("[R:Benin] was attacked by [A:Gabon] on Monday.", "ASSAULT"),
    ],
)
def test_the_outermost_act_between_the_two_counts(related, marked, event_type):
    assert related(marked).event_type == event_type


def test_what_is_done_depends_on_which_pair_is_asked_for(related):
    one = related("[A:Gabon] condemned [R:Benin], which had invaded Togo.")
    other = related("Gabon condemned [A:Benin], which had invaded [R:Togo].")
    assert (one.event_type, other.event_type) == ("ACCUSE", "ASSAULT")


def test_an_act_that_did_not_happen_is_negated(related):
    found = related("[A:The army] did not attack [R:the village].")
    assert found.event_type == "ASSAULT"
    assert found.factuality is Factuality.NEGATED


def test_the_quad_is_that_of_the_type(related, kit):
    found = related("[A:Gabon] sent medicine to [R:Benin].")
    assert found.event_type == "AID"
    assert found.quad == 2


def test_only_sentences_that_hold_a_party_are_read(reader):
    pair = read_marked("Rain fell. [A:Gabon] sued [R:Benin]. Snow fell.", "x")
    sentences = read_sentences(pair, reader=reader, cache=SentenceCache())
    assert [s.span.of(pair.text) for s in sentences] == ["Gabon sued Benin."]


def test_equal_weights_choose_the_first_type(kit, reader):
    pair = read_marked("[A:Gabon] sued [R:Benin].", "x")
    sentences = read_sentences(pair, reader=reader, cache=SentenceCache())
    blank = msgspec.structs.replace(RELATIONS, weights={})
    found = relate(pair, sentences, kit=kit, relations=blank)
    assert found.event_type is EventType.AGREE
    assert set(found.scores.values()) == {0.0625}


def test_the_examples_are_read_as_what_they_are(kit, reader):
    cache = SentenceCache()
    examples = list(read_examples())
    wrong = [
        f"{pair.id} {event_type}: {pair.text}"
        for pair, event_type in examples
        if read_and_relate(
            pair, kit=kit, relations=RELATIONS, reader=reader, cache=cache
        ).event_type
        is not event_type
    ]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(examples), wrong
