"""Whatever the bytes: a report or a refusal comes out, and nothing raises."""

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model.document import DateBasis, Document, Rejected
from onrecord.read import read_reports
from onrecord.read.dates import parse_date
from onrecord.read.head import read_head

LINES = (
    '{"id": "w1", "text": "They left.", "date": "2022-01-29", "outlet": "Wire"}\n'
    '{"id": "w2", "maintext": "Київ 😀 \\u0457", "title": null, "pub_date": "3 May"}\n'
)
TABLE = (
    "id,date,headline,body\r\n"
    'w1,2022-01-29,Talks,"They ""left"",\r\nthen came."\r\n'
    "w2,2022-01-30,,Київ 😀\r\n"
)
LIST = json.dumps([json.loads(line) for line in LINES.splitlines()], indent=1)
TEXT = "Date: 2022-01-29\nTitle: Talks\n\nThey left.\n"
SEEDS = {"jsonl": LINES, "csv": TABLE, "json": LIST, "txt": TEXT, "": LINES}

# Pieces that mean something to one of the readers.
PIECES = st.sampled_from(
    [
        b'"',
        b"\\",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r",
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xe9",
        b"\xed\xa0\x80",
        b"\\ud800",
        b"NaN",
        b"text",
        b"date 2022-01-29 ",
        b"9" * 30,
        b"sep=;\n",
        b"<html>",
        b"PAR1",
    ]
)
FILE = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def check(reports: Iterable[object]) -> None:
    """Fail unless every report can be stored, cited and counted."""
    seen = 0
    for report in reports:
        seen += 1
        msgspec.json.encode(report)  # raises on lone surrogates
        if isinstance(report, Rejected):
            assert report.stage == "read"
            assert report.reason and len(report.reason) < 1500
            assert report.file
            continue
        assert isinstance(report, Document)
        assert report.text[report.body_start :].strip()
        assert report.source_id
        assert (report.date is None) == (report.date_basis is DateBasis.UNKNOWN)
        assert "" not in (report.title, report.url, report.outlet, report.language)
    assert seen


@st.composite
def mutated(draw: st.DrawFn, seed: str) -> bytes:
    """Draw a good file with some bytes replaced, removed, added or cut off."""
    raw = seed.encode(
        draw(st.sampled_from(["utf-8", "utf-8", "utf-16", "cp1251"])), "replace"
    )
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw)))
        end = min(len(raw), at + draw(st.integers(0, 3)))
        raw = raw[:at] + draw(PIECES | st.binary(max_size=3)) + raw[end:]
    return raw[: draw(st.integers(0, len(raw)))] if draw(st.booleans()) else raw


@FILE
@given(raw=st.binary(max_size=300), ending=st.sampled_from(sorted(SEEDS)))
def test_any_bytes_in_a_file(raw: bytes, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"day.{ending}"
    path.write_bytes(raw)
    check(read_reports([path]))


@FILE
@given(raw=st.binary(max_size=300))
def test_any_bytes_on_standard_input(raw: bytes) -> None:
    check(read_reports(["-"], stdin=io.BytesIO(raw)))


@pytest.mark.parametrize("ending", sorted(SEEDS))
@FILE
@given(draws=st.data())
def test_broken_files(ending: str, draws: st.DataObject, tmp_path: Path) -> None:
    path = tmp_path / f"day.{ending}"
    path.write_bytes(draws.draw(mutated(SEEDS[ending])))
    check(read_reports([path]))


@FILE
@given(pieces=st.lists(PIECES, max_size=12), ending=st.sampled_from(sorted(SEEDS)))
def test_pieces_of_formats(pieces: list[bytes], ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"day.{ending}"
    path.write_bytes(b"".join(pieces))
    check(read_reports([path]))


def _archives() -> dict[str, bytes]:
    files = [
        ("a.txt", TEXT.encode()),
        ("a.meta.json", b'{"title": "Talks"}'),
        ("in/day.jsonl", LINES.encode()),
        ("day.csv.gz", gzip.compress(TABLE.encode(), mtime=0)),
    ]
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        for name, raw in files:
            archive.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    with tarfile.open(fileobj=tarred, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, raw in files:
            info = tarfile.TarInfo(name)
            info.size, info.pax_headers = len(raw), {"comment": "Київ"}
            tar.addfile(info, io.BytesIO(raw))
    return {
        "zip": zipped.getvalue(),
        "tar": tarred.getvalue(),
        "tgz": gzip.compress(tarred.getvalue(), mtime=0),
        "bz2": bz2.compress(LINES.encode()),
        "xz": lzma.compress(LINES.encode()),
    }


ARCHIVES = _archives()


@pytest.mark.parametrize("ending", sorted(ARCHIVES))
@FILE
@given(draws=st.data())
def test_broken_archives(ending: str, draws: st.DataObject) -> None:
    raw = ARCHIVES[ending]
    for _ in range(draws.draw(st.integers(1, 4))):
        at = draws.draw(st.integers(0, len(raw)))
        end = min(len(raw), at + draws.draw(st.integers(0, 3)))
        raw = raw[:at] + draws.draw(st.binary(max_size=3)) + raw[end:]
    check(read_reports(["-"], stdin=io.BytesIO(raw)))


@FILE
@given(meta=st.binary(max_size=60) | st.just(b'{"date": 7}'))
def test_any_metadata(meta: bytes, tmp_path: Path) -> None:
    (tmp_path / "day.txt").write_text("They left.")
    (tmp_path / "day.meta.json").write_bytes(meta)
    check(read_reports([tmp_path]))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
COLUMNS = ["text", "body", "date", "title", "url", "source", "lang", "id", "x"]


@FILE
@given(row=st.dictionaries(st.sampled_from(COLUMNS), JSON, max_size=6))
def test_any_values(row: dict[str, object]) -> None:
    raw = json.dumps(row).encode()
    check(read_reports(["-"], stdin=io.BytesIO(raw)))


@FILE
@given(
    text=st.text(min_size=1, max_size=200).filter(lambda t: any(map(str.isalpha, t)))
)
def test_text_is_never_changed(text: str) -> None:
    raw = json.dumps({"text": text}).encode()
    for report in read_reports(["-"], stdin=io.BytesIO(raw)):
        if isinstance(report, Document):
            assert report.text == text
        elif report.language is None:
            # Nothing is left behind a header, or a date cannot be read.
            assert "no text" in report.reason or "the date" in report.reason
        else:
            assert report.text == text


@FILE
@given(
    name=st.binary(min_size=1, max_size=20).filter(lambda n: not set(n) & set(b"/\0"))
)
def test_any_file_name(name: bytes, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(name + b".txt")
    path.write_text("They left.")
    try:
        check(read_reports([path]))
    finally:
        path.unlink()


@given(text=st.text(max_size=100))
def test_head_lies_inside_the_text(text: str) -> None:
    assert 0 <= read_head(text).body_start <= len(text)
    assert 0 <= read_head("date 2022-01-29 " + text).body_start <= len(text) + 16


@given(date=st.dates())
def test_written_dates_are_read_back(date: object) -> None:
    assert parse_date(str(date)) == date


@given(value=st.text(max_size=70) | st.integers() | st.floats() | st.none())
def test_no_value_breaks_the_date_reader(value: object) -> None:
    parse_date(value)
