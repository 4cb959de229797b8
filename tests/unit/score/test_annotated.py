"""Reports annotated by hand, and what is wrong with them."""

import pytest

from onrecord.score.annotated import is_annotated, read_annotated
from onrecord.score.problems import no_problems
from onrecord.score.shapes import Who
from tests.support.scores import CHAD, MALI, TEXT, act, at, gold_event, gold_report


def read(row, texts=None):
    problems = no_problems("gold.json")
    return read_annotated(row, texts or {}, problems), problems.found


def test_words_become_places_in_the_text():
    report, found = read(gold_report(gold_event()))
    assert found == []
    assert report.events == (act(),)
    assert report.statements is None


def test_the_text_may_stand_beside():
    row = gold_report(gold_event())
    del row["text"]
    assert read(row, {"r1": TEXT})[0].text == TEXT
    report, found = read(row)
    assert report is None
    assert "r1.txt" in found[0] and "--texts" in found[0]


def test_a_key_left_out_was_not_annotated_and_null_says_nothing():
    event = gold_event(recipient=None)
    del event["by"], event["status"], event["when"]
    (read_event,) = read(gold_report(event))[0].events
    assert (read_event.sources, read_event.factuality, read_event.when) == (None,) * 3
    assert read_event.recipients == ()


def test_an_unknown_country_is_none_and_cases_do_not_matter():
    party = {"text": "Chad", "is": "Chad", "country": "unk"}
    (event,) = read(gold_report(gold_event(actor=[party])))[0].events
    assert event.actors == (Who(None, ("chad",)),)


def test_a_cue_in_another_sentence_is_its_own_sentence():
    statement = {
        "sentence": "Mali left.",
        "cue": "denied",
        "speaker": {"text": "Chad"},
        "content": "Mali left",
    }
    row = {"doc_id": "r1", "text": TEXT, "statements": [statement]}
    (said,) = read(row)[0].statements
    assert said.cue == at("Mali left.")
    assert said.speaker == at("Chad")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"trigger": "threatened"}, "events[1]: 'threatened' is not in its sentence"),
        ({"trigger": "left"}, "'left' is not in its sentence"),
        ({"sentence": "Mali won."}, "the sentence is not in the text: 'Mali won.'"),
        ({"type": "THREAT"}, "Invalid enum value 'THREAT'"),
        ({"status": "maybe"}, "Invalid enum value 'maybe'"),
        ({"actor": [{"text": "Niger"}]}, "actor[0]: 'Niger' is not in the text"),
        ({"recipients": []}, "unknown field `recipients`"),
        ({"actor": "Chad"}, "Expected `array | null`, got `str`"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(cells, words):
    row = gold_report(gold_event(), gold_event(**cells))
    _, found = read(row)
    assert len(found) == 1
    assert found[0].startswith("gold.json: events[1]")
    assert words in found[0]


def test_all_problems_are_said():
    bad = [gold_event(type="X"), gold_event(trigger="y"), gold_event(condition="z")]
    assert len(read(gold_report(*bad))[1]) == 3


def test_which_objects_are_annotated_reports():
    assert is_annotated({"events": []})
    assert not is_annotated({"record": "statement", "events": "x"})


def test_parties_are_known_by_country_and_names():
    (event,) = read(gold_report(gold_event()))[0].events
    assert (event.actors, event.recipients) == ((CHAD,), (MALI,))
