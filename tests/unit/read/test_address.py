"""Reports of feeds and pages on the web."""

import datetime as dt
import gzip

import pytest

from onrecord.model.document import DateBasis, Document, Rejected
from onrecord.read.address import read_address
from onrecord.read.fetch_cache import FetchCache
from onrecord.read.fetch_policy import FetchPolicy
from onrecord.read.limits import Limits
from tests.support.webserver import page, redirect, serve

QUICK = Limits(fetch_interval=0.0, fetch_seconds=5.0)
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
RSS = {"Content-Type": "application/rss+xml"}
FIRST = "The harbour council met on Monday and agreed on a new budget for the port."
SECOND = "The river council rejected the plan of the harbour council on Tuesday."
FEED = """<?xml version="1.0"?><rss version="2.0"><channel>
<title>Harbour Herald</title><link>http://herald.example/</link><language>en</language>
<item><title>Council meets</title><link>{site}/1</link>
<pubDate>Mon, 10 Jan 2022 10:00:00 GMT</pubDate>
<description>The harbour council met on Monday, says the full report.</description>
</item>
<item><title>Plan rejected</title><link>/2</link>
<pubDate>Tue, 11 Jan 2022 10:00:00 GMT</pubDate></item>
</channel></rss>"""


@pytest.fixture
def site():
    with serve() as site:
        feed = FEED.format(site=site.at("")).encode()
        site.pages["/feed"] = page(feed, headers=RSS)
        site.pages["/1"] = page(FIRST.encode(), headers=PLAIN)
        site.pages["/2"] = page(SECOND.encode(), headers=PLAIN)
        yield site


def get(address, *, follow=False, cache=None):
    policy = FetchPolicy(allow_private=True, follow=follow)
    return list(
        read_address(address, limits=QUICK, policy=policy, cache=cache or FetchCache())
    )


def test_a_plain_page_is_one_report_that_knows_its_address(site):
    site.pages["/old"] = redirect("/1")
    (report,) = get(site.at("/old"))
    assert isinstance(report, Document)
    assert (report.text, report.file, report.url, report.position) == (
        FIRST,
        site.at("/old"),
        site.at("/1"),
        None,
    )


HTML = """<html><head><title>Budget agreed</title>{head}</head><body><article>
<h1>Budget agreed</h1><p>{first}</p><p>{second}</p></article></body></html>"""


@pytest.mark.parametrize(
    ("head", "path"),
    [("", "/news/1"), ('<link rel="canonical" href="/budget">', "/budget")],
)
def test_a_page_of_html_is_where_it_says_or_where_it_was(site, head, path):
    body = HTML.format(head=head, first=FIRST, second=SECOND).encode()
    site.pages["/old"] = redirect("/news/1")
    site.pages["/news/1"] = page(body, headers={"Content-Type": "text/html"})
    (report,) = get(site.at("/old"))
    assert isinstance(report, Document), report
    assert (report.file, report.source_id) == (site.at("/old"), site.at("/old"))
    assert (report.url, report.title) == (site.at(path), "Budget agreed")


def test_the_charset_that_the_server_says_is_believed(site):
    text = (
        "The council of Z\u00fcrich met on Monday and \u201cagreed\u201d on a budget."
    )
    head = '<meta charset="windows-1251">'
    body = HTML.format(head=head, first=text, second=SECOND).encode("cp1252")
    headers = {"Content-Type": "text/html; charset=iso-8859-1"}
    site.pages["/a"] = page(body, headers=headers)
    (report,) = get(site.at("/a"))
    assert text in report.text


def test_an_archive_is_unpacked_and_its_parts_have_no_address(site):
    lines = b'{"text": "The council met in the harbour on Monday to talk."}\n'
    site.pages["/day.jsonl.gz"] = page(gzip.compress(lines))
    (report,) = get(site.at("/day.jsonl.gz"))
    assert isinstance(report, Document)
    assert (report.position, report.url) == ("line 1", None)


def test_a_feeds_own_texts_are_its_reports(site):
    first, second = get(site.at("/feed"))
    assert isinstance(first, Document)
    assert first.text == "The harbour council met on Monday, says the full report."
    assert (first.file, first.position) == (site.at("/feed"), "entry 1")
    assert first.url == site.at("/1")
    assert isinstance(second, Rejected)
    assert "only a headline" in second.reason
    assert [path for path, _ in site.asked] == ["/feed"]


def test_followed_the_pages_are_the_reports_with_date_and_title_of_the_entry(site):
    first, second = get(site.at("/feed"), follow=True)
    assert [first.text, second.text] == [FIRST, SECOND]
    assert [first.file, second.file] == [site.at("/1"), site.at("/2")]
    assert [first.url, second.url] == [site.at("/1"), site.at("/2")]
    assert (second.title, second.outlet) == ("Plan rejected", "Harbour Herald")
    assert (second.date, second.date_basis) == (dt.date(2022, 1, 11), DateBasis.GIVEN)
    assert first.doc_id != second.doc_id


def test_a_date_of_the_page_itself_stays(site):
    dated = b"Date: 2022-01-20\n\n" + FIRST.encode()
    site.pages["/1"] = page(dated, headers=PLAIN)
    assert get(site.at("/feed"), follow=True)[0].date == dt.date(2022, 1, 20)


def test_without_its_page_an_entry_keeps_its_own_text(site):
    del site.pages["/1"], site.pages["/2"]
    page_1, entry_1, page_2 = get(site.at("/feed"), follow=True)
    assert [page_1.file, page_2.file] == [site.at("/1"), site.at("/2")]
    assert "answers 404" in page_1.reason
    assert entry_1.position == "entry 1"


def test_a_page_is_fetched_once_and_again_after_it_failed(site):
    cache = FetchCache()
    del site.pages["/2"]
    get(site.at("/feed"), follow=True, cache=cache)
    cache.keep()
    site.pages["/2"] = page(SECOND.encode(), headers=PLAIN)
    changed = FEED.format(site=site.at("")).replace("</channel>", "\n</channel>")
    site.pages["/feed"] = page(changed.encode(), headers=RSS)
    (report,) = get(site.at("/feed"), follow=True, cache=cache)
    assert report.text == SECOND
    assert [path for path, _ in site.asked] == [
        *("/feed", "/1", "/2"),
        *("/feed", "/2"),
    ]


def test_an_unchanged_feed_gives_nothing(site):
    cache = FetchCache()
    assert len(get(site.at("/feed"), cache=cache)) == 2
    cache.keep()
    assert get(site.at("/feed"), cache=cache) == []
    assert cache.unchanged == 1


def test_links_lead_to_no_other_ports_than_that_of_the_feed(site):
    feed = FEED.format(site="http://127.0.0.1:22").encode()
    site.pages["/feed"] = page(feed, headers=RSS)
    refused, _, second = get(site.at("/feed"), follow=True)
    assert "port 22" in refused.reason
    assert second.text == SECOND


def test_what_cannot_be_fetched_is_refused(site):
    (found,) = get(site.at("/nothing"))
    assert isinstance(found, Rejected)
