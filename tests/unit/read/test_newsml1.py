"""NewsML 1: a report for each component that has a text."""

import datetime as dt
import io

import pytest

from onrecord.model.document import Document, Rejected
from onrecord.read.newsml import read_newsml
from onrecord.read.origin import Origin

STORY = """<NewsComponent><NewsLines><HeadLine>Talks end</HeadLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="Example Wire"/></Provider>
</AdministrativeMetadata><DescriptiveMetadata><Language FormalName="en"/>
</DescriptiveMetadata>{content}</NewsComponent>"""
NITF = """<ContentItem><DataContent><nitf><body><body.content><p>They met.</p>
</body.content></body></nitf></DataContent></ContentItem>"""


def newsml(components: str, status: str = "Usable") -> str:
    return f"""<NewsML><Catalog Href="http://127.0.0.1:9/catalog"/>
<NewsEnvelope><DateAndTime>20220201T000000Z</DateAndTime></NewsEnvelope>
<NewsItem xml:lang="en-US"><Identification><NewsIdentifier>
<ProviderId>example.org</ProviderId><DateId>20220128</DateId><NewsItemId>7</NewsItemId>
<PublicIdentifier>urn:newsml:7</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20220128T100000Z</FirstCreated>
<ThisRevisionCreated>20220129T233000-0500</ThisRevisionCreated>
<Status FormalName="{status}"/></NewsManagement>{components}</NewsItem></NewsML>"""


def read(xml: str) -> list[Document | Rejected]:
    stream = io.BytesIO(xml.encode())
    return list(read_newsml(stream, Origin("in/wire.xml", "wire")))


def test_an_item_becomes_a_report() -> None:
    (report,) = read(newsml(STORY.format(content=NITF)))
    assert isinstance(report, Document)
    assert (report.text, report.title) == ("They met.", "Talks end")
    assert (report.date, report.outlet) == (dt.date(2022, 1, 29), "Example Wire")
    assert (report.source_id, report.language) == ("urn:newsml:7", "en")
    assert report.position == "item 1"


@pytest.mark.parametrize(
    "content",
    [
        "<ContentItem><DataContent>They met.</DataContent></ContentItem>",
        (
            '<ContentItem><MediaType FormalName="Text"/><DataContent>They met.'
            "</DataContent></ContentItem>"
        ),
        (
            '<ContentItem><Format FormalName="text/html"/><DataContent><![CDATA[<p>'
            "They met.</p>]]></DataContent></ContentItem>"
        ),
        (
            "<ContentItem><DataContent><html><head><title>x</title></head><body><p>"
            "They met.</p></body></html></DataContent></ContentItem>"
        ),
        (
            f"<ContentItem Href='a.jpg'/>{NITF}<ContentItem><DataContent>Another form."
            "</DataContent></ContentItem>"
        ),
    ],
)
def test_content_of_any_form_is_read(content: str) -> None:
    (report,) = read(newsml(STORY.format(content=content)))
    assert isinstance(report, Document)
    assert report.text == "They met."


def test_components_in_one_another_are_reports_of_their_own() -> None:
    inner = STORY.format(content=NITF)
    other = "<NewsComponent>" + NITF.replace("met", "left") + "</NewsComponent>"
    outer = "<NewsLines><HeadLine>All of it</HeadLine></NewsLines>"
    xml = newsml(f"<NewsComponent>{outer}{inner}{other}</NewsComponent>")
    first, second = read(xml)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.text, first.title) == ("They met.", "Talks end")
    assert (second.text, second.title) == ("They left.", "All of it")
    assert (first.position, second.position) == (
        "item 1, component 1",
        "item 1, component 2",
    )
    assert (second.outlet, second.language) == ("example.org", "en-US")


def test_captions_are_no_reports() -> None:
    caption = f'<NewsComponent><Role FormalName="Caption"/>{NITF}</NewsComponent>'
    (refused,) = read(newsml(caption))
    assert isinstance(refused, Rejected)
    assert (refused.reason, refused.source_id) == (
        "the item has no text",
        "urn:newsml:7",
    )


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("Canceled", "the agency has cancelled the item"),
        ("Withheld", "the agency withholds the item"),
    ],
)
def test_withheld_items_are_refused(status: str, reason: str) -> None:
    (refused,) = read(newsml(STORY.format(content=NITF), status))
    assert isinstance(refused, Rejected)
    assert refused.reason == reason
