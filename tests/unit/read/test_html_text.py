"""Encodings of pages: declarations are heard, the bytes decide."""

import pytest

from onrecord.model.document import Document, Rejected
from onrecord.read.html_text import decode_page
from tests.support.webpages import HARBOUR_BODY, page, read_one

TEXT = "“Café” — it’s 5 €"


def declare(label: str, text: str = TEXT) -> str:
    return f'<html><head><meta charset="{label}"></head><body>{text}</body></html>'


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("ISO-8859-15", "cp1252"),
        ("us-ascii", "cp1252"),
        ("utf-8", "cp1252"),
        ("no-such-thing", "cp1252"),
        ("windows-1252", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("utf-16", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-8", "utf-16"),
        ("utf-8", "utf-16-le"),
        ("utf-8", "utf-16-be"),
        ("utf-8", "utf-32"),
    ],
)
def test_bytes_decide(label: str, encoding: str) -> None:
    html = declare(label)
    assert decode_page(html.encode(encoding)) == html


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("windows-1251", "Совет сообщил"),
        ("koi8-r", "Совет сообщил"),
        ("gb2312", "市议会星期一说"),
        ("shift_jis", "市議会は月曜日"),
        ("iso-2022-jp", "市議会は月曜日"),
        ("euc-kr", "시의회는 월요일"),
        ("iso-8859-2", "Łódź"),
    ],
)
def test_declared_encodings_are_heard(label: str, text: str) -> None:
    html = declare(label, text)
    assert decode_page(html.encode(label)) == html


@pytest.mark.parametrize(
    "opening",
    [
        '<?xml version="1.0" encoding="windows-1251"?>',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        "<meta charset = 'windows-1251' />",
    ],
)
def test_all_ways_to_declare(opening: str) -> None:
    html = f"{opening}<p>Совет сообщил</p>"
    assert decode_page(html.encode("cp1251")) == html


def test_server_is_heard_first() -> None:
    html = declare("koi8-r", "Совет сообщил")
    assert decode_page(html.encode("cp1251"), "windows-1251") == html


def test_undeclared_western_page_is_told() -> None:
    html = f"<p>{TEXT} and so on, the council of the town said on Monday.</p>"
    assert decode_page(html.encode("cp1252")) == html


def test_undeclared_cyrillic_page_is_told() -> None:
    html = "<p>Совет сообщил в понедельник, что мост пока закрыт для движения.</p>"
    assert decode_page(html.encode("cp1251")) == html


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(ValueError, match="neither UTF-8 nor what it declares"):
        decode_page(b"<p>\x81\x8d \x81\x8f \x90 \x9d \x81\x8d\xff \x81</p>", "utf-8")


def test_damage_in_the_report_costs_it() -> None:
    raw = page(HARBOUR_BODY).encode()
    damaged = raw.replace("“We".encode(), "“We".encode()[1:], 1)
    report = read_one(damaged)
    assert isinstance(report, Rejected)
    assert "bytes that are not in the page's encoding" in report.reason


def test_damage_elsewhere_costs_nothing() -> None:
    raw = page(f"{HARBOUR_BODY}<footer>\u00a9 Us</footer>").encode()
    report = read_one(raw.replace("©".encode(), b"\xc2", 1))
    assert isinstance(report, Document)


def test_sign_of_damage_that_was_published_is_kept() -> None:
    report = read_one(page(HARBOUR_BODY.replace("old", "o\ufffdd")))
    assert isinstance(report, Document)
    assert "o\ufffdd" in report.text


def test_controls_do_not_end_the_page() -> None:
    report = read_one(page(HARBOUR_BODY.replace("cracks", "cra\0cks\x1b")))
    assert isinstance(report, Document)
    assert "cracks" in report.text
