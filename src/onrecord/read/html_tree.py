"""Text of a page as a tree of elements."""

import lxml.html  # type: ignore[import-untyped]
from lxml import etree

from onrecord.read.html_guard import SMALL, check_markup
from onrecord.read.limits import Limits, beyond


def parse_page(html: str, limits: Limits) -> lxml.html.HtmlElement:
    """Return the tree of a page, however broken; nothing that it names is fetched.

    Raises `ValueError` with a reason for what is no page.
    """
    if not html.strip():
        raise ValueError("the page is empty; get it again")
    check_markup(html, limits)
    # Told the encoding, the parser passes over what the page declares.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        tree = lxml.html.document_fromstring(
            html.encode("utf-8", "replace"), parser=parser
        )
    except (etree.ParserError, etree.XMLSyntaxError) as err:
        raise ValueError(
            f"the page cannot be parsed ({err}); save the report's text as plain text"
        ) from err
    most = limits.page_children
    if len(html) > SMALL and any(len(one) > most for one in tree.iter("*")):
        found = f"an element of the page has more than {most:,} others in it"
        raise ValueError(beyond(limits, "page_children", found))
    return tree
