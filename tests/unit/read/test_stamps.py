"""Time stamps name the day in the zone they are written in."""

import datetime as dt

import pytest

from onrecord.read.stamps import first_day, read_stamp

DAY = dt.date(2022, 1, 29)


@pytest.mark.parametrize(
    "stamp",
    [
        "Sat, 29 Jan 2022 23:30:00 -0500",
        "Sat, 29 Jan 2022 23:30:00 -0500 (EST)",
        "Sat, 29 Jan 22 23:30:00 GMT",
        "29 Jan 2022 00:30 +0900",
        "Sat, 29 Jan 2022 10:00:00 GMT+0100 (Central European Standard Time)",
        "2022-01-29T23:30:00-05:00",
        "2022-01-29T23:30:00.000Z",
        "2022-01-29T23:30Z",
        "20220129T233000-0500",
        "20220129T233000Z",
        "20220129",
        "  2022-01-29\n",
    ],
)
def test_day_is_that_of_the_writer(stamp: str) -> None:
    assert read_stamp(stamp) == DAY


@pytest.mark.parametrize(
    "stamp",
    [
        *("29/01/2022", "2022-01", "soon", "", "Mon, 29 Jan 2022 10:00:00 GMT"),
        *("20220199T000000Z", "Sat, 29 Jan 2022" + " " * 300, "(" * 150),
        *(None, 20220129),
    ],
)
def test_what_is_no_one_day_is_not_read(stamp: object) -> None:
    assert read_stamp(stamp) is None


@pytest.mark.parametrize(("year", "full"), [("49", 2049), ("50", 1950)])
def test_short_years_are_those_of_mail(year: str, full: int) -> None:
    assert read_stamp(f"29 Jan {year} 10:00 GMT") == dt.date(full, 1, 29)


def test_first_that_can_be_read() -> None:
    assert first_day(None, "soon", "2022-01-29", "2022-01-30") == DAY
    assert first_day("soon") is None
