"""Which event a correction is about."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.engine.review_match import Candidate, Missing, match
from onrecord.model.correction import Anchor, normal

SHOWN = Anchor(
    doc_id="doc-1",
    event_id="evt-1",
    sentence="Kyiv’s envoy struck a deal, then struck again.",
    trigger="struck",
    event_type="AGREE",
    occurrence=1,
    actors=("envoy",),
)


def event(event_id: str = "evt-9", **changed: object) -> Candidate:
    anchor = msgspec.structs.replace(SHOWN, event_id=event_id, **changed)
    return Candidate({"event_id": event_id}, anchor)


def found(*candidates: Candidate) -> str:
    outcome = match(SHOWN, candidates)
    return outcome.why if isinstance(outcome, Missing) else outcome.anchor.event_id


def test_signs_case_and_white_space_count_for_nothing():
    other = "KYIV's envoy  struck\na deal, then struck again."
    assert found(event(sentence=other, event_type="ASSAULT", doc_id="d")) == "evt-9"


def test_another_occurrence_is_another_event():
    same, other = event("evt-1"), event("evt-0", occurrence=0)
    assert found(other, same) == "evt-1"


def test_dateline_before_the_sentence_is_no_other_sentence():
    dated = f"KYIV (Reuters) - {SHOWN.sentence}"
    assert found(event(sentence=dated)) == "evt-9"


def test_longer_trigger_of_the_same_type_is_the_same_event():
    assert found(event(trigger="then struck", occurrence=0)) == "evt-9"
    other = event(trigger="then struck", occurrence=0, event_type="ASSAULT")
    assert found(other) == "no event has these words now"


def test_meaning_decides_between_several():
    by_type = event("evt-2", event_type="AGREE", actors=("Kyiv",))
    assert found(event("evt-1", event_type="ASSAULT"), by_type) == "evt-2"
    assert found(event("evt-3"), by_type) == "evt-3"


def test_what_fits_two_alike_fits_none():
    why = found(event("evt-2"), event("evt-1"))
    assert why == "fits several events equally well: evt-1, evt-2"


def test_repeated_sentence_is_told_by_its_place():
    assert found(event("evt-1", sentence_occurrence=1), event("evt-2")) == "evt-2"


@pytest.mark.parametrize("sentence", ["Another sentence struck.", ""])
def test_other_sentence_is_another_event(sentence):
    if sentence:
        assert found(event(sentence=sentence)) == "no event has these words now"
    assert found() == "no event has these words now"


@given(st.text())
def test_normal_words_stay_as_they_are(text):
    assert normal(normal(text)) == normal(text)


@given(st.permutations([event("evt-1"), event("evt-2", occurrence=0), event("evt-3")]))
def test_order_of_events_counts_for_nothing(candidates):
    assert found(*candidates) == "fits several events equally well: evt-1, evt-3"
