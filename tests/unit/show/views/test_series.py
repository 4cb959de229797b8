import datetime as dt

import pytest

from onrecord.errors import UsageError
from onrecord.show.views import series_changes
from onrecord.show.views.series import series
from onrecord.show.views.series_shape import Clock, Counts, Step, What
from onrecord.store.filters import Filters

JANUARY = Filters(since=dt.date(2022, 1, 1), until=dt.date(2022, 1, 31))


def happened(found):
    return [point.counts.happened for point in found.points]


def test_every_day_from_the_first_report_to_the_last_has_a_point(talks):
    found = series(talks, Filters())
    assert [p.start.day for p in found.points] == [10, 11, 12, 13, 14]
    assert all(p.start == p.end for p in found.points)
    assert happened(found) == [3, 1, 0, 0, 3]
    assert found.points[2].types == ()


def test_the_days_that_are_asked_for_bound_the_series(talks):
    found = series(talks, JANUARY)
    assert (len(found.points), sum(happened(found))) == (31, 7)
    early = series(talks, Filters(until=dt.date(2022, 1, 11)))
    assert happened(early) == [3, 1]
    assert early.outside == Counts(happened=3)


def test_weeks_begin_on_monday_and_months_with_their_first(talks):
    (week,) = series(talks, Filters(), step=Step.WEEK).points
    assert (week.start, week.end) == (dt.date(2022, 1, 10), dt.date(2022, 1, 16))
    (month,) = series(talks, Filters(), step=Step.MONTH).points
    assert (month.start, month.end) == (dt.date(2022, 1, 1), dt.date(2022, 1, 31))


def test_what_is_denied_or_feared_is_not_added_to_what_happened(talks):
    (week,) = series(talks, Filters(), step=Step.WEEK, clock=Clock.REPORT).points
    assert week.counts == Counts(happened=7, hypothetical=1, denied=1)
    assert sum(week.quads) == 7
    denied = series(talks, Filters(factualities=("denied",)), clock=Clock.REPORT)
    assert sum(p.counts.denied for p in denied.points) == 1
    assert all(p.score == 0 for p in denied.points)


def test_what_has_no_day_is_counted_apart(talks):
    found = series(talks, Filters())
    assert found.unknown == Counts(hypothetical=1, denied=1)
    assert sum(p.counts.denied for p in found.points) == 0


def test_nothing_is_counted_twice_or_lost(talks):
    found = series(talks, Filters(until=dt.date(2022, 1, 11)))
    parts = [p.counts for p in found.points]
    parts += [found.unknown, found.wider, found.outside]
    total = {
        name: sum(getattr(counts, name) for counts in parts)
        for name in Counts.__struct_fields__
    }
    assert total == {
        "happened": 7,
        "planned": 0,
        "hypothetical": 1,
        "negated": 0,
        "denied": 1,
    }


def test_days_that_run_backwards_have_no_points(talks):
    backwards = Filters(since=dt.date(2022, 1, 12), until=dt.date(2022, 1, 11))
    assert series(talks, backwards).points == ()


def test_types_have_their_quad_and_the_score_of_what_happened(talks):
    second = series(talks, Filters()).points[1]
    (assault,) = second.types
    assert (assault.event_type, assault.quad) == ("ASSAULT", 4)
    assert second.quads == (0, 0, 0, 1)
    assert second.score == assault.score < 0


def test_events_are_counted_as_often_as_they_are_told(talks):
    events = series(talks, Filters(), what=What.EVENTS)
    assert sum(happened(events)) > sum(happened(series(talks, Filters())))


@pytest.mark.parametrize(
    ("filters", "counts"),
    [
        (Filters(actors=("Norway",)), [1, 0, 0, 0, 0]),
        (Filters(actors=("TCD",), recipients=("SDN",)), [1, 0, 0, 0, 0]),
        (Filters(types=("ASSAULT",)), [0, 1, 0, 0, 0]),
        (Filters(types=("AID",)), [0, 0, 0, 0, 0]),
    ],
)
def test_filters_choose_what_is_counted(filters, counts, talks):
    assert happened(series(talks, filters)) == counts


def test_too_many_steps_are_wrong_use(talks):
    with pytest.raises(UsageError, match="--step month"):
        series(talks, Filters(since=dt.date(1990, 1, 1)))


def test_a_change_has_the_events_of_its_first_step(talks, monkeypatch):
    monkeypatch.setattr(series_changes, "PRICE", 0.5)
    monkeypatch.setattr(series_changes, "LEAST_GAIN", 0.0)
    (rise, *_) = series(talks, JANUARY).changes
    assert (rise.at, rise.before) == (dt.date(2022, 1, 10), 0.0)
    assert rise.events == 3
    assert len(rise.event_ids) == 3
    assert {cite.event_id for cite in rise.likeliest} <= set(rise.event_ids)
    assert rise.likeliest[0].sentence.text.startswith(("Chad", "Norway", "Sudan"))
