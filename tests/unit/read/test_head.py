"""Metadata that opens a text."""

import pytest

from onrecord.read.head import Head, read_head


@pytest.mark.parametrize(
    ("text", "body", "fields"),
    [
        ("date 2022-01-29 A Russian MP.", "A Russian MP.", {"date": "2022-01-29"}),
        (" date 2022-01-29 A Russian MP.", "A Russian MP.", {"date": "2022-01-29"}),
        ("Date: 2022-01-29 A Russian MP.", "A Russian MP.", {"date": "2022-01-29"}),
        ("DATE 2022-01-29\n\nText.", "Text.", {"date": "2022-01-29"}),
        ("Date: 2022-01-29\nText.", "Text.", {"date": "2022-01-29"}),
        ("Date: 29 January 2022\r\n\r\nText.", "Text.", {"date": "29 January 2022"}),
        ("date 29 January 2022\nText.", "Text.", {"date": "29 January 2022"}),
        ("\n\nDate:2022-01-29\n\n\nText.", "Text.", {"date": "2022-01-29"}),
        (
            "Date: 2022-01-29\nTitle: Talks: end\nSource: Wire\nId: a1\n\nText.",
            "Text.",
            {
                "date": "2022-01-29",
                "title": "Talks: end",
                "outlet": "Wire",
                "id": "a1",
            },
        ),
        (
            "Title: Talks\nDate: 2022-01-29\nText.",
            "Text.",
            {"title": "Talks", "date": "2022-01-29"},
        ),
        ("Date: 29/01/2022\nText.", "Text.", {"date": "29/01/2022"}),
        ("date 2022-13-45 Text.", "Text.", {"date": "2022-13-45"}),
        ("Date: 2022-01-29", "", {"date": "2022-01-29"}),
    ],
)
def test_metadata_ends_where_report_begins(
    text: str, body: str, fields: dict[str, str]
) -> None:
    head = read_head(text)
    assert text[head.body_start :] == body
    assert head.fields == fields


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Talks ended.",
        "Date: tomorrow\nText.",
        "Date night in Kyiv.",
        "date 2022-01-29and so on",
        "Source: nobody knows\nText.",
        "Title: Talks\nText without a date.",
        "Text: something\nDate: 2022-01-29",
        "2022-01-29 Text.",
        "update 2022-01-29 Text.",
    ],
)
def test_ordinary_opening_is_text(text: str) -> None:
    assert read_head(text) == Head(0, {})


def test_header_that_goes_on_in_its_line_is_the_report() -> None:
    head = read_head("Date: 2022-01-29 Kyiv fell silent.")
    assert head.body_start == 17


def test_first_of_two_dates_counts() -> None:
    assert read_head("Date: 2022-01-29\nDate: 2022-01-30\nText.").fields == {
        "date": "2022-01-29"
    }


def test_long_header_lines_are_the_report() -> None:
    text = "Date: 2022-01-29\nTitle: " + "x" * 2000
    assert read_head(text).body_start == 17
