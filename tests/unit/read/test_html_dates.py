"""The date of a page: declared or shown as that of the report, never another one."""

import datetime as dt
import io

import pytest

from onrecord.model.document import DateBasis, Document
from onrecord.read.html import read_html
from onrecord.read.limits import DEFAULT_LIMITS
from onrecord.read.origin import Origin
from tests.support.webpages import HARBOUR_BODY, TITLE, page

DAY = dt.date(2020, 5, 6)


def date_of(
    *, above: str = "", head: str = "", below: str = "", stem: str = "a"
) -> tuple[dt.date | None, DateBasis]:
    body = f"<article><h1>{TITLE}</h1>{above}{HARBOUR_BODY}</article>{below}"
    return date_of_page(body, head=head, stem=stem)


def date_of_page(
    body: str, *, head: str = "", stem: str = "a"
) -> tuple[dt.date | None, DateBasis]:
    stream = io.BytesIO(page(body, head=head).encode())
    (report,) = read_html(stream, Origin(f"{stem}.html", stem), DEFAULT_LIMITS)
    assert isinstance(report, Document)
    return report.date, report.date_basis


def json_ld(fields: str) -> str:
    return f'<script type="application/ld+json">{fields}</script>'


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2020-05-06T23:50:00-05:00">',
        '<meta name="DC.date.issued" content="2020-05-06">',
        '<meta itemprop="datePublished" content="6 May 2020">',
        '<meta name="pubdate" content="20200506">',
        json_ld('{"@type": "NewsArticle", "datePublished": "2020-05-06T01:00:00Z"}'),
        json_ld('[{"@type": ["Thing", "Report"], "datePublished": "2020-05-06"}]'),
        json_ld(
            '{"@graph": [{"@type": "BlogPosting", "datePublished": "2020-05-06"}]}'
        ),
        json_ld(
            '{"@type": "WebPage", "mainEntity": {"@type": "http://schema.org/Article", '
            '"headline": "line\nbreak", "datePublished": "2020-05-06"}};'
        ),
    ],
)
def test_declared_day_is_taken_as_written(head: str) -> None:
    assert date_of(head=head) == (DAY, DateBasis.HTML)


@pytest.mark.parametrize(
    "above",
    [
        '<time datetime="2020-05-06T10:00:00Z">6 May</time>',
        '<p class="date">Published: 6 May 2020, 10:00 GMT</p>',
        '<span class="byline">By Us, <span class="timestamp">May 6, 2020</span></span>',
        '<p class="date">6 May 2020</p><p class="date">Updated 7 May 2020</p>',
    ],
)
def test_visible_day_is_found(above: str) -> None:
    assert date_of(above=above) == (DAY, DateBasis.HTML)


@pytest.mark.parametrize(
    "above",
    [
        '<p class="date">Updated 6 May 2020</p>',
        '<time class="updated" datetime="2020-05-06">6 May</time>',
        '<time itemprop="dateModified" datetime="2020-05-06">6 May</time>',
        '<p class="date">06/05/2020</p>',
        '<p class="date">Monday</p>',
        "<p>© 2020 The Vale Courier</p>",
        "<p>The bridge was last closed on 6 May 2020, the council said.</p>",
    ],
)
def test_day_of_a_change_or_of_something_else_is_not_taken(above: str) -> None:
    assert date_of(above=above) == (None, DateBasis.UNKNOWN)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2020-05-06">',
        '<meta name="last-modified" content="2020-05-06">',
        '<meta http-equiv="date" content="2020-05-06">',
        '<meta property="article:published_time" content="yesterday">',
        json_ld('{"@type": "NewsArticle", "dateModified": "2020-05-06"}'),
        json_ld('{"@type": "Product", "datePublished": "2020-05-06"}'),
        json_ld('{"@type": "NewsArticle", "datePublished": "05/06/2020"}'),
        json_ld("[" * 100_000),
        json_ld('{"@type": "NewsArticle", "datePublished": '),
        json_ld(
            '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", '
            '"datePublished": "2020-05-06"}]}'
        ),
        json_ld('[{"@type": "NewsArticle", "datePublished": "2020-05-06"},'
                '{"@type": "NewsArticle"}, {"@type": "NewsArticle"}]'),
    ],
)  # fmt: skip
def test_other_declared_days_are_not_taken(head: str) -> None:
    assert date_of(head=head) == (None, DateBasis.UNKNOWN)


@pytest.mark.parametrize("tag", ["aside", "nav", "footer", "div class='related'"])
def test_days_beside_the_report_are_not_taken(tag: str) -> None:
    end = tag.split()[0]
    below = f"<{tag}><p><time datetime='2020-05-06'>6 May 2020</time></p></{end}>"
    assert date_of(below=below) == (None, DateBasis.UNKNOWN)


def test_first_of_several_visible_days_is_that_of_the_report() -> None:
    above = '<p><time datetime="2020-05-06">6 May</time></p>'
    quoted = '<blockquote><time datetime="2019-01-01">1 January</time></blockquote>'
    assert date_of(above=above + quoted) == (DAY, DateBasis.HTML)


@pytest.mark.parametrize(
    ("opening", "tag"),
    [
        ('<header><time datetime="2026-11-28">Today</time></header>', "article"),
        ('<header><time datetime="2026-11-28">Today</time></header>', "div"),
        ('<div class="current-date">28 November 2026</div>', "main"),
        ('<div class="current-date">28 November 2026</div>', "div"),
        ('<div class="date">28 November 2026</div>', "article"),
        ('<div class="date">28 November 2026</div>', "main"),
    ],
)
def test_day_on_which_the_site_was_visited_is_not_taken(opening: str, tag: str) -> None:
    body = f"{opening}<{tag}><h1>{TITLE}</h1>{HARBOUR_BODY}</{tag}>"
    assert date_of_page(body) == (None, DateBasis.UNKNOWN)


@pytest.mark.parametrize("shown", ["2 hours ago", "Today", "Monday 10:30", "6 May"])
def test_day_that_counts_from_another_is_not_taken(shown: str) -> None:
    above = f'<p class="date">{shown}</p><time datetime="{shown}">{shown}</time>'
    assert date_of(above=above) == (None, DateBasis.UNKNOWN)


def test_address_tells_where_the_page_does_not() -> None:
    head = '<link rel="canonical" href="https://e.example/2020/05/06/bridge">'
    assert date_of(head=head) == (DAY, DateBasis.URL)


def test_declared_day_wins_over_the_address() -> None:
    head = (
        '<link rel="canonical" href="https://e.example/2019/01/01/bridge">'
        '<meta property="article:published_time" content="2020-05-06">'
    )
    assert date_of(head=head) == (DAY, DateBasis.HTML)


def test_name_of_the_file_tells_last() -> None:
    assert date_of(stem="2020-05-06-bridge") == (DAY, DateBasis.FILE)
