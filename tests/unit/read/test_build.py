"""One report from what its source says."""

import datetime as dt

import pytest

from onrecord.model.document import DateBasis, Document, Rejected, make_doc_id
from onrecord.read.build import build_document
from onrecord.read.columns import Given
from onrecord.read.limits import Limits
from onrecord.read.origin import Origin, enter

ORIGIN = Origin("in/day.jsonl", "day")


def build_one(**given: object) -> Document | Rejected:
    return build_document(Given(**given), ORIGIN, source_id="day#3", position="line 3")


def reason_of(**given: object) -> str:
    built = build_one(**given)
    assert isinstance(built, Rejected)
    assert (built.file, built.position, built.stage) == (
        "in/day.jsonl",
        "line 3",
        "read",
    )
    return built.reason


def test_all_fields_reach_the_document() -> None:
    built = build_one(
        text=" They left. ",
        title=" Talks end ",
        date="2022-01-29",
        url="https://e.org/a",
        outlet="Wire",
        language="en",
        id=7,
    )
    assert built == Document(
        doc_id=make_doc_id(" They left. ", dt.date(2022, 1, 29), "Wire"),
        source_id="7",
        text=" They left. ",
        date=dt.date(2022, 1, 29),
        date_basis=DateBasis.GIVEN,
        title="Talks end",
        url="https://e.org/a",
        outlet="Wire",
        language="en",
        body_start=0,
        file="in/day.jsonl",
        position="line 3",
    )


def test_text_alone_is_enough() -> None:
    built = build_one(text="They left.")
    assert isinstance(built, Document)
    assert built.source_id == "day#3"
    assert (built.date, built.date_basis) == (None, DateBasis.UNKNOWN)
    assert built.title is built.url is built.outlet is built.language is None


def test_given_date_wins_over_one_that_opens_the_text() -> None:
    built = build_one(text="date 2020-01-01 They left.", date="2022-01-29")
    assert isinstance(built, Document)
    assert built.date == dt.date(2022, 1, 29)
    assert built.body_start == 16


def test_date_that_opens_the_text_is_given() -> None:
    built = build_one(text="date 2020-01-01 They left.")
    assert isinstance(built, Document)
    assert (built.date, built.date_basis) == (dt.date(2020, 1, 1), DateBasis.GIVEN)


def test_dateline_is_told_from_a_given_date_and_stays_text() -> None:
    built = build_one(text="\nFriday, January 4, 2019 \n\nThey left.")
    assert isinstance(built, Document)
    assert (built.date, built.date_basis) == (dt.date(2019, 1, 4), DateBasis.TEXT)
    assert built.body_start == 0


def test_name_of_a_file_of_many_reports_gives_no_date() -> None:
    origin = Origin("2022-01-29.jsonl", "2022-01-29")
    built = build_document(Given(text="They left."), origin, source_id="x")
    assert isinstance(built, Document)
    assert built.date_basis is DateBasis.UNKNOWN


def test_unreadable_date_is_shown() -> None:
    reason = reason_of(text="They left.", date="29/01/2022")
    assert reason == (
        "the date '29/01/2022' cannot be read as one day; write it as YYYY-MM-DD, "
        "or leave it out if it is not known"
    )


@pytest.mark.parametrize("text", [None, "\u200b\ufeff\n", "\x00", "Date: 2022-01-29\n"])
def test_no_words_no_report(text: str | None) -> None:
    assert reason_of(text=text).startswith("the report has no text")


@pytest.mark.parametrize("text", [7, ["They left."], {"a": "b"}, True])
def test_text_of_another_type_is_named(text: object) -> None:
    assert f"the text is a {type(text).__name__}" in reason_of(text=text)


def test_bytes_are_no_text() -> None:
    assert "as bytes" in reason_of(text=b"They left.")


def test_half_a_surrogate_pair_is_refused() -> None:
    assert reason_of(text="a \ud800").startswith(
        "at character 2 of the text stands half a surrogate pair (U+D800)"
    )


@pytest.mark.parametrize("field", ["title", "url", "outlet", "language", "id"])
def test_half_a_surrogate_pair_is_refused_in_every_field(field: str) -> None:
    assert f"of the {field}" in reason_of(text="They left.", **{field: "\udfff"})


def test_escaped_byte_is_named() -> None:
    assert "byte 0xE9 at character 3 of the text" in reason_of(text="caf\udce9")


def test_nul_inside_text_is_kept() -> None:
    built = build_one(text="a\x00b")
    assert isinstance(built, Document)
    assert built.text == "a\x00b"


@pytest.mark.parametrize("outlet", [{"name": "Wire"}, ["Wire"], True, "n/a", " "])
def test_what_is_no_string_is_no_outlet(outlet: object) -> None:
    built = build_one(text="They left.", outlet=outlet)
    assert isinstance(built, Document)
    assert built.outlet is None


def test_report_beyond_the_limit_is_refused() -> None:
    limits = Limits(report_characters=5)
    refused, taken = (
        build_document(Given(text=text), ORIGIN, source_id="a", limits=limits)
        for text in ("123456", "12345")
    )
    assert isinstance(refused, Rejected)
    assert refused.reason == (
        "the report has 6 characters, the limit is 5; "
        "raise it with --limit report-characters=10"
    )
    assert isinstance(taken, Document)


def test_rejected_report_keeps_its_id() -> None:
    built = build_one(text=" ", id="a1")
    assert isinstance(built, Rejected)
    assert built.source_id == "a1"


def test_long_value_is_shortened_in_the_reason() -> None:
    assert len(reason_of(text="They left.", date="x" * 10_000)) < 200


GERMAN = "Der Rat teilte am Montag mit, dass die Brücke nicht mehr gesperrt wird."


def test_report_in_another_language_is_refused_and_kept() -> None:
    built = build_one(text=GERMAN, title="Rat", id="a1")
    assert isinstance(built, Rejected)
    assert "German" in built.reason
    assert (built.language, built.text) == ("de", GERMAN)
    assert (built.source_id, built.position) == ("a1", "line 3")


def test_language_is_told_behind_the_header() -> None:
    text = (
        f"Date: 2022-01-29\nTitle: The council said that it is to be closed\n\n{GERMAN}"
    )
    built = build_one(text=text)
    assert isinstance(built, Rejected)
    assert (built.language, built.text) == ("de", text)


def test_english_report_is_taken_whatever_its_source_says() -> None:
    text = "The council said on Monday that the bridge is to be closed for a week."
    built = build_one(text=text, language="de")
    assert isinstance(built, Document)
    assert built.language == "de"


def test_extractor_and_how_the_date_was_found_are_kept() -> None:
    built = build_one(
        text="They left.",
        date="2022-01-29",
        date_basis=DateBasis.HTML,
        extractor="sieve 1.0",
    )
    assert isinstance(built, Document)
    assert (built.date_basis, built.extractor) == (DateBasis.HTML, "sieve 1.0")


def test_position_names_the_member_of_an_archive() -> None:
    origin = enter(Origin("day.zip", "day"), "inner/day.jsonl")
    taken, refused = (
        build_document(Given(text=text), origin, source_id="day#12", position="line 12")
        for text in ("They left.", " ")
    )
    assert taken.position == refused.position == "inner/day.jsonl, line 12"
    assert taken.file == "day.zip"
