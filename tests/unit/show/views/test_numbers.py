import datetime as dt

import pytest

from onrecord.model.happening import Status
from onrecord.show.views.cite import Cite, Passage
from onrecord.show.views.numbers import current_range, differ, numbers
from onrecord.show.views.numbers_rules import load_number_rules
from onrecord.show.views.numbers_shape import NumberPoint
from onrecord.store.filters import Filters

LINES = load_number_rules().lines


def point(value, modifier="exact", *, day=28, voice="A", low=None, high=None):
    exact = modifier == "exact"
    return NumberPoint(
        value=value,
        low=value if exact or modifier == "at_least" else low,
        high=value if exact or modifier == "at_most" else high,
        modifier=modifier,
        of="troops",
        factuality="happened",
        toward=(),
        places=(),
        since=dt.date(2022, 1, day),
        until=dt.date(2022, 1, day),
        reports=1,
        cite=Cite(
            doc_id="doc-1",
            source_id="t1",
            outlet="Gazette",
            date=None,
            title=None,
            url=None,
            sentence=Passage(start=0, end=1, text="x"),
            by=(voice,),
        ),
    )


def test_soldiers_and_troops_of_a_country_are_one_line_in_order_of_time(talks):
    (line,) = numbers(talks, Filters()).lines
    assert (line.of, line.about, line.status) == ("troops", "Chad", Status.HAPPENED)
    assert [(p.value, p.modifier, p.of) for p in line.points] == [
        (2000.0, "at_least", "troops"),
        (3500.0, "about", "soldiers"),
    ]
    assert [p.cite.by for p in line.points] == [("Sudanese minister",), ("governor",)]
    assert [p.since.day for p in line.points] == [12, 14]
    assert line.points[0].low == 2000.0
    assert line.points[0].high is None
    assert not line.differing


def test_filters_keep_to_the_numbers_of_events_that_fit(talks):
    (line,) = numbers(talks, Filters(types=("ASSAULT",))).lines
    assert [p.value for p in line.points] == [2000.0]
    assert numbers(talks, Filters(types=("AID",))).lines == ()


def test_the_cite_is_the_sentence_with_the_number(talks):
    (line,) = numbers(talks, Filters()).lines
    assert "3,500" in line.points[1].cite.sentence.text
    assert line.points[1].cite.event_id.startswith("evt-")


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([point(100), point(100)], False),
        ([point(100), point(101)], True),
        ([point(100, "about"), point(105)], False),
        ([point(100, "about"), point(120)], True),
        ([point(100, "at_least"), point(500)], False),
        ([point(100, "at_least"), point(90)], True),
        ([point(100, "at_most"), point(120, "at_least")], True),
    ],
)
def test_values_differ_where_no_number_fits_them_all(points, expected):
    assert differ(points, LINES.about) is expected


def test_the_current_range_is_of_each_voices_last_word():
    points = [point(100, day=26), point(300, day=27), point(200, day=28, voice="B")]
    found = current_range(points, LINES)
    assert (found.low, found.high, found.voices) == (200, 300, 2)
    assert (found.since.day, found.until.day) == (27, 28)
    assert not (found.open_low or found.open_high)


def test_words_older_than_a_week_before_the_last_are_not_current():
    found = current_range([point(100, day=1), point(200, voice="B")], LINES)
    assert (found.low, found.high, found.voices) == (200, 200, 1)


def test_more_than_leaves_the_range_open():
    found = current_range([point(100, "at_least"), point(50, voice="B")], LINES)
    assert (found.low, found.high, found.open_high) == (50, 100, True)


def test_nothing_has_no_current_range():
    assert current_range([], LINES) is None
