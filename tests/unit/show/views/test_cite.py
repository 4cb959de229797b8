import datetime as dt

import pytest

from onrecord.show.views.cite import CellMark, Cite, Passage, find_cites
from onrecord.show.views.cite_html import quotation as html_quotation
from onrecord.show.views.cite_markdown import escaped, quotation, web_address
from onrecord.show.views.cite_text import Piece, joined, plain, quoted, whose_word, wrap
from onrecord.show.views.located import locate
from onrecord.store.query import connect
from tests.support.briefs import make_brief_record

SENTENCE = "Russia *attacked* Ukraine."
CITE = Cite(
    event_id="evt-1",
    doc_id="doc-1",
    source_id="r1",
    outlet="Gazette",
    date=dt.date(2022, 1, 14),
    title=None,
    url=None,
    sentence=Passage(start=100, end=126, text=SENTENCE),
    cells=(
        CellMark(cell="actor", start=100, end=106),
        CellMark(cell="type", start=107, end=117),
    ),
)


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    return make_brief_record(tmp_path_factory.mktemp("cite") / "rec")


def test_cites_are_found_by_event_with_words_and_report(record):
    cites = find_cites(connect(record), {"evt-denied", "evt-gone"})
    assert list(cites) == ["evt-denied"]
    cite = cites["evt-denied"]
    assert (cite.outlet, cite.url, cite.by) == (
        "Herald",
        "https://h.example/1",
        ("Russia",),
    )
    assert find_cites(connect(record), ()) == {}


def test_rows_are_located_in_files_and_where_there_are_none(record):
    connection = connect(record)
    assert "file_row_number = true" in locate(connection, "FROM $located_events")
    connection.execute("DROP VIEW events; CREATE VIEW events AS SELECT 'e' AS event_id")
    found = connection.sql(locate(connection, "FROM $located_events")).fetchall()
    assert found == [("e", "e", 0)]


def test_the_words_that_call_up_are_marked_in_each_form():
    assert plain(quoted(CITE)) == "Russia «*attacked*» Ukraine."
    assert quotation(CITE) == r"“Russia **\*attacked\*** Ukraine.”"
    assert html_quotation(CITE) == (
        '<blockquote>“<u title="actor">Russia</u> <mark title="type">*attacked*</mark>'
        " Ukraine.”</blockquote>"
    )


def test_lines_break_at_blanks_and_keep_styles():
    pieces = [Piece("one two", "head"), Piece(" three-and-a-half four")]
    lines = list(wrap(pieces, width=10, first="- ", rest="  "))
    assert [plain(line) for line in lines] == [
        "- one two",
        "  three-and-a-half",
        "  four",
    ]
    assert lines[0][1] == Piece("one", "head")


def test_words_of_two_styles_without_a_blank_stay_together():
    lines = list(wrap([Piece("abc", "head"), Piece("def ghi")], width=8))
    assert [plain(line) for line in lines] == ["abcdef", "ghi"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a*b_c", r"a\*b\_c"),
        ("1. first", r"1\. first"),
        ("- item", r"\- item"),
        ("# head\nline", r"\# head line"),
        ("<b>", r"\<b\>"),
    ],
)
def test_no_sign_of_a_text_is_markdown(text, shown):
    assert escaped(text) == shown


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example/x?y=1&z=2#t", "https://a.example/x?y=1&z=2#t"),
        ("https://a.example/a b)<", "https://a.example/a%20b%29%3C"),
        ("javascript:alert(1)", None),
        ("//a.example", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked(url, address):
    assert web_address(url) == address


def test_whose_word_it_is_is_told_from_the_outside_in():
    assert whose_word(()) == "the report's own word"
    assert whose_word(("Reuters", "officials")) == (
        "on the word of Reuters, who cites officials"
    )


def test_names_past_the_third_are_counted():
    assert joined(("a", "b", "c", "d", "e")) == "a, b, c and 2 more"
