"""Feeds: an entry a report, whatever the kind of feed."""

import datetime as dt
import io
import json
from typing import Any

import msgspec
import pytest

from onrecord.model.document import DateBasis, Document, Rejected
from onrecord.read.feed import MAX_ATTRIBUTES, MAX_ENTRIES, read_feed
from onrecord.read.limits import DEFAULT_LIMITS
from onrecord.read.origin import Origin

DAY = dt.date(2022, 1, 29)
ITEM = """<item><title>Talks &amp;amp; trade</title><link>/a/1</link>
<guid isPermaLink="false">tag:1</guid>
<description>&lt;p&gt;They met in Oslo.&lt;/p&gt;&lt;p&gt;All left.</description>
<pubDate>Sat, 29 Jan 2022 23:30:00 -0500</pubDate></item>"""
TEXT = "They met in Oslo.\n\nAll left."


def rss(items: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{head}\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        "<title>The Example</title><link>http://example.org/news/</link>"
        f"<language>en-GB</language>\n{items}\n</channel></rss>"
    )


def atom(entries: str, version: str = "http://www.w3.org/2005/Atom") -> str:
    return (
        f'<feed xmlns="{version}" xml:lang="en"><title type="html">The &lt;b>Example'
        f"&lt;/b></title><link href='http://example.org/'/>{entries}</feed>"
    )


def read(feed: str | bytes, file: str = "in/news.xml") -> list[Document | Rejected]:
    raw = feed if isinstance(feed, bytes) else feed.encode()
    return list(read_feed(io.BytesIO(raw), Origin(file, "news")))


def read_one(feed: str | bytes) -> Document:
    (report,) = read(feed)
    assert isinstance(report, Document), report
    return report


def refuse_one(feed: str | bytes) -> Rejected:
    (refused,) = read(feed)
    assert isinstance(refused, Rejected), refused
    return refused


def test_an_entry_becomes_a_report() -> None:
    report = read_one(rss(ITEM))
    assert report.text == TEXT
    assert report.title == "Talks & trade"
    assert report.url == "http://example.org/a/1"
    assert report.source_id == "tag:1"
    assert (report.date, report.date_basis) == (DAY, DateBasis.GIVEN)
    assert report.outlet == "The Example"
    assert report.language == "en-GB"
    assert (report.file, report.position) == ("in/news.xml", "entry 1")
    assert str(report.extractor).startswith("feedparser 6")


RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://example.org/"><title>The Example</title>
<link>http://example.org/</link></channel>
<item rdf:about="http://example.org/1"><title>Talks</title>
<link>http://example.org/1</link><description>They met in Oslo.</description>
<dc:date>2022-01-29T23:30:00-05:00</dc:date></item></rdf:RDF>"""
RSS_091 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>The Example</title><item><title>Talks</title>
<link>http://example.org/1</link><description>They met in Oslo.</description>
<pubDate>29 Jan 22 23:30 EST</pubDate></item></channel></rss>"""
ATOM_1 = atom("""<entry><title>Talks</title><id>tag:1</id>
<link href="http://example.org/1"/><published>2022-01-29T23:30:00-05:00</published>
<updated>2022-02-03T10:00:00Z</updated>
<content type="html">&lt;p>They met in Oslo.&lt;/p></content></entry>""")
ATOM_XHTML = atom("""<entry><title>Talks</title><id>tag:1</id>
<link href="http://example.org/1"/><updated>2022-01-29T23:30:00-05:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They <b>met</b>
in Oslo.</p></div></content></entry>""")
ATOM_03 = atom(
    """<entry><title>Talks</title><id>tag:1</id>
<link rel="alternate" type="text/html" href="http://example.org/1"/>
<issued>2022-01-29T23:30:00-05:00</issued><modified>2022-02-03T10:00:00Z</modified>
<content type="text/html" mode="escaped">&lt;p>They met in Oslo.&lt;/p></content>
</entry>""",
    "http://purl.org/atom/ns#",
)
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Example",
        "items": [
            {
                "id": "tag:1",
                "url": "http://example.org/1",
                "title": "Talks",
                "content_html": "<p>They met in Oslo.</p>",
                "date_published": "2022-01-29T23:30:00-05:00",
            }
        ],
    }
)


@pytest.mark.parametrize(
    "feed",
    [RSS_1, RSS_091, ATOM_1, ATOM_XHTML, ATOM_03, JSON],
    ids=["rss1", "rss091", "atom1", "atom-xhtml", "atom03", "json"],
)
def test_every_kind_of_feed_says_the_same(feed: str) -> None:
    report = read_one(feed)
    assert (report.text, report.title) == ("They met in Oslo.", "Talks")
    assert (report.date, report.url) == (DAY, "http://example.org/1")
    assert (report.outlet, report.position) == ("The Example", "entry 1")


