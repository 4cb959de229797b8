"""NewsML-G2: what a newsItem says."""

from onrecord.read.columns import Given
from onrecord.read.extractors import extractor
from onrecord.read.layout import Element, local_name
from onrecord.read.newscontent import content_text, content_title
from onrecord.read.newsstatus import NotAReport, last_part, why_withheld
from onrecord.read.origin import quoted
from onrecord.read.stamps import first_day
from onrecord.read.xmlpath import XML_LANG, attribute, children, find, words

_INLINE = ("inlineXML", "inlineData")
_TEXT = ("", "text", "composite")  # item classes that should have a text


def read_item(item: Element) -> Given | NotAReport:
    """Return what an item says, or why it is no report."""
    name = attribute(item, "guid")
    meta, content = find(item, "itemMeta"), find(item, "contentMeta")
    reason = _why_not(item, meta)
    if reason:
        return NotAReport(reason, name)
    held_in = find(item, "contentSet")
    parts = [] if held_in is None else [part for part in held_in if local_name(part)]
    # What a content set holds are renditions of one text: the first that has words.
    held = ((part, _text(part)) for part in parts if local_name(part) in _INLINE)
    part, text = next((one for one in held if one[1]), (None, ""))
    if part is None:
        return NotAReport(_why_empty(meta, parts), name)
    return Given(
        text=text,
        title=words(find(content, "headline"))
        or words(find(meta, "title"))
        or content_title(part),
        date=first_day(
            words(find(content, "contentCreated")),
            words(find(meta, "versionCreated")),
            words(find(meta, "firstCreated")),
        ),
        outlet=_party(find(meta, "provider"))
        or _party(find(item, "rightsInfo", "copyrightHolder"))
        or _party(find(content, "infoSource")),
        language=attribute(find(content, "language"), "tag")
        or attribute(part, XML_LANG)
        or attribute(item, XML_LANG),
        id=name,
        extractor=extractor("lxml"),
    )


def _why_not(item: Element, meta: Element | None) -> str | None:
    kind = local_name(item)
    if kind == "packageItem":
        return "a package names other items and has no text of its own"
    if kind != "newsItem":
        return f"a {kind} holds what is known about news, not a report"
    embargo = find(meta, "embargoed")
    if embargo is not None and not words(embargo):
        return "the item is under an embargo without an end"
    return why_withheld(attribute(find(meta, "pubStatus"), "qcode", "uri"))


def _text(part: Element) -> str:
    if attribute(part, "encoding", "encodinguri"):
        return ""
    kind = attribute(part, "contenttype")
    return content_text(part, kind)


def _why_empty(meta: Element | None, parts: list[Element]) -> str:
    kind = last_part(attribute(find(meta, "itemClass"), "qcode", "uri"))
    if kind not in _TEXT:
        return f"the item is a {kind[:20]} and has no text"
    elsewhere = next((p for p in parts if local_name(p) == "remoteContent"), None)
    href = attribute(elsewhere, "href")
    if href:
        return f"the item's text lies elsewhere, at {quoted(href)}; name that file"
    return "the item has no text"


def _party(party: Element | None) -> str | None:
    """Return a party's name, else what it is called in the agency's codes."""
    if party is None:
        return None
    names = (words(name) for name in children(party, "name"))
    code = attribute(party, "qcode")
    return (
        next((name for name in names if name), None)
        or attribute(party, "literal")
        or (code.rpartition(":")[2] if code else None)
        or attribute(party, "uri")
    )
