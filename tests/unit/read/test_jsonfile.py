"""JSON objects and lists of them, streamed."""

import io
import json

import pytest

from onrecord.model.document import Document, Rejected
from onrecord.read import jsonfile
from onrecord.read.jsonfile import read_jsonfile
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.origin import Origin

A = '{"text": "They left."}'
B = '{"id": "w9", "text": "They came."}'


def read(
    raw: str | bytes, limits: Limits = DEFAULT_LIMITS
) -> list[Document | Rejected]:
    coded = raw.encode() if isinstance(raw, str) else raw
    origin = Origin("in/day.json", "day")
    return list(read_jsonfile(io.BytesIO(coded), origin, limits))


def ids(raw: str | bytes) -> list[str | None]:
    return [report.source_id for report in read(raw)]


def test_lone_object_is_called_by_its_file() -> None:
    (report,) = read(json.dumps(json.loads(A), indent=2))
    assert isinstance(report, Document)
    assert (report.source_id, report.position) == ("day", "item 1")


def test_list_is_read_item_by_item() -> None:
    assert ids(f"[{A}, {B},\n{A}]") == ["day#1", "w9", "day#3"]


def test_list_of_one_is_numbered() -> None:
    assert ids(f"[{A}]") == ["day#1"]


def test_objects_one_after_another_are_read() -> None:
    assert ids(f"{A}\n{A}\n") == ["day#1", "day#2"]


@pytest.mark.parametrize("size", [1, 2, 7, 64])
def test_items_across_chunks_stay_whole(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonfile, "HEAD_BYTES", size)
    reports = read(f'[{A},\n 12345, "é😀", {B}]')
    assert [type(report) for report in reports] == [
        Document,
        Rejected,
        Rejected,
        Document,
    ]
    assert "12345 is not a report" in reports[1].reason


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (f'[{A}, {{"text": "They le', "not JSON: Unterminated string"),
        (f"[{A}, oops]", "not JSON: Expecting value"),
        (f"[{A} {B}]", "not JSON: a comma is missing before '{'"),
        (f"[{A},", "the list is not closed"),
        (f"[{A}] [{A}]", "what follows is not read"),
        (f"{A}]", "what follows is not read"),
        ("[]", "the file has no reports"),
        ("[", "the list is not closed"),
        (f'[{{"text": {"9" * 9999}}}]', "not JSON: a number has too many digits;"),
        (" ", "the file has no reports"),
        ("[" * 100_000, "JSON nested too deep"),
        (b'[{"text": "caf\xe9"}]', "byte 0xE9 at character 3"),
        ('{"articles": [' + A + "]}", "the report has no text: it has 'articles'"),
    ],
    ids=lambda v: str(v)[:25],
)
def test_what_is_wrong_is_said(raw: str | bytes, reason: str) -> None:
    last = read(raw)[-1]
    assert isinstance(last, Rejected)
    assert last.reason.startswith(reason)
    assert last.position


def test_item_beyond_the_limit_ends_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jsonfile, "HEAD_BYTES", 16)
    long = json.dumps({"text": "x" * 1000})
    reports = read(f"[{A}, {long}, {A}]", Limits(record_bytes=100))
    assert [type(report) for report in reports] == [Document, Rejected]
    assert isinstance(reports[1], Rejected)
    assert "--limit record-bytes=200" in reports[1].reason


def test_bad_byte_costs_its_item() -> None:
    reports = read(b'[{"text": "caf\xe9"}, ' + A.encode() + b"]")
    assert [type(report) for report in reports] == [Rejected, Document]
