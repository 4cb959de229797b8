"""Read XML safely, item by item.

No entity is expanded, no DTD, file or address is opened, XInclude is text like any
other. Depth, size and number of elements are limited, and what has been handed out is
let go, so that a long file needs no more memory than its largest item.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.read.layout import Element, local_name
from onrecord.read.limits import Limits, beyond

MAX_ELEMENTS = 100_000  # of one item; a long report has some hundred
_CHUNK = 64 * 1024
_DECLARATION = re.compile(rb"""\s*<\?xml[^>]*encoding\s*=\s*["'](?P<name>[^"']+)""")
_WIDE = re.compile(rb"(?i)utf-?16|utf-?32|ucs|unicode|iso-10646")


class BrokenXml(ValueError):
    """Say why XML is read no further, and where ("line 12")."""

    def __init__(self, reason: str, position: str | None = None) -> None:
        super().__init__(reason)
        self.position = position


def iter_elements(
    stream: BinaryIO, names: frozenset[str], limits: Limits
) -> Iterator["Element | BrokenXml"]:
    """Yield each outermost element of one of these local names, whole.

    It may be looked into until the next one is asked for. In place of one beyond the
    limits the reason is given. Raises `BrokenXml` where nothing more can be read.
    """
    from lxml import etree  # type: ignore[import-untyped]

    watch = _Watch(names, limits)
    parser: Any = None
    while chunk := stream.read(_CHUNK):
        if parser is None:
            parser = etree.XMLPullParser(
                events=("start", "end"),
                encoding=_override(chunk),
                resolve_entities=False,
                attribute_defaults=False,
                load_dtd=False,
                no_network=True,
                huge_tree=False,
            )
        watch.count(len(chunk))
        yield from _feed(parser, chunk, watch)
    if parser is None:
        raise BrokenXml("it is empty")
    try:
        parser.close()
    except etree.XMLSyntaxError as err:
        raise _broken(err) from err


def _feed(
    parser: Any, chunk: bytes, watch: "_Watch"
) -> Iterator["Element | BrokenXml"]:
    """Yield what ends in this chunk, also where it breaks off behind."""
    from lxml import etree

    broken: Any = None
    try:
        parser.feed(chunk)
    except etree.XMLSyntaxError as err:
        broken = err
    for event, element in parser.read_events():
        if event == "start":
            watch.start(element)
            continue
        if watch.end(element):
            yield watch.refused or element
            watch.refused = None
        elif watch.inside and not watch.refused:
            continue
        _let_go(element)
    if broken:
        raise _broken(broken) from broken


class _Watch:
    """Keep count of what has been read, against the limits.

    `refused`: why the item that we are in, or that just ended, is not taken.
    """

    def __init__(self, names: frozenset[str], limits: Limits) -> None:
        self.refused: BrokenXml | None = None
        self._names = names
        self._limits = limits
        self._depth = 0
        self._item_depth = 0  # 0: outside
        self._item_start = 0
        self._bytes = 0
        self._elements = 0

    @property
    def inside(self) -> bool:
        return self._item_depth > 0

    def count(self, size: int) -> None:
        self._bytes += size
        if self._bytes > self._limits.xml_bytes:
            found = f"the file has more than {self._limits.xml_bytes:,} bytes of XML"
            raise BrokenXml(beyond(self._limits, "xml_bytes", found))
        if self.inside and self._bytes - self._item_start > self._limits.page_bytes:
            found = f"the item has more than {self._limits.page_bytes:,} bytes"
            self._refuse(beyond(self._limits, "page_bytes", found))

    def start(self, element: Element) -> None:
        if not self._depth:
            _refuse_entities(element)
        self._depth += 1
        self._elements += 1
        if not self.inside and local_name(element) in self._names:
            self._item_depth = self._depth
            self._item_start = self._bytes
            self._elements = 0
        if self._depth > self._limits.xml_depth:
            found = f"elements lie {self._depth:,} deep in one another"
            self._refuse(beyond(self._limits, "xml_depth", found))
        if self._elements > 2 * MAX_ELEMENTS:
            raise BrokenXml("an item goes on for too long; what follows is not read")
        if self._elements > MAX_ELEMENTS:
            self._refuse(
                f"the item has more than {MAX_ELEMENTS:,} elements; it is no report"
            )

    def end(self, element: Element) -> bool:
        """Tell whether a wanted element ends here."""
        self._depth -= 1
        if self._item_depth == self._depth + 1:
            self._item_depth = self._elements = 0
            return True
        if not self.inside:
            self._elements = 0
        return False

    def _refuse(self, reason: str) -> None:
        """Keep the first reason for the item; outside of one, read no further."""
        if not self.inside:
            raise BrokenXml(reason)
        self.refused = self.refused or BrokenXml(reason)


def _let_go(element: Element) -> None:
    """Free an element that is done, and what stood before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_entities(root: Element) -> None:
    """Raise where a document declares entities of its own: bombs, or files to open."""
    dtd = root.getroottree().docinfo.internalDTD
    names = [entity.name for entity in dtd.iterentities()] if dtd is not None else []
    if names:
        raise BrokenXml(
            f"it declares entities of its own ({names[0]!r:.60}), which are not "
            "expanded; write the text out in their place"
        )


def _override(head: bytes) -> str | None:
    """Return "utf-8" where the file says UTF-16 and is not (it has been recoded)."""
    named = _DECLARATION.match(head)
    return "utf-8" if named and _WIDE.match(named["name"]) else None


def _broken(err: Any) -> BrokenXml:
    reason = re.sub(r", line \d+, column \d+.*", "", err.msg or "cut short")
    return BrokenXml(
        f"it is not XML from here on ({reason[:100]}); have it written again",
        f"line {err.lineno}" if err.lineno else None,
    )
