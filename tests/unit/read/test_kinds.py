"""The kind of a file, told by content and ending."""

import gzip
import io
import zipfile

import pytest

from onrecord.read.kinds import Foreign, Kind, tell_kind


def make_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "hello")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.txt", b"They left.", Kind.TEXT),
        ("a", b"They left.", Kind.TEXT),
        ("a.md", b"# Talks\n", Kind.TEXT),
        ("", b"date 2022-01-29 They left.", Kind.TEXT),
        ("a.txt", b"{{Infobox}} They left.", Kind.TEXT),
        ("a.txt", b"[Kyiv] They left.", Kind.TEXT),
        ("a.txt", b"Text, as always, with commas", Kind.TEXT),
        ("a.txt", b"Content, date and place were kept secret.", Kind.TEXT),
        ("a.jsonl", b'{"text": "a"}\n{"text": "b"}\n', Kind.JSONL),
        ("a.ndjson", b'{"text": "a"\n', Kind.JSONL),
        ("", b'{"text": "a"}\n{"text": "b"}\n', Kind.JSONL),
        ("a.txt", b'{"text": "a"}\n', Kind.JSONL),
        ("a.jsonl", b'{"text": "a\n{"text": "b"}\n{"text": "c"}\n', Kind.JSONL),
        ("a.jsonl", b'{"text": "a\nxx\n{"text": "c"}\n', Kind.JSONL),
        ("a.json", b'{"text": "a"}\n{"text": "b"}\n', Kind.JSONL),
        ("a.json", b'{"text": "a"}', Kind.JSON),
        ("a.json", b'{\n "text": "a"\n}', Kind.JSON),
        ("a.jsonl", b'{\n "text": "a"\n}', Kind.JSON),
        ("", b'{\n "text": "a"\n}', Kind.JSON),
        ("a.json", b'[{"text": "a"}]', Kind.JSON),
        ("", b'[\n  {"text": "a"}]', Kind.JSON),
        ("a.jsonl", b"[]", Kind.JSON),
        ("a.csv", b"anything", Kind.TABLE),
        ("a.TSV", b"anything", Kind.TABLE),
        ("", b"id,date,text\n1,2022-01-29,They left.\n", Kind.TABLE),
        ("a.txt", b"date\ttext\n2022-01-29\tThey left.\n", Kind.TABLE),
        ("a.bin", b"PAR1....PAR1", Kind.PARQUET),
    ],
)
def test_kind_is_told(name: str, head: bytes, kind: Kind) -> None:
    assert tell_kind(name, head) is kind


@pytest.mark.parametrize(
    ("name", "head", "word"),
    [
        ("a.txt", b"<!DOCTYPE html><html>", "HTML"),
        ("", b"\n <html lang='en'>", "HTML"),
        ("a.html", b"<p>x</p>", "HTML"),
        ("", b"<?xml version='1.0'?>\n<rss version='2.0'>", "RSS"),
        ("a.xml", b"<?xml version='1.0'?>\n<feed xmlns='x'>", "Atom"),
        ("", b"<?xml version='1.0'?><newsItem>", "NewsML"),
        ("", b"<nitf>", "NITF"),
        ("", b"<?xml version='1.0'?><other>", "XML"),
        ("a.warc", b"WARC/1.0\r\n", "WARC"),
        ("a.jsonl.gz", gzip.compress(b"{}", mtime=0), "gzip"),
        ("a.docx", make_zip(), "zip"),
        ("a.txt", make_zip(), "zip"),
        ("a.txt", b"%PDF-1.7\n", "PDF"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("a.csv", b"\xff\xd8\xff\xe0", "JPEG"),
        ("", b"{\\rtf1\\ansi", "RTF"),
        ("a.txt", bytes(range(256)), "binary"),
        ("a.csv", bytes(range(32)) * 4, "binary"),
        ("a.txt", "They left.".encode("utf-16-le"), "UTF-16"),
        ("a.txt", "They left.".encode("utf-16-be"), "UTF-16"),
        ("a.parquet", b"They left.", "Parquet"),
        ("a.csv", b"date,text\r2022-01-29,They left.\r", "carriage returns"),
    ],
)
def test_what_is_not_read_is_named(name: str, head: bytes, word: str) -> None:
    told = tell_kind(name, head)
    assert isinstance(told, Foreign)
    assert word in told.what + told.advice


def test_one_nul_does_not_make_a_text_binary() -> None:
    assert tell_kind("a.txt", b"They left.\x00 Then they came back.") is Kind.TEXT


def test_markup_in_a_known_ending_is_left_to_its_reader() -> None:
    assert tell_kind("a.csv", b"<html>") is Kind.TABLE
