"""Markup -> plain text: what a reader sees, with its paragraphs and lines.

White space is laid out as a browser lays it out. Blocks stand apart by a blank line;
`<br>`, list items and table cells begin a line. Left out are scripts, styles, forms,
pictures and their captions, and what is marked as hidden. No text is changed.
"""

import functools
import html
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, TypeAlias

import msgspec

from onrecord.read.charset import mark_surrogates, unmark_surrogates

Element: TypeAlias = Any  # one of lxml's, which has no types

_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLANK = re.compile(r"\r?\n[ \t\r]*\n\s*")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b")
_LINE, _PARAGRAPH = 1, 2  # line ends that are owed before the next word


class _Elements(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `data/read/layout.toml`."""

    id: str
    origin: str
    blocks: frozenset[str]
    lines: frozenset[str]
    left_out: frozenset[str]


@functools.cache
def _load_elements() -> _Elements:
    path = files("onrecord") / "data" / "read" / "layout.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return msgspec.convert(raw, type=_Elements)


def html_to_text(fragment: str) -> str:
    """Return the text of a page or a piece of one; "" when nothing can be read.

    >>> html_to_text("<p>They met.</p><ul><li>Talks&nbsp;ended<li>All left</ul>")
    'They met.\\n\\nTalks\\xa0ended\\nAll left'
    """
    from lxml import etree  # type: ignore[import-untyped]

    # Given as UTF-8, so that no encoding named inside has a say.
    raw = mark_surrogates(fragment).encode()
    parser = etree.HTMLParser(target=_HtmlTarget(), encoding="utf-8", huge_tree=True)
    parser.feed(raw)
    if not raw.strip():
        return ""
    return unmark_surrogates(str(parser.close()), fragment)


def tree_to_text(element: Element) -> str:
    """Return the text of an XML element that holds XHTML or NITF."""
    flow = _Flow()
    _walk_inside(element, flow)
    return flow.finish()


def plain_to_text(text: str) -> str:
    """Return text without markup whose white space says nothing but for blank lines."""
    paragraphs = (_SPACE.sub(" ", part).strip(" ") for part in _BLANK.split(text))
    return "\n\n".join(part for part in paragraphs if part)


def in_one_line(text: str) -> str | None:
    """Return a title in one line, None when there is none."""
    return " ".join(text.split()) or None


def local_name(element: Element) -> str:
    """Return an element's name without its namespace, "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Flow:
    """Lay out text as it comes, between starts and ends of elements."""

    def __init__(self) -> None:
        self._elements = _load_elements()
        self._parts: list[str] = []
        self._owed = 0
        self._space = False
        self._out = 0  # how deep we are in what is left out
        self._kept = 0  # how deep we are in what keeps its white space
        self._raised = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._out or self._is_left_out(name, attributes):
            self._out += 1
            return
        self._kept += name == "pre"
        # 10<sup>6</sup> is not 106.
        self._raised = name in ("sup", "sub")
        if name == "br":
            self._break(min(self._owed + 1, _PARAGRAPH))
        else:
            self._edge(name)

    def end(self, name: str) -> None:
        if self._out:
            self._out -= 1
            return
        self._kept -= name == "pre"
        self._edge(name)

    def text(self, data: str) -> None:
        if self._out:
            return
        if self._kept:
            self._emit(data)
            return
        spaced = _SPACE.sub(" ", data)
        core = spaced.strip(" ")
        self._space = self._space or spaced.startswith(" ")
        if not core.strip() and (self._owed or not self._parts):
            return  # nothing but non-breaking space makes no line
        if core:
            self._emit(core)
            self._space = spaced.endswith(" ")

    def finish(self) -> str:
        return "".join(self._parts).strip()

    def _is_left_out(self, name: str, attributes: Mapping[str, str]) -> bool:
        return name in self._elements.left_out or _is_hidden(attributes)

    def _edge(self, name: str) -> None:
        if name in self._elements.blocks:
            self._break(_PARAGRAPH)
        elif name in self._elements.lines:
            self._break(_LINE)

    def _break(self, lines: int) -> None:
        self._owed = max(self._owed, lines)
        self._space = False

    def _emit(self, words: str) -> None:
        if self._parts and self._owed:
            self._parts.append("\n" * self._owed)
        elif self._parts and (self._space or self._is_power(words)):
            self._parts.append(" ")
        self._parts.append(words)
        self._owed = 0
        self._space = self._raised = False

    def _is_power(self, words: str) -> bool:
        return self._raised and words[:1].isdigit() and self._parts[-1][-1:].isdigit()


class _HtmlTarget:
    """What lxml's parser calls; builds no tree, so depth costs nothing."""

    def __init__(self) -> None:
        self._flow = _Flow()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._flow.start(tag, attributes)
        if tag == "q":
            self._flow.text("“")

    def end(self, tag: str) -> None:
        if tag == "q":
            self._flow.text("”")
        self._flow.end(tag)

    def data(self, data: str) -> None:
        self._flow.text(data)

    def close(self) -> str:
        return self._flow.finish()


def _walk_inside(element: Element, flow: _Flow) -> None:
    """Lay out what an element holds; its depth is bounded where it was parsed."""
    flow.text(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            flow.start(local_name(child), child.attrib)
            _walk_inside(child, flow)
            flow.end(local_name(child))
        elif (child.text or "").startswith("&"):
            flow.text(html.unescape(child.text or ""))  # of a DTD that is not read
        flow.text(child.tail or "")


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    style = attributes.get("style")
    return "hidden" in attributes or bool(
        style and _HIDDEN_STYLE.search(style.lower()[:1000])
    )
