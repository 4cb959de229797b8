"""WARC archives: which records are reports, and what each says."""

import datetime as dt
import gzip
import io
import zlib

import pytest

from onrecord.model.document import DateBasis, Document, Rejected
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.origin import Origin
from onrecord.read.warc import read_warc
from tests.support import webpages
from tests.support.warcs import HTML, answer, pack, record
from tests.support.webpages import HARBOUR_BODY, PARAGRAPHS, TITLE, page

ORIGIN = Origin("in/day.warc.gz", "day")
TEXT = "\n".join(PARAGRAPHS)
PAGE = page(f"<article><h1>{TITLE}</h1>{HARBOUR_BODY}</article>")
GOOD = record(answer(PAGE))
CHUNKED = b"Transfer-Encoding: chunked\r\n"


def typed(media: str) -> bytes:
    return HTML.replace(b"text/html; charset=utf-8", media.encode())


def read_all(
    raw: bytes, *, limits: Limits = DEFAULT_LIMITS
) -> list[Document | Rejected]:
    return list(read_warc(io.BytesIO(raw), ORIGIN, limits))


def report_of(raw: bytes) -> Document:
    (report,) = read_all(raw)
    assert isinstance(report, Document), report.reason
    return report


def reason_of(raw: bytes, *, limits: Limits = DEFAULT_LIMITS) -> str:
    (report,) = read_all(raw, limits=limits)
    assert isinstance(report, Rejected)
    assert (report.file, report.source_id) == ("in/day.warc.gz", "day#1")
    assert report.position == "record 1 (offset 0)"
    return report.reason


def test_page_of_an_answer_is_a_report() -> None:
    report = report_of(record(answer(webpages.article_page())))
    assert report.text == TEXT
    assert (report.title, report.outlet) == (TITLE, "The Vale Courier")
    assert report.url == "https://courier.example/news/bridge-closes"
    assert (report.date, report.date_basis) == (dt.date(2021, 3, 9), DateBasis.HTML)
    assert (report.file, report.position) == ("in/day.warc.gz", "record 1 (offset 0)")
    assert report.source_id == "day#1"
    assert (report.extractor or "").startswith("trafilatura 2")


def test_address_and_outlet_come_from_the_record_where_the_page_has_none() -> None:
    report = report_of(record(answer(PAGE), url="<https://www.e.example/2020/05/06/a>"))
    assert (report.url, report.outlet) == (
        "https://www.e.example/2020/05/06/a",
        "e.example",
    )
    assert (report.date, report.date_basis) == (dt.date(2020, 5, 6), DateBasis.URL)


@pytest.mark.parametrize("packed", [True, False])
def test_positions_count_all_records(packed: bool) -> None:
    info = record(b"software: x\r\n", kind="warcinfo", media="application/warc-fields")
    records = [info, GOOD, record(answer(PAGE), kind="request"), GOOD]
    raw = pack(records) if packed else b"".join(records)
    parts = [pack([one]) for one in records] if packed else records
    second, fourth = len(parts[0]), sum(map(len, parts[:3]))
    assert [one.position for one in read_all(raw)] == [
        f"record 2 (offset {second:,})",
        f"record 4 (offset {fourth:,})",
    ]


def test_file_packed_as_one_is_read() -> None:
    reports = read_all(gzip.compress(GOOD * 3))
    assert [type(one) for one in reports] == [Document] * 3


