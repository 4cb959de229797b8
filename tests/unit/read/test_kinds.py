"""The kind of a file, told by content and ending."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest

from onrecord.read.kinds import Foreign, Kind, tell_kind


def make_zip(name: str = "a.txt") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "hello")
    return buffer.getvalue()


def make_tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
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
        ("a.txt", b"<!DOCTYPE html><html>", Kind.HTML),
        ("", b"\n <html lang='en'>", Kind.HTML),
        ("a.html", b"<p>x</p>", Kind.HTML),
        ("a.html", b"They left.", Kind.HTML),
        ("a.xml", b"<?xml version='1.0'?>\n<!-- x -->\n<!DOCTYPE html>", Kind.HTML),
        ("", b"<?xml version='1.0'?>\n<rss version='2.0'>", Kind.FEED),
        ("a.xml", b"<?xml version='1.0'?>\n<feed xmlns='x'>", Kind.FEED),
        ("a.json", b'{"version": "https://jsonfeed.org/version/1.1",', Kind.FEED),
        ("", b'{"title": "Wire", "version": "https:\\/\\/jsonfeed.org', Kind.JSONL),
        ("", b'{"title": "a", "version": "https:\\/\\/jsonfeed.org\\/v', Kind.FEED),
        ("a.html", b"<rss version='2.0'>", Kind.FEED),
        ("", b"<rdf:RDF xmlns:rdf='x'>", Kind.FEED),
        ("", b"<?xml version='1.0'?><newsItem>", Kind.NEWSML),
        ("", b"<n:newsMessage xmlns:n='x'>", Kind.NEWSML),
        ("", b"<nitf>", Kind.NITF),
        (
            "",
            b"<?xml version='1.0'?><!DOCTYPE nitf [<!ENTITY a 'b'>]><nitf>",
            Kind.NITF,
        ),
        ("a.bin", b"WARC/1.0\r\n", Kind.WARC),
        ("a.warc.gz", b"\x1f\x8b\x08 damaged", Kind.WARC),
        ("a.warc.zst", b"\x28\xb5\x2f\xfd", Kind.WARC),
        ("a", gzip.compress(b"WARC/1.0\r\n" * 99), Kind.WARC),
        ("a.eml", b"They left.", Kind.EML),
        ("a", b"From: a@e.org\r\nSubject: News\r\n\r\nThey left.", Kind.EML),
        (
            "",
            b"Received: by a\n\tfor b\nMIME-Version: 1.0\n\nThey left.",
            Kind.EML,
        ),
        ("a.mbox", b"", Kind.MBOX),
        ("", b"From a@e.org Sat Jan 29 10:00:00 2022\nFrom: a\n", Kind.MBOX),
        ("a.txt", b"From Kyiv they left.\nThey came.", Kind.TEXT),
        ("a.txt", b"Date: 2022-01-29\nTitle: Talks\n\nThey left.", Kind.TEXT),
        ("a.jsonl.gz", gzip.compress(b"{}", mtime=0), Kind.GZIP),
        ("a.txt", bz2.compress(b"x"), Kind.BZIP2),
        ("a.txt", lzma.compress(b"x"), Kind.XZ),
        ("a.txt", make_zip(), Kind.ZIP),
        ("a.txt", make_tar(), Kind.TAR),
    ],
)
def test_kind_is_told(name: str, head: bytes, kind: Kind) -> None:
    assert tell_kind(name, head) is kind


@pytest.mark.parametrize(
    ("name", "head", "word"),
    [
        ("", b"<?xml version='1.0'?><other>", "XML"),
        ("a.docx", make_zip(), "office"),
        ("a", make_zip("[Content_Types].xml"), "office"),
        ("a", make_zip("mimetype"), "office"),
        ("a.gz", b"They left.", ".gz"),
        ("a.zip", b"They left.", ".zip"),
        ("a.tar", b"They left.", ".tar"),
        ("a.txt", b"%PDF-1.7\n", "PDF"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("a.csv", b"\xff\xd8\xff\xe0", "JPEG"),
        ("", b"{\\rtf1\\ansi", "RTF"),
        ("a.txt", bytes(range(256)), "binary"),
        ("a.csv", bytes(range(32)) * 4, "binary"),
        ("a.txt", "They left.".encode("utf-16-le"), "UTF-16"),
        ("a.txt", "They left.".encode("utf-16-be"), "UTF-16"),
        ("a.parquet", b"They left.", ".parquet"),
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
