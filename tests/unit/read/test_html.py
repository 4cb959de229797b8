"""Web pages: the report, what the page says of it, and pages that hold none."""

import datetime as dt
import socket
from collections.abc import Callable

import pytest

from onrecord.model.document import DateBasis, Document, Rejected
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.origin import Origin
from tests.support import webpages
from tests.support.webpages import (
    HARBOUR_BODY,
    ORIGIN,
    PARAGRAPHS,
    TITLE,
    page,
    read_one,
)

TEXT = "\n".join(PARAGRAPHS)


def report_of(html: str | bytes, *, origin: Origin = ORIGIN) -> Document:
    report = read_one(html, origin=origin)
    assert isinstance(report, Document), report.reason
    return report


def reason_of(html: str | bytes, *, limits: Limits = DEFAULT_LIMITS) -> str:
    report = read_one(html, limits=limits)
    assert isinstance(report, Rejected)
    assert (report.file, report.position) == ("in/bridge.html", None)
    return report.reason


def test_article_among_all_that_stands_around_it() -> None:
    report = report_of(webpages.article_page())
    assert report.text == TEXT
    assert (report.title, report.outlet) == (TITLE, "The Vale Courier")
    assert report.url == "https://courier.example/news/bridge-closes"
    assert (report.date, report.date_basis) == (dt.date(2021, 3, 9), DateBasis.HTML)
    assert (report.language, report.source_id) == ("en", "bridge")
    assert report.extractor is not None
    assert report.extractor.startswith("trafilatura 2")


@pytest.mark.parametrize("make", [webpages.json_ld_page, webpages.microdata_page])
def test_facts_in_other_markup_are_the_same(make: Callable[[], str]) -> None:
    report = report_of(make())
    assert report.text == TEXT
    assert (report.title, report.outlet) == (TITLE, "The Vale Courier")
    assert (report.date, report.date_basis) == (dt.date(2021, 3, 9), DateBasis.HTML)


def test_dates_of_other_things_are_not_the_reports() -> None:
    report = report_of(webpages.undated_page())
    assert report.text == TEXT
    assert (report.date, report.date_basis) == (None, DateBasis.UNKNOWN)


def test_live_pages_keep_their_posts_in_order() -> None:
    report = report_of(webpages.live_page())
    found = [line for line in report.text.split("\n") if not line.startswith("Post ")]
    assert found == list(PARAGRAPHS)
    assert report.date == dt.date(2021, 3, 9)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (webpages.index_page, "a list of 20 headlines that lead elsewhere"),
        (webpages.missing_page, 'the page says "Page not found" and holds no report'),
        (webpages.paywall_page, "the rest is for subscribers"),
    ],
)
def test_pages_without_a_report_are_refused(
    make: Callable[[], str], reason: str
) -> None:
    assert reason in reason_of(make())


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "the page is empty"),
        (" \n\t ", "the page is empty"),
        ("<!-- nothing -->", "cannot be parsed"),
        ("<html></html>", "no report was found on the page"),
        (page("<div id=root></div><script>start()</script>"), "no report was found"),
        (page("<p>We use cookies to make this site better for you.</p>"), "cookies"),
    ],
)
def test_empty_pages_are_refused(html: str, reason: str) -> None:
    assert reason in reason_of(html)


def test_short_reports_are_not_taken_for_errors() -> None:
    text = "404 people were moved out of the valley on Monday, the council said."
    report = report_of(
        page(f"<article><h1>404 people moved</h1><p>{text}</p></article>")
    )
    assert report.text == text


def test_a_call_to_subscribe_below_a_whole_report_costs_nothing() -> None:
    more = f"<article><h1>{TITLE}</h1>{HARBOUR_BODY * 2}<p>Already a subscriber?</p>"
    assert report_of(page(more)).text.startswith(PARAGRAPHS[0])


def test_foreign_pages_are_kept_for_later() -> None:
    text = (
        "Der Rat teilte am Montag mit, dass die alte Brücke für einen Monat gesperrt "
        "wird. Es ist noch nicht klar, wer die Arbeiten bezahlt."
    )
    report = read_one(page(f"<article><h1>Brücke</h1><p>{text}</p></article>"))
    assert isinstance(report, Rejected)
    assert (report.language, report.text) == ("de", text)


def test_titles_with_markup_stay_plain_text() -> None:
    head = (
        '<meta property="og:title" content="&lt;script&gt;x(1)&lt;/script&gt;\n Tea">'
    )
    assert report_of(page(HARBOUR_BODY, head=head)).title == "<script>x(1)</script> Tea"


def test_title_loses_the_outlet() -> None:
    assert report_of(page(HARBOUR_BODY)).title == TITLE


@pytest.mark.parametrize(
    ("canonical", "file", "url"),
    [
        ("https://e.example/a", "in/bridge.html", "https://e.example/a"),
        ("/b?x=1", "https://e.example/a", "https://e.example/b?x=1"),
        ("/b", "in/bridge.html", None),
        ("https://e.example/", "https://e.example/a", "https://e.example/a"),
        ("javascript:x()", "https://e.example/a", "https://e.example/a"),
        ("https://[e", "https://e.example/a", "https://e.example/a"),
        ("", "https://e.example/a", "https://e.example/a"),
    ],
)
def test_address_is_the_pages_own_else_where_it_was_found(
    canonical: str, file: str, url: str | None
) -> None:
    html = page(HARBOUR_BODY, head=f'<link rel="canonical" href="{canonical}">')
    assert report_of(html, origin=Origin(file, "bridge")).url == url


def test_outlet_is_the_host_where_the_page_names_none() -> None:
    head = '<link rel="canonical" href="https://www.e.example/a">'
    assert report_of(page(HARBOUR_BODY, head=head)).outlet == "e.example"


def test_page_beyond_its_limit_is_refused_with_the_limits_name() -> None:
    limits = Limits(page_bytes=1000)
    assert reason_of("x" * 1001, limits=limits) == (
        "the page has more than 1,000 bytes, the limit is 1,000; "
        "raise it with --limit page-bytes=2000"
    )


def test_report_beyond_its_limit_is_refused() -> None:
    limits = Limits(report_characters=100)
    assert "--limit report-characters" in reason_of(page(HARBOUR_BODY), limits=limits)


def test_nothing_is_fetched_and_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    html = (
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a SYSTEM "file:///x">]>'
        '<html><head><base href="http://127.0.0.1:9/"><link rel="stylesheet" href="a">'
        f'</head><body><img src="b"><iframe src="c"></iframe>{HARBOUR_BODY}&a;</body>'
    )
    assert report_of(html).text.startswith(PARAGRAPHS[0])
    read_one("<html></html>")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("error", [AttributeError, KeyError, RecursionError])
def test_page_that_stops_the_library_costs_itself(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("trafilatura.bare_extraction", stop)
    assert f"({error.__name__})" in reason_of(page(HARBOUR_BODY))
