"""Text of a page as a tree of elements."""

import lxml.html  # type: ignore[import-untyped]
from lxml import etree

from onrecord.read.html_guard import SMALL, check_markup

MAX_CHILDREN = 5_000  # of one element; the extraction's time grows with their square


def parse_page(html: str) -> lxml.html.HtmlElement:
    """Return the tree of a page, however broken; nothing that it names is fetched.

    Raises `ValueError` with a reason for what is no page.
    """
    if not html.strip():
        raise ValueError("the page is empty; get it again")
    check_markup(html)
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
    if len(html) > SMALL and any(len(one) > MAX_CHILDREN for one in tree.iter("*")):
        raise ValueError(
            f"an element of the page has more than {MAX_CHILDREN:,} others in it, too "
            "many to find the report among them; save the report's text as plain text"
        )
    return tree
