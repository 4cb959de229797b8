"""News items of agencies: NewsML-G2, NewsML 1 and NITF; one report an item.

Items that their agency has withheld or cancelled are refused, as are those under an
embargo without an end. What an embargo with a date forbids is publishing, so such an
item is read; no clock decides what a record holds.
"""

from collections.abc import Iterator
from typing import BinaryIO

from onrecord.model.document import Document, Rejected
from onrecord.read.build import build_document
from onrecord.read.columns import Given
from onrecord.read.layout import Element, local_name
from onrecord.read.limits import DEFAULT_LIMITS, Limits
from onrecord.read.newsitem import read_item
from onrecord.read.newsml1 import read_components
from onrecord.read.newsstatus import NotAReport
from onrecord.read.nitf import read_nitf_item
from onrecord.read.origin import Origin, reject
from onrecord.read.xml import BrokenXml, iter_elements

_ITEMS = frozenset(
    [
        *("newsItem", "packageItem"),
        *("conceptItem", "knowledgeItem", "planningItem", "catalogItem"),
        *("NewsItem", "nitf"),
    ]
)


def read_newsml(
    stream: BinaryIO, origin: Origin, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Document | Rejected]:
    """Yield the reports of a NewsML-G2 or NewsML 1 file, item by item.

    Without an id of its own a report is called by the file and its place: `wire#2`.
    """
    number = 0
    try:
        for element in iter_elements(stream, _ITEMS, limits):
            number += 1
            if isinstance(element, BrokenXml):
                name = f"{origin.stem}#{number}"
                position = f"item {number}"
                yield reject(origin, str(element), position=position, source_id=name)
                continue
            yield from _read_element(element, origin, number, limits)
    except BrokenXml as err:
        yield reject(origin, str(err), position=err.position)
        return
    if not number:
        yield reject(origin, "the file has no news items; name NewsML or NITF")


def read_nitf(
    stream: BinaryIO, origin: Origin, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Document | Rejected]:
    """Yield the report of an NITF file; several in one wrapper are read as well."""
    yield from read_newsml(stream, origin, limits)


def _read_element(
    element: Element, origin: Origin, number: int, limits: Limits
) -> Iterator[Document | Rejected]:
    """Yield the reports of one item; NewsML 1 may have several in it."""
    item, source_id = f"item {number}", f"{origin.stem}#{number}"
    name = local_name(element)
    if name == "NewsItem":
        parts = tuple(read_components(element))
    else:
        parts = (read_nitf_item(element) if name == "nitf" else read_item(element),)
    for count, part in enumerate(parts, 1):
        several = len(parts) > 1
        position = f"{item}, component {count}" if several else item
        called = f"{source_id}.{count}" if several else source_id
        if isinstance(part, NotAReport):
            name = part.id or called
            yield reject(origin, part.reason, position=position, source_id=name)
        else:
            yield _build(part, origin, position, called, limits)


def _build(
    given: Given, origin: Origin, position: str, source_id: str, limits: Limits
) -> Document | Rejected:
    return build_document(
        given, origin, position=position, source_id=source_id, limits=limits
    )
