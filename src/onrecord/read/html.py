"""Web pages: one report a page."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.model.document import DateBasis, Document, Rejected
from onrecord.read.build import build_document
from onrecord.read.columns import Given
from onrecord.read.dates import find_date
from onrecord.read.html_text import DAMAGED, decode_page
from onrecord.read.limits import Limits, beyond
from onrecord.read.origin import Origin, reject

_WEB = ("http://", "https://")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")  # which parsers of HTML stop at


def read_html(
    stream: BinaryIO, origin: Origin, limits: Limits
) -> Iterator[Document | Rejected]:
    """Yield the one report of a web page, or why it holds none."""
    raw = stream.read(limits.page_bytes + 1)
    try:
        if len(raw) > limits.page_bytes:
            found = f"the page has more than {limits.page_bytes:,} bytes"
            raise ValueError(beyond(limits, "page_bytes", found))
        given = read_page(
            raw,
            limits,
            url=origin.file if origin.file.startswith(_WEB) else None,
        )
    except ValueError as err:
        yield reject(origin, str(err), source_id=origin.stem)
        return
    yield build_document(
        given, origin, source_id=origin.stem, alone=True, limits=limits
    )


def read_page(
    raw: bytes,
    limits: Limits,
    *,
    charset: str | None = None,
    url: str | None = None,
) -> Given:
    """Return what a page says: its report's text and what it tells of it.

    `charset` is what the server called its encoding, `url` the address it was found
    at. Raises `ValueError` with the reason when the page holds no report.
    """
    from onrecord.read.html_article import extractor_name, find_article
    from onrecord.read.html_dates import find_visible_date
    from onrecord.read.html_facts import read_facts
    from onrecord.read.html_tree import parse_page

    html = _CONTROLS.sub("", decode_page(raw, charset))
    tree = parse_page(html, limits)
    facts = read_facts(tree, url=url)
    text = find_article(tree, facts)
    if DAMAGED in text and DAMAGED.encode() not in raw:
        raise ValueError(
            "the report has bytes that are not in the page's encoding; get the page "
            "again, or save it as UTF-8"
        )
    date = facts.published
    if date is None and find_date("", facts.url, None)[0] is None:
        date = find_visible_date(tree)
    return Given(
        text=text,
        title=facts.title,
        date=date,
        url=facts.url,
        outlet=facts.outlet,
        language=facts.language,
        extractor=extractor_name(),
        date_basis=DateBasis.HTML if date else None,
    )
