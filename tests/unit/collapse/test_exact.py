import datetime as dt

import pytest

from onrecord.collapse import Member, gather, story_id_of, story_key
from onrecord.model.document import DateBasis, Document
from onrecord.model.story import Relation


def member(doc_id: str, day: int | None) -> Member:
    return Member(doc_id, dt.date(2022, 1, day) if day else None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("He said “no”.", 'He said "no".', id="quotation-marks"),
        pytest.param("Kyiv – Moscow", "Kyiv - Moscow", id="dashes"),
        pytest.param("one\r\n\r\ntwo", " one two\n", id="line-breaks"),
        pytest.param("KYIV FALLS", "Kyiv falls", id="case"),
        pytest.param("ﬁve", "five", id="ligature"),
        pytest.param("cafe\u0301", "café", id="accents"),
        pytest.param("to:_do", "to do", id="underscores"),
    ],
)
def test_copies_share_a_key(one: str, other: str) -> None:
    assert story_key(one) == story_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("100 troops", "1000 troops", id="numbers"),
        pytest.param("$5", "€5", id="currency"),
        pytest.param("can not", "cannot", id="words"),
        pytest.param("...", "!!", id="no-words"),
    ],
)
def test_other_texts_do_not(one: str, other: str) -> None:
    assert story_key(one) != story_key(other)


def test_story_ignores_outlet_date_and_what_stands_before_the_body() -> None:
    one = Document(
        doc_id="doc-1",
        source_id="a",
        text="date 2022-01-29 They met.",
        body_start=16,
        date=dt.date(2022, 1, 29),
        date_basis=DateBasis.TEXT,
        outlet="Gazette",
        title="Talks",
    )
    other = Document(doc_id="doc-2", source_id="b", text="They met.", outlet="Times")
    assert story_id_of(one) == story_id_of(other)
    assert story_id_of(one).startswith("sto-")


def test_earliest_is_the_original() -> None:
    story, places = gather("sto-1", [member("doc-a", 2), member("doc-b", 1)])
    assert (story.original, story.report_count) == ("doc-b", 2)
    assert [(p.doc_id, p.relation, p.of, p.similarity) for p in places] == [
        ("doc-b", Relation.ORIGINAL, None, 1.0),
        ("doc-a", Relation.EXACT, "doc-b", 1.0),
    ]


def test_unknown_date_comes_last() -> None:
    story, _ = gather("sto-1", [member("doc-a", None), member("doc-b", 9)])
    assert story.original == "doc-b"


def test_lowest_id_decides_between_equal_dates() -> None:
    story, _ = gather("sto-1", [member("doc-b", 1), member("doc-a", 1)])
    assert story.original == "doc-a"
