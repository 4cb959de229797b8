import datetime as dt

import pytest

from onrecord.model.annotation import Act, Attribution, Form, Nominal, NominalKind
from onrecord.model.document import DateBasis, Document, make_doc_id
from onrecord.model.event import When, WhenBasis
from onrecord.model.evidence import Cited
from onrecord.model.ids import content_id
from onrecord.model.span import Span


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_span_that_covers_nothing_cannot_be_made(start, end):
    with pytest.raises(ValueError, match="empty or reversed"):
        Span(start, end)


def test_span_counts_code_points():
    assert Span(2, 5).of("😀 Kyiv") == "Kyi"


def test_cell_without_words_cannot_be_made():
    with pytest.raises(ValueError, match="cites no words"):
        Cited("REJECT", (), "frames/reject.refuse")


def test_time_said_in_the_text_needs_its_words():
    day = dt.date(2022, 1, 29)
    with pytest.raises(ValueError, match="cites no words"):
        When(start=day, end=day, basis=WhenBasis.TEXT, granularity="day")


def test_time_cannot_run_backwards():
    with pytest.raises(ValueError, match="runs backwards"):
        When(
            start=dt.date(2022, 1, 29),
            end=dt.date(2022, 1, 28),
            basis=WhenBasis.PUBLICATION,
            granularity="day",
        )


def test_attribution_without_content_cannot_be_made():
    speaker = Nominal(
        sentence=0,
        head=0,
        span=Span(0, 5),
        kind=NominalKind.COUNTRY,
        name="Russia",
        entity_id="RUS",
        basis="lexicon",
    )
    with pytest.raises(ValueError, match="without content"):
        Attribution(
            sentence=0,
            cue_token=1,
            cue=Span(6, 10),
            speaker=speaker,
            content=(),
            act=Act.SAY,
            form=Form.INDIRECT,
            rule="cues/say.plain",
        )


def test_report_without_text_cannot_be_made():
    with pytest.raises(ValueError, match="without text"):
        Document(doc_id="doc-1", source_id="a", text=" \n")


def test_report_cannot_have_a_date_without_its_basis():
    with pytest.raises(ValueError, match="basis"):
        Document(doc_id="doc-1", source_id="a", text="x", date=dt.date(2022, 1, 1))


def test_metadata_prefix_is_no_part_of_the_body():
    doc = Document(
        doc_id="doc-1",
        source_id="a",
        text="date 2022-01-29 It left.",
        date=dt.date(2022, 1, 29),
        date_basis=DateBasis.TEXT,
        body_start=16,
    )
    assert doc.body.of(doc.text) == "It left."


def test_report_id_depends_on_text_date_and_outlet():
    day = dt.date(2022, 1, 29)
    ids = {
        make_doc_id("a", day, "X"),
        make_doc_id("b", day, "X"),
        make_doc_id("a", None, "X"),
        make_doc_id("a", day, None),
        make_doc_id("a", day, ""),
    }
    assert len(ids) == 5


def test_id_is_the_same_on_every_machine():
    assert content_id("doc", "a", None) == "doc-438779e4987cb4678440"
