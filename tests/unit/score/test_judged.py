"""Judgements of annotation tools as gold."""

import msgspec
import pytest

from onrecord.model.correction import Anchor, Words
from onrecord.model.event import EventType, Factuality
from onrecord.model.judgement import (
    Answer,
    CellValues,
    Judgement,
    Mark,
    PartyValue,
    PlaceValue,
    Shown,
)
from onrecord.score.judged import Known, place_judgements
from onrecord.score.problems import no_problems
from onrecord.score.scoring import LAYERS, score
from onrecord.score.shapes import Who
from tests.support.scores import CHAD, MALI, TEXT, act, at, report

SENTENCE = "Chad warned Mali."


def party(words, country):
    return PartyValue(words=Words(text=words), name=words, country=country)


SHOWN = Shown(
    anchor=Anchor(
        doc_id="r1",
        event_id="e1",
        sentence=SENTENCE,
        trigger="warned",
        event_type="THREATEN",
    ),
    cells=CellValues(
        type=EventType.THREATEN,
        factuality=Factuality.HAPPENED,
        actors=(party("Chad", "TCD"),),
        recipients=(party("Mali", "MLI"),),
    ),
)


def judged(answer=Answer.ACCEPT, text=SENTENCE, shown=SHOWN, **said):
    return Judgement(position=1, text=text, answer=answer, shown=shown, **said)


def place(*judgements, known=None):
    problems = no_problems("done.jsonl")
    if known is None:
        known = [Known(("s1", "r1"), TEXT)]
    return place_judgements(judgements, known, problems), problems.found


def test_what_was_accepted_is_gold_as_shown():
    (gold,), found = place(judged())
    assert found == []
    assert gold.keys == ("s1", "r1")
    assert gold.events == (act(),)
    assert gold.judged == (at("warned"),)


def test_what_was_rejected_is_no_event_but_was_asked():
    (gold,), _ = place(judged(Answer.REJECT))
    assert gold.events == ()
    scores = score([gold], [report(act(), act("left"))], layers=LAYERS)
    assert (scores.events.typed.given, scores.coverage.outside) == (1, {"events": 1})


def test_what_was_passed_over_is_nothing():
    assert place(judged(Answer.IGNORE)) == ((), [])


def test_choices_change_the_codes():
    choices = (("type", "ACCUSE"), ("factuality", "denied"))
    (gold,), _ = place(judged(choices=choices))
    (event,) = gold.events
    assert (event.event_type, event.factuality) == ("ACCUSE", "denied")


def test_marks_change_the_parties_and_the_trigger():
    marks = (Mark(0, 11, "trigger"), Mark(12, 16, "actor"))
    (gold,), _ = place(judged(marks=marks, marked=True))
    (event,) = gold.events
    assert event.trigger == at("Chad warned")
    assert event.actors == (Who(None, ("mali",)),)
    assert event.recipients == ()
    assert gold.judged == (at("warned"), at("Chad warned"))


def test_marks_that_stayed_keep_the_country():
    marks = (Mark(5, 11, "trigger"), Mark(0, 4, "actor"), Mark(12, 16, "recipient"))
    (gold,), _ = place(judged(marks=marks, marked=True))
    assert (gold.events[0].actors, gold.events[0].recipients) == ((CHAD,), (MALI,))


@pytest.mark.parametrize(
    ("marks", "where"),
    [
        ((Mark(12, 16, "where"),), (Who(None, ("mali",)),)),
        ((), ()),
        ((Mark(0, 4, "where"),), None),
    ],
    ids=["stays", "taken away", "other words: which place is not known"],
)
def test_a_place_stands_while_its_words_are_marked(marks, where):
    place_value = PlaceValue(words=Words(text="Mali"), name="Mali")
    cells = msgspec.structs.replace(SHOWN.cells, where=(place_value,))
    shown = msgspec.structs.replace(SHOWN, cells=cells)
    (gold,), _ = place(judged(shown=shown, marks=marks, marked=True))
    assert gold.events[0].where == where


def test_a_fix_given_as_cells_stands():
    fix = {"factuality": "planned", "recipients": [], "type": {"value": "ACCUSE"}}
    (gold,), _ = place(judged(fix=fix))
    assert gold.events[0].factuality == "planned"
    assert gold.events[0].event_type == "ACCUSE"
    assert gold.events[0].recipients == ()


def test_the_later_judgement_of_the_same_words_counts():
    (gold,), _ = place(judged(), judged(Answer.REJECT))
    assert gold.events == ()
    assert len(gold.judged) == 1


def test_a_sentence_is_placed_by_the_lines_where_the_text_is_unknown():
    known = [Known(("r1",), None, {SENTENCE: [40]})]
    (gold,), _ = place(judged(), known=known)
    assert gold.judged[0].start == 45


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ([Known(("r1",), "Something else.")], "stands in none of the reports"),
        (
            [Known(("x",), TEXT), Known(("y",), TEXT)],
            "stands in several of the reports",
        ),
    ],
)
def test_a_task_that_cannot_be_placed_is_a_problem(known, words):
    gold, found = place(judged(), known=known)
    assert gold == ()
    assert found[0].startswith("done.jsonl: task 1: ")
    assert words in found[0]


def test_labels_of_a_foreign_task_are_event_types_and_all_its_text_was_asked():
    marks = (Mark(5, 11, "THREATEN"), Mark(23, 27, "RETREAT"))
    (gold,), _ = place(judged(text=TEXT, shown=None, marks=marks, marked=True))
    assert [(e.event_type, e.actors) for e in gold.events] == [
        ("THREATEN", None),
        ("RETREAT", None),
    ]
    assert gold.judged[0].of(TEXT) == TEXT


def test_one_event_of_a_foreign_task_has_a_trigger_and_parties():
    marks = (Mark(5, 11, "trigger"), Mark(0, 4, "actor"))
    choices = (("type", "THREATEN"),)
    task = judged(text=SENTENCE, shown=None, marks=marks, marked=True, choices=choices)
    (gold,), _ = place(task)
    (event,) = gold.events
    assert event.actors == (Who(None, ("chad",)),)
    assert (event.recipients, event.factuality) == ((), None)


def test_a_type_that_is_none_is_a_problem():
    _, found = place(judged(choices=(("type", "THREAT"),)))
    assert found == ["done.jsonl: task 1: event type 'THREAT' is not in PLOVER"]
