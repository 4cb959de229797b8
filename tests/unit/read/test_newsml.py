"""News items of agencies: NewsML-G2, NewsML 1 and NITF."""

import datetime as dt
import io

import pytest

from onrecord.model.document import DateBasis, Document, Rejected
from onrecord.read.newsml import read_newsml, read_nitf
from onrecord.read.newsstatus import why_withheld
from onrecord.read.origin import Origin

DAY = dt.date(2022, 1, 29)
BODY = """<body><body.head><hedline><hl1>Talks end</hl1><hl2>in Oslo</hl2></hedline>
<byline>By J. Doe</byline><dateline><location>OSLO</location>, Jan 29 (EW)</dateline>
</body.head><body.content><p>They met
  on <chron norm="20220128">Friday</chron>.</p>
<media media-type="image"><media-caption>A street.</media-caption></media>
<p>All left.</p></body.content><body.end><tagline>x</tagline></body.end></body>"""
TEXT = "By J. Doe\n\nOSLO, Jan 29 (EW)\n\nThey met on Friday.\n\nAll left."
META = """<itemMeta><itemClass qcode="ninat:text"/><provider qcode="np:EW">
<name>Example Wire</name></provider>
<versionCreated>2022-01-30T10:00:00Z</versionCreated><pubStatus qcode="stat:usable"/>
</itemMeta>"""
CONTENT = """<contentMeta><contentCreated>2022-01-29T23:30:00-05:00</contentCreated>
<headline>Talks end</headline><language tag="en-GB"/></contentMeta>"""
XHTML = """<inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>They met.</p><ul><li>All left.</li></ul></body></html></inlineXML>"""


def item(
    content: str = XHTML, meta: str = META, described: str = CONTENT, guid: str = "u:1"
) -> str:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" '
        f'standard="NewsML-G2" guid="{guid}" xml:lang="en">{meta}{described}'
        f"<contentSet>{content}</contentSet></newsItem>"
    )


def message(*items: str) -> str:
    return (
        '<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">'
        "<header><sent>2022-02-01T00:00:00Z</sent></header><itemSet>"
        f"{''.join(items)}</itemSet></newsMessage>"
    )


def nitf(docdata: str = "", body: str = BODY) -> str:
    return (
        "<nitf><head><title>Talks</title>"
        f'<docdata management-status="usable"><doc-id id-string="u:1"/>{docdata}'
        "</docdata></head>"
        f"{body}</nitf>"
    )


def read(xml: str) -> list[Document | Rejected]:
    stream = io.BytesIO(xml.encode())
    return list(read_newsml(stream, Origin("in/wire.xml", "wire")))


def read_one(xml: str) -> Document:
    (report,) = read(xml)
    assert isinstance(report, Document), report
    return report


def refuse_one(xml: str) -> Rejected:
    (refused,) = read(xml)
    assert isinstance(refused, Rejected), refused
    return refused


def test_a_g2_item_becomes_a_report() -> None:
    report = read_one(item())
    assert report.text == "They met.\n\nAll left."
    assert report.title == "Talks end"
    assert (report.date, report.date_basis) == (DAY, DateBasis.GIVEN)
    assert (report.outlet, report.language) == ("Example Wire", "en-GB")
    assert (report.source_id, report.position) == ("u:1", "item 1")
    assert str(report.extractor).startswith("lxml ")


def test_a_message_holds_many_items() -> None:
    first, second = read(message(item(), item(guid="u:2")))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (second.source_id, second.position) == ("u:2", "item 2")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"<inlineXML><nitf xmlns='u'>{BODY}</nitf></inlineXML>", TEXT),
        ("<inlineData>They met.\n\nAll left.</inlineData>", "They met.\n\nAll left."),
        (
            '<inlineData contenttype="text/html">&lt;p>They met.&lt;/p></inlineData>',
            "They met.",
        ),
        ("<inlineXML><story><p>They met.</p></story></inlineXML>", "They met."),
        (f"<remoteContent href='a.jpg'/><inlineXML/>{XHTML}", "They met.\n\nAll left."),
        (
            f"{XHTML}<inlineData>Another rendition.</inlineData>",
            "They met.\n\nAll left.",
        ),
    ],
)
def test_content_of_any_form_is_read(content: str, text: str) -> None:
    assert read_one(item(content)).text == text


def test_version_stands_in_for_the_contents_date() -> None:
    assert read_one(item(described="")).date == dt.date(2022, 1, 30)


def test_headline_of_the_text_stands_in_for_the_items() -> None:
    content = f"<inlineXML><nitf xmlns='u'>{BODY}</nitf></inlineXML>"
    assert read_one(item(content, described="")).title == "Talks end"