@pytest.mark.parametrize(
    "other",
    [
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(b"a: b\r\n", kind="metadata", media="application/warc-fields"),
        record(answer(PAGE), kind="revisit"),
        record(answer(PAGE), kind="continuation"),
        record(answer(PAGE), kind="no-such-kind"),
        record(answer(PAGE, http=HTML.replace(b"200 OK", b"404 Not Found"))),
        record(answer(PAGE, http=b"HTTP/1.1 301 Moved\r\nLocation: /a\r\n")),
        record(answer(b"\xff\xd8\xff", http=typed("image/jpeg"))),
        record(answer(b"\xff\xd8\xff", http=b"HTTP/1.1 200 OK\r\n")),
        record(answer(b"User-agent: *", http=typed("text/plain"))),
        record(b"User-agent: *", kind="resource", media="text/plain",
               url="https://e.example/robots.txt"),
        record(b"log", kind="resource", media="text/plain",
               url="metadata://gnu.org/software/wget/warc/wget.log"),
        record(b"\x89PNG", kind="resource", media="image/png"),
        record(b"e.example. 1 IN A 1.2.3.4", url="dns:e.example", media="text/dns"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_passed_over(other: bytes) -> None:
    assert [type(one) for one in read_all(other + GOOD)] == [Document]


def test_pages_without_a_type_are_known_by_their_beginning() -> None:
    assert report_of(record(answer(PAGE, http=b"HTTP/1.1 200 OK\r\n"))).text == TEXT


@pytest.mark.parametrize("kind", ["resource", "conversion"])
def test_text_records_are_reports(kind: str) -> None:
    text = "The council said on Monday that it will close the bridge.\nIt is old.\n"
    report = report_of(record(text.encode(), kind=kind, media="text/plain"))
    assert report.text == text
    assert (report.url, report.outlet) == (
        "https://www.courier.example/bridge",
        "courier.example",
    )
    assert report.extractor is None


def test_page_stored_as_a_resource_is_a_report() -> None:
    raw = record(PAGE.encode(), kind="resource", media="text/html")
    assert report_of(raw).text == TEXT


def test_server_says_the_encoding() -> None:
    body = PAGE.replace('<meta charset="utf-8">', "").replace("harbour", "Łódź")
    http = b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset="ISO-8859-2"\r\n'
    raw = record(
        answer(body.replace("“", "").encode("iso-8859-2", "replace"), http=http)
    )
    assert "Łódź" in report_of(raw).text


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE.encode())),
        ("deflate", zlib.compress(PAGE.encode())),
        ("gzip", PAGE.encode()),
        ("br", PAGE.encode()),
        ("identity", PAGE.encode()),
        ("no-such-coding", PAGE.encode()),
    ],
)
def test_pages_are_unpacked_where_they_are_packed(coding: str, body: bytes) -> None:
    more = f"Content-Encoding: {coding}\r\n".encode()
    assert report_of(record(answer(body, more=more))).text == TEXT


def test_chunks_are_joined() -> None:
    raw = PAGE.encode()
    chunks = (raw[:100], raw[100:1000], raw[1000:])
    body = b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in chunks) + b"0\r\n\r\n"
    assert report_of(record(answer(body, more=CHUNKED))).text == TEXT


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (answer(webpages.missing_page()), 'the page says "Page not found"'),
        (answer(b"\x01\x02", more=b"Content-Encoding: gzip\r\n"), "cannot be unpacked"),
        (answer(b"zz\r\n", more=CHUNKED), "cannot be unpacked"),
        (answer(b"fffffffffffffff\r\nx", more=CHUNKED), "cannot be unpacked"),
        (answer(PAGE, more=b"X: " + b"y" * 200_000 + b"\r\n"), "broken header"),
        (b"nonsense\r\n\r\n" + PAGE.encode(), "broken header"),
        (answer(b""), "the page is empty"),
    ],
)  # fmt: skip
def test_pages_that_cannot_be_used_are_refused(block: bytes, reason: str) -> None:
    assert reason in reason_of(record(block))


def test_foreign_pages_are_kept_for_later() -> None:
    text = (
        "Der Rat teilte am Montag mit, dass die Brücke für einen Monat gesperrt wird."
    )
    (report,) = read_all(record(answer(page(f"<article><p>{text}</p></article>"))))
    assert isinstance(report, Rejected)
    assert (report.language, report.text) == ("de", text)


def test_pages_beyond_the_limit_are_refused_and_others_read() -> None:
    large = record(answer(page(HARBOUR_BODY + "x" * 200_000)))
    refused, read = read_all(large + GOOD, limits=Limits(page_bytes=10_000))
    assert isinstance(refused, Rejected)
    assert refused.reason.endswith("raise it with --limit page-bytes=20000")
    assert isinstance(read, Document)


def test_large_records_of_other_kinds_are_passed_over() -> None:
    video = record(answer(b"\0" * 300_000, http=typed("video/mp4")))
    reports = read_all(video + GOOD, limits=Limits(page_bytes=10_000))
    assert [type(one) for one in reports] == [Document]


def test_page_that_unpacks_beyond_the_limit_is_refused() -> None:
    bomb = gzip.compress(b"\0" * 5_000_000)
    raw = record(answer(bomb, more=b"Content-Encoding: gzip\r\n"))
    assert "page-bytes" in reason_of(raw, limits=Limits(page_bytes=1_000_000))


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"\n"])
def test_empty_files_are_refused(raw: bytes) -> None:
    (report,) = read_all(raw)
    assert isinstance(report, Rejected)
    assert report.reason == "the file has no records; get it again"


def test_server_header_of_the_page_stays_out_of_the_text() -> None:
    assert HTML.decode()[:8] not in report_of(GOOD).text
