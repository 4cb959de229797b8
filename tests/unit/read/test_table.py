"""CSV, TSV and their kin."""

import io

import pytest

from onrecord.model.document import Document, Rejected
from onrecord.read import table
from onrecord.read.decode import open_utf8
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.origin import Origin
from onrecord.read.table import read_table


def read(
    raw: str | bytes, limits: Limits = DEFAULT_LIMITS
) -> list[Document | Rejected]:
    coded = raw.encode() if isinstance(raw, str) else raw
    stream = open_utf8(io.BytesIO(coded))
    return list(read_table(stream, Origin("in/day.csv", "day"), limits))


def texts(raw: str | bytes, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    return [
        report.text if isinstance(report, Document) else f"- {report.position}"
        for report in read(raw, limits)
    ]


def test_row_becomes_a_report() -> None:
    raw = "ID,Date,Headline,Body,Weather\nw1,2022-01-29,Talks,They left.,fair\n"
    (report,) = read(raw)
    assert isinstance(report, Document)
    assert (report.source_id, report.title, report.text, report.position) == (
        "w1",
        "Talks",
        "They left.",
        "line 2",
    )


def test_row_without_id_is_called_by_its_line() -> None:
    assert [r.source_id for r in read("text\na\nb\n")] == ["day#2", "day#3"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_told_from_the_header(delimiter: str) -> None:
    raw = "date,text,title\n2022-01-29,They left.,Talks\n".replace(",", delimiter)
    (report,) = read(raw)
    assert isinstance(report, Document)
    assert (report.text, report.title) == ("They left.", "Talks")


def test_delimiter_with_a_text_column_wins_over_more_columns() -> None:
    assert texts('text;"a,b,c"\nThey left.;x\n') == ["They left."]


def test_sep_line_of_a_spreadsheet_is_obeyed() -> None:
    assert texts("sep=^\r\ndate^text\r\n2022-01-29^They left.\r\n") == ["They left."]


def test_quoted_cell_keeps_its_line_ends_and_quotes() -> None:
    raw = 'text,id\n"They ""left"",\r\nthen\ncame.",1\nshort,2\n'
    first, second = read(raw)
    assert isinstance(first, Document)
    assert first.text == 'They "left",\r\nthen\ncame.'
    assert (first.position, second.position) == ("line 2", "line 5")


def test_blank_rows_are_passed_over() -> None:
    assert texts("text,id\n\n,\n , \na,1\n") == ["a"]


def test_ragged_row_costs_that_row() -> None:
    assert texts("text,id\na,1\nb\nc,3,4\nd,4\n") == ["a", "- line 3", "- line 4", "d"]


def test_ragged_row_says_how_many_cells() -> None:
    (report,) = read("text,id\na\n")
    assert isinstance(report, Rejected)
    assert report.reason.startswith("the row has 1 cells, the header 2")


def test_quote_that_is_never_closed_costs_that_row() -> None:
    raw = 'text,id\na,1\n"b,2\nc,3\nd,4\n'
    assert texts(raw) == ["a", "- line 3", "c", "d"]


def test_quote_that_is_not_doubled_costs_that_row() -> None:
    raw = 'text,id\n"a "b" c",1\n"d",2\n"e "f" g",3\n'
    assert texts(raw) == ["- line 2", "d", "- line 4"]


def test_pieces_of_a_broken_row_are_not_reports() -> None:
    raw = 'text,id\n"one\ntwo\nthe "third" line\nfour",1\nnext,2\n'
    assert texts(raw) == ["- lines 2-5", "next"]


def test_each_of_many_broken_rows_is_counted() -> None:
    raw = "text,id\n" + '"a "b" c",1\n' * 3
    assert texts(raw) == ["- line 2", "- line 3", "- line 4"]


def test_bad_byte_costs_that_row() -> None:
    assert texts(b"text,id\na,1\ncaf\xe9,2\nb,3\n") == ["a", "- line 3", "b"]


def test_utf16_table_is_read() -> None:
    assert texts("text\tid\nKyïv\t1\n".encode("utf-16")) == ["Kyïv"]


def test_nul_in_a_cell_is_kept() -> None:
    assert texts("text,id\na\x00b,1\n") == ["a\x00b"]


def test_cell_of_five_megabytes_is_taken() -> None:
    assert [len(text) for text in texts("text\n" + "x" * 5_000_000)] == [5_000_000]


def test_row_beyond_the_limit_costs_that_row() -> None:
    raw = "text,id\na,1\n" + "x" * 50 + ',2\nb,3\n"y\ny\n' + "y\n" * 20 + '",4\nc,5\n'
    assert texts(raw, Limits(record_bytes=30)) == [
        "a",
        "- line 3",
        "b",
        "- lines 5-26",
        "- line 27",
        "c",
    ]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "the table is empty"),
        ("\n\n", "the table is empty"),
        ("text,id\n", "the table has a header and no reports under it"),
        ("a,b\n1,2\n", "the table has no text column: it has 'a', 'b'; name the text"),
        ('"text,id\na,1\n', "its quotes are broken"),
    ],
)
def test_table_without_reports_is_refused_once(raw: str, reason: str) -> None:
    (report,) = read(raw)
    assert isinstance(report, Rejected)
    assert report.reason.startswith(reason)


def test_accepted_names_are_listed() -> None:
    (report,) = read("a,b\n1,2\n")
    assert isinstance(report, Rejected)
    assert "'text', 'maintext', 'event_text', 'body', 'content'" in report.reason


def test_replay_of_broken_quotes_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_READINGS", 0)
    limits = Limits(table_replayed_lines=2)
    last = read('text,id\n"a,1\nb,2\nc,3\nd,4\n', limits)[-1]
    assert isinstance(last, Rejected)
    assert last.reason.startswith("too many broken quotes")


def test_one_stray_quote_costs_its_row_in_a_long_table() -> None:
    raw = 'text,id\n"a,1\n' + "b,2\n" * 50
    found = texts(raw, Limits(table_replayed_lines=2))
    assert found == ["- line 2"] + ["b"] * 50