def test_full_content_wins_over_the_summary() -> None:
    full = "<content:encoded><![CDATA[<p>They met.</p>]]></content:encoded>"
    short = "<description>In short, all of them met.</description>"
    item = f"<item>{short}{full}</item>"
    assert read_one(rss(item)).text == "They met."


def test_content_without_words_gives_way_to_the_summary() -> None:
    full = "<content:encoded><![CDATA[<img src='a.png'>]]></content:encoded>"
    item = f"<item><description>They met.</description>{full}</item>"
    assert read_one(rss(item)).text == "They met."


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("<title>Talks end</title>", "the entry has only a headline; "),
        (
            "<title>Talks end</title><description> Talks\n end </description>",
            "the entry has only a headline; ",
        ),
        ("<link>http://example.org/1</link>", "the entry has no text; "),
    ],
)
def test_entries_without_text_are_refused(item: str, reason: str) -> None:
    refused, report = read(rss(f"<item><guid>tag:9</guid>{item}</item>{ITEM}"))
    assert isinstance(refused, Rejected)
    assert refused.reason.startswith(reason)
    assert (refused.position, refused.source_id) == ("entry 1", "tag:9")
    assert isinstance(report, Document)
    assert report.position == "entry 2"


def test_updated_stands_in_for_published() -> None:
    entry = "<entry><updated>2022-01-29</updated><summary>They met.</summary></entry>"
    assert read_one(atom(entry)).date == DAY


@pytest.mark.parametrize("date", ["29/01/2022", "soon", "Mon, 29 Jan 2022 10:00 GMT"])
def test_dates_that_cannot_be_read_are_not_known(date: str) -> None:
    item = ITEM.replace("Sat, 29 Jan 2022 23:30:00 -0500", date)
    report = read_one(rss(item))
    assert (report.date, report.date_basis) == (None, DateBasis.UNKNOWN)


@pytest.mark.parametrize(
    ("source", "outlet"),
    [
        ('<source url="http://example.com/f">The Agency</source>', "The Agency"),
        ("<dc:publisher>The Publisher</dc:publisher>", "The Publisher"),
    ],
)
def test_an_entry_may_have_an_outlet_of_its_own(source: str, outlet: str) -> None:
    assert read_one(rss(ITEM.replace("<guid", f"{source}<guid"))).outlet == outlet


def test_same_ids_make_two_reports() -> None:
    first, second = read(rss(ITEM + ITEM.replace("Oslo", "Bergen")))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.source_id == second.source_id == "tag:1"
    assert first.doc_id != second.doc_id


def test_links_are_resolved_against_the_address_where_the_feed_has_none() -> None:
    feed = rss(ITEM).replace("<link>http://example.org/news/</link>", "")
    (report,) = read(feed, "https://example.com/feeds/all.xml")
    assert isinstance(report, Document)
    assert report.url == "https://example.com/a/1"


def test_plain_text_keeps_paragraphs_and_signs() -> None:
    content = '<content type="text">They met\n  in Oslo.\n\nAll &lt; 5 left.</content>'
    assert read_one(atom(f"<entry>{content}</entry>")).text == (
        "They met in Oslo.\n\nAll < 5 left."
    )


def test_a_broken_feed_is_read_as_far_as_it_makes_sense() -> None:
    broken = "<item><description>They &nbsp; left.</description></b></item>"
    first, second = read(rss(ITEM + broken))
    assert isinstance(first, Document)
    assert first.text == TEXT
    assert isinstance(second, Document)
    assert second.text == "They \xa0 left."


def test_an_entry_that_the_file_breaks_off_in_is_refused() -> None:
    whole = rss(ITEM + "\n<item><title>Cut</title><description>They le")
    report, refused = read(whole.removesuffix("\n</channel></rss>"))
    assert isinstance(report, Document)
    assert isinstance(refused, Rejected)
    assert refused.position == "entry 2"
    assert refused.reason.startswith("the feed breaks off here (line 7: ")


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        ("<rss version='2.0'><channel></channel></rss>", "the feed has no entries"),
        ("<html><p>x</p></html>", "it is neither RSS nor Atom; name a feed"),
        ("", "it is neither RSS nor Atom (line 1: "),
        ("<rss><channel><it", "no entry can be read in the feed (line 1: "),
        ('{"items": []}', "the feed has no entries"),
        ('{"title": "x"}', "a JSON object without a list of items is no JSON Feed"),
        ('{"items": [', "not JSON: "),
        ('{"items":' + "[" * 100_000, "not a feed: JSON nested too deep"),
    ],
)
def test_what_has_no_entries_says_why(feed: str, reason: str) -> None:
    refused = refuse_one(feed)
    assert refused.reason.startswith(reason)
    assert (refused.file, refused.position) == ("in/news.xml", None)


def test_a_declared_encoding_is_kept() -> None:
    feed = rss(ITEM.replace("Oslo", "Malmö")).replace(
        '"1.0"?', '"1.0" encoding="windows-1252"?', 1
    )
    assert read_one(feed.encode("cp1252")).text == TEXT.replace("Oslo", "Malmö")


