"""Dates that are given, and dates that are found."""

import datetime as dt

import pytest

from onrecord.model.document import DateBasis
from onrecord.read.dates import find_date, parse_date

DAY = dt.date(2022, 1, 29)


@pytest.mark.parametrize(
    "value",
    [
        "2022-01-29",
        " 2022-01-29 ",
        "2022-1-29",
        "2022/01/29",
        "2022.01.29",
        "20220129",
        20220129,
        "20220129103000",
        "20220129T103000Z",
        "2022-01-29T10:30:00Z",
        "2022-01-29 10:30:00.123456+00:00",
        "2022-01-29T23:30:00-05:00",
        "29 January 2022",
        "29 Jan 2022",
        "29 jan. 2022",
        "29th January, 2022",
        "29-Jan-2022",
        "January 29, 2022",
        "Jan 29, 2022",
        "Jan. 29 2022, 10:30 a.m. EST",
        "Saturday, January 29, 2022",
        "Saturday 29 January 2022",
        "Sat, 29 Jan 2022 10:30:00 GMT",
        "Sat, 29 Jan 2022 10:30:00 +0000",
        dt.date(2022, 1, 29),
        dt.datetime(2022, 1, 29, 23, 30, tzinfo=dt.UTC),
    ],
    ids=str,
)
def test_full_date_is_read(value: object) -> None:
    assert parse_date(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        "",
        "29/01/2022",
        "01/29/2022",
        "03/04/2022",
        "29-01-2022",
        "29 Jan 22",
        "2022-01",
        "2022",
        "January 2022",
        "2022-13-01",
        "2022-02-30",
        "2022-01-29-30",
        "2022-01/29",
        "Friday, January 29, 2022",
        "Someday, January 29, 2022",
        "29 Octembre 2022",
        "yesterday",
        "1643414400",
        1643414400,
        1643414400.0,
        True,
        None,
        ["2022-01-29"],
        "２０２２-０１-２９",
        "2022-01-29" + " " * 100 + "x",
        "9" * 5000,
    ],
    ids=lambda v: repr(v)[:30],
)
def test_what_is_not_one_full_day_is_not_guessed(value: object) -> None:
    assert parse_date(value) is None


def test_dateline_alone_gives_date() -> None:
    assert find_date("Friday, January 4, 2019 \r", None, None) == (
        dt.date(2019, 1, 4),
        DateBasis.TEXT,
    )


def test_sentence_with_date_gives_none() -> None:
    line = "On January 4, 2019 they met."
    assert find_date(line, None, None) == (None, DateBasis.UNKNOWN)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/world/2022/01/29/talks-end",
        "https://example.org/2022/jan/29/talks",
        "https://example.org/news/2022-01-29-talks",
        "https://example.org/2022/1/29",
    ],
)
def test_day_in_address_gives_date(url: str) -> None:
    assert find_date("", url, None) == (DAY, DateBasis.URL)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2022/01/talks",
        "https://example.org/2022/13/29/talks",
        "https://example.org/id/20220129",
        "https://example.org/2022/01/299",
    ],
)
def test_address_without_day_gives_none(url: str) -> None:
    assert find_date("", url, None) == (None, DateBasis.UNKNOWN)


@pytest.mark.parametrize("name", ["2022-01-29-talks", "20220129_talks", "2022-01-29"])
def test_day_that_opens_file_name_gives_date(name: str) -> None:
    assert find_date("", None, name) == (DAY, DateBasis.FILE)


@pytest.mark.parametrize("name", ["talks-2022-01-29", "202201291", "2022-0129", None])
def test_other_file_name_gives_none(name: str | None) -> None:
    assert find_date("", None, name) == (None, DateBasis.UNKNOWN)


def test_text_wins_over_address_and_name() -> None:
    found = find_date("3 May 2020", "https://e.org/2022/01/29/a", "2021-01-01")
    assert found == (dt.date(2020, 5, 3), DateBasis.TEXT)


@pytest.mark.parametrize("char", ["a", "1", " ", "-", "a ", "1 "])
def test_long_value_is_refused_fast(char: str) -> None:
    assert parse_date(char * 30) is None
    assert parse_date(char * 100_000) is None
