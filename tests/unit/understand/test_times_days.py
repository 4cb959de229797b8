"""Days of units and their parts."""

import datetime as dt

import pytest

from onrecord.understand.times_days import (
    Days,
    add_days,
    add_months,
    easter,
    month_days,
    part_of,
    season_days,
    week_of,
    weekend_of,
    year_days,
)


def test_a_week_runs_from_monday_to_sunday() -> None:
    assert week_of(dt.date(2022, 1, 30)) == Days(
        dt.date(2022, 1, 24), dt.date(2022, 1, 30)
    )


def test_a_weekend_is_the_end_of_its_week() -> None:
    assert weekend_of(dt.date(2022, 1, 24)) == Days(
        dt.date(2022, 1, 29), dt.date(2022, 1, 30)
    )


def test_winter_ends_in_the_next_year() -> None:
    assert season_days(1999, "WI") == Days(dt.date(1999, 12, 1), dt.date(2000, 2, 29))


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [("START", 1, 10), ("MID", 11, 20), ("END", 21, 28), ("FINISH", 21, 28)],
)
def test_parts_of_a_month(part: str, first: int, last: int) -> None:
    assert part_of(month_days(2022, 2), "month", part) == Days(
        dt.date(2022, 2, first), dt.date(2022, 2, last)
    )


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        ("START", (1, 1), (3, 31)),
        ("END", (10, 1), (12, 31)),
        ("FINISH", (12, 1), (12, 31)),
        ("H1", (1, 1), (6, 30)),
        ("H2", (7, 1), (12, 31)),
    ],
)
def test_parts_of_a_year(
    part: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    assert part_of(year_days(2022, 2022), "year", part) == Days(
        dt.date(2022, *first), dt.date(2022, *last)
    )


def test_a_month_on_keeps_to_the_shorter_month() -> None:
    assert add_months(dt.date(2022, 1, 31), 1) == dt.date(2022, 2, 28)


def test_nothing_lies_off_the_calendar() -> None:
    assert add_months(dt.date(9999, 6, 1), 12) is None
    assert add_days(dt.date(1, 1, 1), -1) is None


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2000, 4, 23), (2019, 4, 21), (2022, 4, 17)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == dt.date(year, month, day)
