"""NITF 3: what an item says.

The text is what a reader of the printed item sees below its headline: byline and
dateline where they stand, then the paragraphs of the body.
"""

from onrecord.read.columns import Given
from onrecord.read.extractors import extractor
from onrecord.read.layout import Element, local_name, tree_to_text
from onrecord.read.newsstatus import NotAReport, why_withheld
from onrecord.read.stamps import first_day
from onrecord.read.xmlpath import XML_LANG, attribute, find, words

_OPENING = ("byline", "dateline")


def read_nitf_item(nitf: Element) -> Given | NotAReport:
    """Return what a `<nitf>` says, or why it is no report."""
    docdata = find(nitf, "head", "docdata")
    name = attribute(find(docdata, "doc-id"), "id-string")
    withheld = why_withheld(attribute(docdata, "management-status"))
    if withheld:
        return NotAReport(withheld, name)
    text = nitf_text(nitf)
    if not text:
        return NotAReport("the item has no text in its body.content", name)
    pubdata = find(nitf, "head", "pubdata")
    holder = attribute(find(docdata, "doc.copyright"), "holder")
    return Given(
        text=text,
        title=nitf_title(nitf),
        date=first_day(
            attribute(find(docdata, "date.issue"), "norm"),
            attribute(pubdata, "date.publication"),
            attribute(find(docdata, "date.release"), "norm"),
        ),
        outlet=attribute(pubdata, "name") or holder,
        language=attribute(find(nitf, "body"), XML_LANG) or attribute(nitf, XML_LANG),
        id=name,
        extractor=extractor("lxml"),
    )


def nitf_text(nitf: Element) -> str:
    """Return byline and dateline, then the body; "" where the body is empty."""
    content = find(nitf, "body", "body.content")
    body = "" if content is None else tree_to_text(content)
    if not body:
        return ""
    head = find(nitf, "body", "body.head")
    opening = (
        () if head is None else [one for one in head if local_name(one) in _OPENING]
    )
    parts = [tree_to_text(one) for one in opening]
    return "\n\n".join(part for part in (*parts, body) if part)


def nitf_title(nitf: Element) -> str | None:
    """Return the first headline, else the title in the head."""
    headline = find(nitf, "body", "body.head", "hedline", "hl1")
    return words(headline) or words(find(nitf, "head", "title"))
