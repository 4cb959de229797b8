"""A brief as text, Markdown and HTML, also where its words are hostile."""

import base64
import datetime as dt
import hashlib
import re
from html.parser import HTMLParser

import msgspec
import pytest

from onrecord.show.views.brief import brief
from onrecord.show.views.brief_html import brief_html
from onrecord.show.views.brief_markdown import brief_markdown
from onrecord.show.views.brief_text import brief_lines
from onrecord.show.views.cite_text import plain
from onrecord.store.filters import Filters
from tests.support.briefs import make_brief_record
from tests.support.told import Report, Told, write_record

SINCE = dt.date(2022, 1, 12)
HOSTILE = '<script>alert(1)</script> *Evil* [x](javascript:1) \x1b[31m attacked & "q"'


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    record = make_brief_record(tmp_path_factory.mktemp("forms") / "rec")
    return brief(record, Filters(since=SINCE))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    report = Report(
        doc_id="bad",
        day=14,
        text=HOSTILE,
        outlet="<b>Bad|\x1b[1m",
        url="javascript:alert(1)",
    )
    event = Told(
        name="bad",
        doc_id="bad",
        line=0,
        event_type="ASSAULT",
        trigger="attacked",
        happening="hap-bad",
        actors=("*Evil*",),
        recipients=("<script>",),
    )
    folder = tmp_path_factory.mktemp("hostile") / "rec"
    return brief(write_record(folder, [report], [event]), Filters(since=SINCE))


def test_text_tells_the_counts_and_each_part(made):
    lines = [plain(line) for line in brief_lines(made, width=76)]
    assert lines[:15] == [
        "New from 2022-01-12 to 2022-01-16",
        "3 reports = 2 stories + 1 copy; 1 report of no known date left out",
        "",
        "happenings  statements",
        "         7           1  new in all",
        "         1              Happened",
        "         1              Happened, and told before as ahead",
        "         1           1  Demands",
        "         1              Threats and warnings",
        "         1              Denials",
        "         0              Ahead: planned, feared, conditional or asked for;",
        "                        not a fact",
        "         1              Did not happen, as the report itself says",
        "         1              Told of earlier times, as background",
        "and 1 number that changed",
    ]


def test_text_quotes_with_the_words_marked_and_the_source(made):
    text = "\n".join(plain(line) for line in brief_lines(made))
    assert (
        " 1  ASSAULT · Russia → Ukraine\n"
        "    Russia denied that it would «attack» Ukraine.\n"
        "    Herald, 2022-01-14 · on the word of Russia · 1 origin, 2 reports ·"
        " evt-denied\n"
        "    denies: Russia may «attack» Ukraine, officials said.\n"
        "        feared, possible or asked for · Gazette, 2022-01-10 · on the word of"
        " officials ·\n"
        "        evt-feared"
    ) in text
    assert "before: 100 troops · Gazette, 2022-01-10 · the report's own word" in text


@pytest.mark.parametrize("width", [60, 88, 100])
def test_no_line_of_text_is_wider_than_asked(made, width):
    lines = [plain(line) for line in brief_lines(made, width=width)]
    assert max(map(len, lines)) <= width


def test_markdown_links_the_report_and_marks_the_words(made):
    text = "\n".join(brief_markdown(made))
    assert "| 7 | 1 | new in all |" in text
    assert "“Russia denied that it would **attack** Ukraine.”" in text
    assert "[Herald, 2022-01-14](https://h.example/1)" in text


def test_html_is_one_page_that_may_load_and_run_nothing(made):
    page = "\n".join(brief_html(made))
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert not re.search(r"<(script|img|link|iframe)|src=|@import|url\(", page)
    assert '<mark title="type">demanded</mark>' in page
    assert '<a href="https://h.example/1" rel="noopener noreferrer">' in page


def test_html_closes_what_it_opens(made):
    opened = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag != "meta":
                opened.append(tag)

        def handle_endtag(self, tag):
            assert opened.pop() == tag

    Parser().feed("\n".join(brief_html(made)))
    assert opened == []


def test_nothing_of_a_report_becomes_markup_or_steers_a_terminal(hostile):
    text = "\n".join(plain(line) for line in brief_lines(hostile))
    page = "\n".join(brief_html(hostile))
    markdown = "\n".join(brief_markdown(hostile))
    assert "\x1b" not in text + page + markdown
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "javascript:alert" not in page + markdown
    assert r"\<script\>alert(1)\</script\> \*Evil\* \[x\](javascript:1)" in markdown


@pytest.mark.parametrize("form", [brief_markdown, brief_html])
def test_nothing_new_is_said(form, made):
    empty = msgspec.structs.replace(
        made, happenings=0, statements=0, numbers_count=0, numbers=(), parts=()
    )
    assert "Nothing new." in "\n".join(form(empty))
    assert "Nothing new." in [plain(line) for line in brief_lines(empty)]


def test_a_window_after_the_record_says_how_far_it_goes(made):
    empty = msgspec.structs.replace(
        made, since=dt.date(2022, 2, 1), happenings=0, statements=0, numbers_count=0
    )
    lines = [plain(line) for line in brief_lines(empty)]
    assert lines[0] == "New since 2022-02-01"
    assert lines[-1] == "Nothing new: the last report of the record is of 2022-01-16."
