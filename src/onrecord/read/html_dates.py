"""Find the visible date of a page that declares none.

First in a `time` element, else by the library, which looks at elements made for dates.
Before that everything goes that does not belong to the report (the site's header with
today's date, related stories, comments, footers with a year of copyright), and what
tells of a later change.
"""

import copy
import datetime as dt
import re

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from onrecord.read.dates import parse_date
from onrecord.read.html_article import LIBRARY_ERRORS, silence_libraries
from onrecord.read.html_facts import load_page_words

EARLIEST, LATEST = "1980-01-01", "2100-12-31"  # the clock has no say
_NOT_THE_REPORT = ("script", "style", "nav", "aside", "footer", "form", "noscript")
_DECLARING = ("meta", "link", "base")  # heard already, or telling of changes
# Day or month first? It cannot be told, so it is not read.
_AMBIGUOUS = re.compile(r"(?<!\d)\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)")
_NAME = re.compile(r"[a-z]+(?:-[a-z]+)?")


def find_visible_date(tree: HtmlElement) -> dt.date | None:
    """Return the day that the page shows as the report's, None when it shows none."""
    from htmldate import find_date

    silence_libraries()
    pruned = _prune(tree)
    for element in pruned.iter("time"):
        date = parse_date(element.get("datetime") or element.text_content())
        if date:
            return date
    for element in pruned.iter("*"):
        element.text = _AMBIGUOUS.sub("", element.text or "")
        element.tail = _AMBIGUOUS.sub("", element.tail or "")
    try:
        found = find_date(
            pruned,
            extensive_search=False,
            original_date=True,
            min_date=EARLIEST,
            max_date=LATEST,
        )
    except LIBRARY_ERRORS:
        return None
    return parse_date(found)


def _prune(tree: HtmlElement) -> HtmlElement:
    """Return a copy of what belongs to the report."""
    pruned = copy.deepcopy(_main_part(tree))
    pruned.tail = None
    for element in [*pruned.iter(*_NOT_THE_REPORT, *_DECLARING)]:
        _drop(element)
    for element in [*pruned.iter("header")]:
        if element.find(".//h1") is None:
            _drop(element)
    for element in [*pruned.iter("*")]:
        if _is_around(element) or _tells_a_change(element):
            _drop(element)
    return pruned


def _main_part(tree: HtmlElement) -> HtmlElement:
    """Return the article that the main heading stands in, else the whole page."""
    for heading in tree.iter("h1"):
        for around in heading.iterancestors("article", "main"):
            return around
    return tree


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _is_around(element: HtmlElement) -> bool:
    if element.tag in ("body", "html", "main", "article"):
        return False
    marks = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    words = {*marks.split(), *_NAME.findall(marks)}
    return not words.isdisjoint(load_page_words().around)


def _tells_a_change(element: HtmlElement) -> bool:
    if element.get("itemprop") == "dateModified":
        return True
    if len(element) > 3 or not element.text:
        return False
    shown = str(element.text).strip().lower()
    return shown.startswith(load_page_words().changed)
