"""Plain text: one report a file."""

import datetime as dt
from pathlib import Path

import pytest

from onrecord.model.document import DateBasis, Document, Rejected
from onrecord.read import read_reports
from onrecord.read.limits import Limits


def read_one(path: Path) -> Document | Rejected:
    (report,) = read_reports([path])
    return report


def write(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def test_text_is_kept_whole_and_unchanged(tmp_path: Path) -> None:
    raw = " date 2022-01-29 They left.\r\n\r\n\tThey cäme back 😀. \n\n"
    report = read_one(write(tmp_path / "talks.v2.txt", raw.encode()))
    assert isinstance(report, Document)
    assert report.text == raw
    assert report.text[report.body_start :].startswith("They left.")
    assert (report.source_id, report.position) == ("talks.v2", None)
    assert report.file == str(tmp_path / "talks.v2.txt")
    assert (report.date, report.date_basis) == (
        dt.date(2022, 1, 29),
        DateBasis.GIVEN,
    )


def test_header_lines_give_fields(tmp_path: Path) -> None:
    raw = b"Date: 2022-01-29\nTitle: Talks\nOutlet: Wire\nId: w1\n\nThey left."
    report = read_one(write(tmp_path / "a.txt", raw))
    assert isinstance(report, Document)
    assert (report.title, report.outlet, report.source_id) == ("Talks", "Wire", "w1")


def test_utf8_mark_is_no_text(tmp_path: Path) -> None:
    report = read_one(write(tmp_path / "a.txt", b"\xef\xbb\xbfThey left."))
    assert isinstance(report, Document)
    assert report.text == "They left."


def test_utf16_with_mark_is_read(tmp_path: Path) -> None:
    report = read_one(write(tmp_path / "a.txt", "Kyïv 😀".encode("utf-16")))
    assert isinstance(report, Document)
    assert report.text == "Kyïv 😀"


def test_cut_utf16_is_refused(tmp_path: Path) -> None:
    report = read_one(write(tmp_path / "a.txt", "Kyiv".encode("utf-16")[:-1]))
    assert isinstance(report, Rejected)
    assert "utf-16" in report.reason


def test_other_encoding_is_refused_where_it_stands(tmp_path: Path) -> None:
    report = read_one(write(tmp_path / "a.txt", b"They left.\nThe caf\xe9 closed."))
    assert isinstance(report, Rejected)
    assert report.position == "line 2, byte 8"
    assert "byte 0xE9" in report.reason
    assert "save the file as UTF-8" in report.reason


def test_metadata_beside_the_text_is_given(tmp_path: Path) -> None:
    write(
        tmp_path / "a.meta.json",
        b'{"date": "2022-01-29", "title": "Talks", "url": "http://e.org/a",'
        b' "outlet": "Wire", "id": "other", "text": "no"}',
    )
    report = read_one(write(tmp_path / "a.txt", b"They left."))
    assert isinstance(report, Document)
    assert (report.title, report.url, report.outlet) == (
        "Talks",
        "http://e.org/a",
        "Wire",
    )
    assert (report.date, report.date_basis) == (
        dt.date(2022, 1, 29),
        DateBasis.GIVEN,
    )
    assert (report.source_id, report.text) == ("a", "They left.")


def test_null_in_metadata_leaves_the_text_its_date(tmp_path: Path) -> None:
    write(tmp_path / "a.meta.json", b'{"date": null}')
    report = read_one(write(tmp_path / "a.txt", b"date 2022-01-29 They left."))
    assert isinstance(report, Document)
    assert report.date == dt.date(2022, 1, 29)


@pytest.mark.parametrize("meta", [b"{", b"[]", b"", b"[" * 100_000, b"\xff"])
def test_broken_metadata_is_not_passed_over(tmp_path: Path, meta: bytes) -> None:
    write(tmp_path / "a.meta.json", meta)
    report = read_one(write(tmp_path / "a.txt", b"They left."))
    assert isinstance(report, Rejected)
    assert report.reason.startswith("a.meta.json beside it is not a JSON object")


def test_file_name_may_give_the_date(tmp_path: Path) -> None:
    report = read_one(write(tmp_path / "2022-01-29-talks.txt", b"They left."))
    assert isinstance(report, Document)
    assert (report.date, report.date_basis) == (dt.date(2022, 1, 29), DateBasis.FILE)


def test_five_megabytes_in_one_line_are_taken(tmp_path: Path) -> None:
    report = read_one(write(tmp_path / "a.txt", b"They left. " * 500_000))
    assert isinstance(report, Document)
    assert len(report.text) == 5_500_000


def test_endless_text_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"x" * 101)
    (report,) = read_reports([path], limits=Limits(record_bytes=100))
    assert isinstance(report, Rejected)
    assert "the limit is 100" in report.reason


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b" \n\t\r\n", "the report has no text"),
        (b"Date: 2022-01-29\n\n", "the report has no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image: images are not read"),
    ],
)
def test_nothing_to_read_is_said(tmp_path: Path, raw: bytes, reason: str) -> None:
    report = read_one(write(tmp_path / "a.txt", raw))
    assert isinstance(report, Rejected)
    assert report.reason.startswith(reason)
    assert (report.file, report.stage) == (str(tmp_path / "a.txt"), "read")
