"""Lines of the program and sets of one layer, as gold and as given."""

import pytest

from onrecord.model.span import Span
from onrecord.score.lines import read_lines
from onrecord.score.problems import no_problems
from onrecord.score.shapes import Copied, Point, Related
from tests.support.scores import TEXT, act, at, event_line


def read(*rows, texts=None):
    problems = no_problems("lines.jsonl")
    places = [(f"line {n}", row) for n, row in enumerate(rows, 1)]
    return read_lines(places, texts or {}, problems), problems.found


def test_an_event_line_is_the_same_as_the_annotated_event():
    (report,), found = read(event_line())
    assert found == []
    assert report.keys == ("r1",)
    assert report.events == (act(is_told=False),)


def test_the_day_of_publication_is_not_told():
    when = {"from": "2022-01-02", "to": "2022-01-02", "basis": "publication"}
    ((report,), _), ((told,), _) = (
        read(event_line(when={**when, "basis": basis}))
        for basis in ("publication", "text")
    )
    assert report.events[0].when == (("2022-01-02", "2022-01-02"),)
    assert not report.events[0].is_told
    assert told.events[0].is_told


def test_a_layer_that_some_line_has_is_there_for_all_reports():
    time = {"record": "time", "source_id": "r2", "start": 0, "end": 4, "value": "2022"}
    (first, second), _ = read(event_line(), time)
    assert (first.marked["times"], second.events) == ((), ())
    assert first.statements is None
    assert second.marked["times"][0].value == "2022"


def test_a_line_of_layers_not_scored_shows_that_a_report_was_read():
    (_, other), _ = read(event_line(), {"record": "syntax", "source_id": "r2"})
    assert (other.key, other.events) == ("r2", ())


def test_where_reviewers_gave_verdicts_gold_was_asked_there_only():
    rejected = event_line("left", verdict="reject", sentence=None)
    (report,), found = read(event_line(verdict="fix"), rejected)
    assert found == []
    assert [e.trigger for e in report.events] == [at("warned")]
    assert report.judged == (at("warned"), at("left"))


def test_sets_of_times_and_places():
    times = {"id": "w1", "text": TEXT, "timexes": [{"start": 0, "end": 4}]}
    page = {"page": "http://x/wiki/New_York", "text": "Chad", "lat": 1.0, "lon": 2}
    places = {"id": "g1", "text": TEXT, "toponyms": [{"start": 0, "end": 4, **page}]}
    (one, two), found = read(times, places)
    assert found == []
    assert one.marked["times"][0].span == Span(0, 4)
    (place,) = two.marked["places"]
    assert (place.point, place.names) == (Point(1.0, 2.0), ("chad", "new york"))


def test_relations_and_copies():
    gold = {"id": "a", "text": "x", "gold_root": "AID", "quad": 2}
    ours = {"id": "b", "event_type": "AID", "quad": 2, "scores": {}}
    copy = {"doc_id": "c", "source_id": "s", "story_id": "1", "relation": "near"}
    reports, found = read(gold, ours, copy)
    assert found == []
    assert [r.relation for r in reports[:2]] == [
        Related(event_type="AID", quad=2, is_set=True),
        Related(event_type="AID", quad=2),
    ]
    assert reports[2].keys == ("s", "c")
    assert reports[2].copy == Copied(story="1", relation="near")


def test_one_id_with_two_texts_is_a_problem():
    rows = [{"id": "w1", "text": text, "timexes": []} for text in ("A.", "A.", "B.")]
    _, found = read(*rows)
    assert found == [
        "lines.jsonl: line 3: has another text than an earlier line of this report"
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"record": "event"}, "has none of source_id, doc_id, id"),
        ({"record": "evnt", "id": "1"}, "a kind unknown here: 'evnt'"),
        ({"id": "1", "headline": "x"}, "is neither gold nor a line of extract"),
        (event_line(event_type="THREAT"), "Invalid enum value 'THREAT'"),
        (event_line(trigger={"start": 5, "end": 5}), "empty or reversed"),
        (
            event_line(trigger={"start": 5, "end": 11, "text": "bombed"}),
            "trigger 'bombed' does not stand there: 'warned'",
        ),
    ],
)
def test_a_bad_line_is_named(row, words):
    _, found = read(event_line(), row)
    assert len(found) == 1
    assert found[0].startswith("lines.jsonl: line 2: ")
    assert words in found[0]


def test_words_are_checked_in_the_text_where_it_is_known():
    assert read(event_line(sentence=None))[1] == []
    _, found = read(event_line(sentence=None), texts={"r1": "x" * 60})
    assert "trigger 'warned' does not stand there: 'xxxxxx'" in found[0]
