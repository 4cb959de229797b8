import datetime as dt

import pytest

from onrecord.collapse import story_id_of, story_key
from onrecord.model.document import DateBasis, Document


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
