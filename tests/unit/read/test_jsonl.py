"""JSON lines: a broken line costs that line."""

import io
import json

import pytest

from onrecord.model.document import Document, Rejected
from onrecord.read.decode import open_utf8
from onrecord.read.jsonl import read_jsonl
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.origin import Origin

GOOD = b'{"text": "They left.", "date": "2022-01-29"}\n'


def read(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Document | Rejected]:
    stream = open_utf8(io.BytesIO(raw))
    return list(read_jsonl(stream, Origin("in/day.jsonl", "day"), limits))


def test_lines_become_reports() -> None:
    raw = GOOD + b'{"id": "w9", "maintext": "They came.", "weather": [1]}\n'
    first, second = read(raw)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.source_id, first.position) == ("day#1", "line 1")
    assert (second.source_id, second.position) == ("w9", "line 2")
    assert (first.text, second.text) == ("They left.", "They came.")


def test_blank_lines_are_passed_over_and_counted() -> None:
    (report,) = read(b"\r\n  \n" + GOOD)
    assert report.position == "line 3"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            b'{"text": "They le',
            "not JSON: Unterminated string starting at (character 10); ",
        ),
        (b'{"text": "a"} x', "not JSON: Extra data"),
        (b"They left.", "not JSON: Expecting value"),
        (b'"They left."', "'They left.' is not a report"),
        (b"[1, 2]", "[1, 2] is not a report"),
        (b"null", "None is not a report"),
        (b"7", "7 is not a report"),
        (b'{"text": ""}', "the report has no text: it has 'text'"),
        (b'{"words": "a"}', "the report has no text: it has 'words'; the text is "),
        (b"{}", "the report has no text: it has none"),
        (b'{"text": 7}', "the text is a int"),
        (b'{"text": "a", "date": "soon"}', "the date 'soon' cannot be read"),
        (b'{"text": "a\\ud800"}', "at character 1 of the text stands half a "),
        (b'{"text": "caf\xe9"}', "byte 0xE9 at character 3 of the text is not UTF-8"),
        (b"[" * 100_000, "not a report: JSON nested too deep"),
        (b'{"a":' * 100_000, "not a report: JSON nested too deep"),
        (b'{"text": ' + b"9" * 5000 + b"}", "not JSON: a number has too many digits"),
        (b"\x00", "not JSON: "),
    ],
    ids=lambda v: v[:25],
)
def test_broken_line_costs_that_line(line: bytes, reason: str) -> None:
    before, broken, after = read(GOOD + line + b"\n" + GOOD)
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert isinstance(broken, Rejected)
    assert broken.reason.startswith(reason)
    assert (broken.file, broken.position) == ("in/day.jsonl", "line 2")
    assert broken.source_id == "day#2"


def test_nan_of_other_writers_is_absent() -> None:
    (report,) = read(b'{"text": "They left.", "title": NaN}')
    assert isinstance(report, Document)
    assert report.title is None


def test_bad_byte_in_an_unused_key_does_no_harm() -> None:
    (report,) = read(b'{"text": "They left.", "weather": "\xe9"}')
    assert isinstance(report, Document)


def test_utf16_lines_are_read() -> None:
    reports = read((GOOD + GOOD).decode().encode("utf-16"))
    assert [type(report) for report in reports] == [Document, Document]


def test_five_megabytes_in_one_line_are_taken() -> None:
    (report,) = read(json.dumps({"text": "Kyïv. " * 900_000}).encode())
    assert isinstance(report, Document)
    assert len(report.text) == 5_400_000


def test_too_long_line_costs_that_line() -> None:
    long = b'{"text": "' + b"x" * 100 + b'"}\n'
    kinds = [
        type(report) for report in read(GOOD + long + GOOD, Limits(record_bytes=60))
    ]
    assert kinds == [Document, Rejected, Document]


def test_file_of_blank_lines_is_refused() -> None:
    (report,) = read(b"\n\n")
    assert isinstance(report, Rejected)
    assert "no reports" in report.reason