@pytest.mark.parametrize(
    ("party", "outlet"),
    [
        ('<provider literal="Example Wire"/>', "Example Wire"),
        ('<provider qcode="np:EW"/>', "EW"),
        ('<provider uri="http://example.org/ew"/>', "http://example.org/ew"),
        ("", None),
    ],
)
def test_outlet_is_the_provider(party: str, outlet: str | None) -> None:
    assert read_one(item(meta=f"<itemMeta>{party}</itemMeta>")).outlet == outlet


def test_holder_of_the_rights_stands_in_for_the_provider() -> None:
    rights = (
        '<rightsInfo><copyrightHolder><name xml:lang="en">Example Wire</name>'
        "</copyrightHolder></rightsInfo>"
    )
    assert read_one(item(meta=rights)).outlet == "Example Wire"


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (
            item(meta=META.replace("usable", "canceled")),
            "the agency has cancelled the item",
        ),
        (
            item(meta=META.replace("stat:usable", "stat:withheld")),
            "the agency withholds the item",
        ),
        (
            item(meta="<itemMeta><embargoed/></itemMeta>"),
            "the item is under an embargo without an end",
        ),
        (
            item("<remoteContent href='a.jpg'/>", META.replace("text", "picture")),
            "the item is a picture and has no text",
        ),
        (
            item("<remoteContent href='a.xml'/>"),
            "the item's text lies elsewhere, at 'a.xml'; name that file",
        ),
        (item(""), "the item has no text"),
        (item("<inlineData encoding='e:base64'>aGVsbG8=</inlineData>"), "the item has"),
        (item("<inlineData contenttype='image/png'>x</inlineData>"), "the item has no"),
    ],
)
def test_what_is_no_report_says_why(xml: str, reason: str) -> None:
    refused = refuse_one(xml)
    assert refused.reason.startswith(reason)
    assert (refused.source_id, refused.position) == ("u:1", "item 1")


def test_an_embargo_with_a_date_is_read() -> None:
    meta = "<itemMeta><embargoed>2999-01-01T00:00:00Z</embargoed></itemMeta>"
    assert read_one(item(meta=meta)).text == "They met.\n\nAll left."


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("packageItem", "a package names other items and has no text of its own"),
        ("conceptItem", "a conceptItem holds what is known about news, not a report"),
    ],
)
def test_items_that_are_not_news_are_refused(name: str, reason: str) -> None:
    refused, report = read(message(f'<{name} guid="u:0"/>', item()))
    assert isinstance(refused, Rejected)
    assert (refused.reason, refused.source_id) == (reason, "u:0")
    assert isinstance(report, Document)
    assert report.position == "item 2"


def test_items_before_a_break_are_read() -> None:
    report, refused = read(message(item(), "</oops>"))
    assert isinstance(report, Document)
    assert isinstance(refused, Rejected)
    assert refused.reason.startswith("it is not XML from here on (")
    assert str(refused.position).startswith("line ")


def test_xml_without_items_is_refused() -> None:
    assert refuse_one("<a><b/></a>").reason.startswith("the file has no news items")


def test_an_nitf_item_becomes_a_report() -> None:
    data = (
        '<date.issue norm="20220129T233000-0500"/>'
        '<doc.copyright holder="Example Wire" year="2022"/>'
    )
    stream = io.BytesIO(nitf(data).encode())
    (report,) = read_nitf(stream, Origin("in/wire.xml", "wire"))
    assert isinstance(report, Document)
    assert (report.text, report.title) == (TEXT, "Talks end")
    assert (report.date, report.outlet) == (DAY, "Example Wire")
    assert (report.source_id, report.position) == ("u:1", "item 1")


def test_nitf_without_a_headline_takes_the_heads_title() -> None:
    body = "<body><body.content><p>They met.</p></body.content></body>"
    assert read_one(nitf(body=body)).title == "Talks"


def test_nitf_with_a_document_type_is_read() -> None:
    marked = nitf().replace(", Jan", " &mdash; Jan")
    xml = f'<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">{marked}'
    assert read_one(xml).text == TEXT.replace(", Jan", " — Jan")


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (nitf().replace("usable", "canceled"), "the agency has cancelled the item"),
        (nitf(body="<body/>"), "the item has no text in its body.content"),
        (
            nitf(body="<body><body.content><media/></body.content></body>"),
            "the item has no text in its body.content",
        ),
    ],
)
def test_nitf_that_is_no_report_says_why(xml: str, reason: str) -> None:
    refused = refuse_one(xml)
    assert (refused.reason, refused.source_id) == (reason, "u:1")


@pytest.mark.parametrize(
    ("status", "withheld"),
    [
        ("stat:canceled", True),
        ("http://cv.iptc.org/newscodes/pubstatusg2/withheld", True),
        ("Canceled", True),
        ("stat:usable", False),
        (None, False),
    ],
)
def test_status_codes_of_any_scheme(status: str | None, withheld: bool) -> None:
    assert (why_withheld(status) is not None) is withheld