def test_a_wrong_encoding_costs_the_entry() -> None:
    raw = rss(ITEM.replace("Oslo", "Malm@") + ITEM).encode().replace(b"@", b"\xf6")
    refused, report = read(raw)
    assert isinstance(refused, Rejected)
    assert refused.reason.startswith("byte 0xF6 at character 16 of the text is not UTF")
    assert refused.position == "entry 1"
    assert isinstance(report, Document)
    assert report.text == TEXT


def test_utf16_is_read() -> None:
    feed = rss(ITEM).replace('"1.0"?', '"1.0" encoding="utf-16"?', 1)
    assert read_one(feed.encode("utf-16")).text == TEXT


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        (
            '<!ENTITY a "aa"><!ENTITY b "&a;&a;">',
            "the entity 'b' is made of others or is long; write it out",
        ),
        (f'<!ENTITY a "{"a" * 1001}">', "the entity 'a' is made of others or is long"),
    ],
)
def test_entity_bombs_are_refused(declared: str, reason: str) -> None:
    item = "<item><description>&b;</description></item>"
    assert refuse_one(rss(item, f"<!DOCTYPE rss [{declared}]>")).reason.startswith(
        reason
    )


def test_small_entities_of_its_own_are_read() -> None:
    item = "<item><description>caf&e;</description></item>"
    assert read_one(rss(item, '<!DOCTYPE rss [<!ENTITY e "&#233;">]>')).text == "café"


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY x SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % y SYSTEM "file:///etc/passwd"> %y;',
    ],
)
def test_nothing_else_is_opened(declared: str) -> None:
    item = "<item><description>A &x; b</description></item>"
    text = read_one(rss(item, f"<!DOCTYPE rss [{declared}]>")).text
    assert text in ("A b", "A &x; b")


def test_includes_are_not_followed() -> None:
    xi = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" '
    item = f'<item><description>A {xi} href="file:///etc/hosts"/>b</description></item>'
    assert "127.0.0.1" not in read_one(rss(item)).text


def test_scripts_are_no_text() -> None:
    item = ITEM.replace("All left.", "&lt;script&gt;alert(1)&lt;/script&gt;All left.")
    assert read_one(rss(item)).text == TEXT


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        (
            "<item " + " ".join(f'a{n}="1"' for n in range(MAX_ATTRIBUTES)) + "/>",
            "a tag has more than 100 attributes; it is no feed",
        ),
        (
            "<item>" + f"<b {'a ' * (MAX_ATTRIBUTES + 1)}/></item>",
            "a tag has more than 100 attributes; it is no feed",
        ),
        (
            "<item/>" * (MAX_ENTRIES + 1),
            "the feed has 20,001 entries, the most is 20,000; cut it up",
        ),
        ("<a/>" * 500_001, "the feed has more than 500,000 tags; cut it up"),
    ],
    ids=["attributes", "bare attributes", "entries", "tags"],
)
def test_what_the_parser_would_be_slow_over_is_refused(items: str, reason: str) -> None:
    assert refuse_one(rss(items)).reason == reason


def test_a_feed_beyond_the_limit_is_refused() -> None:
    limits = msgspec.structs.replace(DEFAULT_LIMITS, page_bytes=100)
    raw = io.BytesIO(rss(ITEM).encode())
    (refused,) = read_feed(raw, Origin("a", "a"), limits)
    assert isinstance(refused, Rejected)
    assert refused.reason == (
        "the feed has more than 100 bytes, the limit is 100; raise it with --limit "
        "page-bytes=200"
    )


def json_feed(*items: Any, **feed: Any) -> str:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1", "items": items} | feed
    )


def test_json_items_in_plain_text_are_kept_as_they_are() -> None:
    report = read_one(json_feed({"id": 7, "content_text": "They < met.\nAll left."}))
    assert (report.text, report.source_id) == ("They < met.\nAll left.", "7")
    assert (report.extractor, report.date, report.outlet) == (None, None, None)


def test_json_summary_stands_in_for_content() -> None:
    item = {"content_html": "<img src=a>", "summary": "They met."}
    assert read_one(json_feed(item, language="en")).text == "They met."


def test_json_items_that_are_none_are_refused() -> None:
    refused, report = read(json_feed(3, {"content_text": "They met."}))
    assert isinstance(refused, Rejected)
    assert refused.reason == "3 is no entry; an entry is an object"
    assert refused.position == "entry 1"
    assert isinstance(report, Document)
    assert (report.source_id, report.position) == ("news#2", "entry 2")


def test_ids_that_cannot_be_stored_are_shown_escaped() -> None:
    refused = refuse_one('{"items": [{"id": "a\\ud800"}]}')
    assert refused.source_id == "a\\ud800"
