"""Which pages the entries of a feed link to, and what the entries say of them."""

import codecs
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

import msgspec

from onrecord.model.document import DateBasis, Document, make_doc_id
from onrecord.read.fetch_policy import is_address
from onrecord.read.jsonfeed import Unread, read_json_entries
from onrecord.read.layout import html_to_text, in_one_line
from onrecord.read.stamps import first_day


class Link(msgspec.Struct, frozen=True):
    """The page of an entry; title, date and outlet as the feed has them."""

    url: str
    title: str | None = None
    date: dt.date | None = None
    outlet: str | None = None


def find_links(raw: bytes, *, base: str) -> Mapping[str, Link]:
    """Return the page of each entry that names one, by position ("entry 3").

    `base` is the feed's own address, which links may leave out.
    """
    raw = raw.removeprefix(codecs.BOM_UTF8)
    is_json = raw.lstrip()[:1] == b"{"
    entries = _json_entries(raw) if is_json else _xml_entries(raw)
    return {
        f"entry {number}": msgspec.structs.replace(link, url=url)
        for number, link in enumerate(entries, 1)
        if link and (url := _absolute(base, link.url))
    }


def add_link(page: Document, link: Link) -> Document:
    """Return a page with what its entry says where the page says nothing."""
    date, basis = page.date, page.date_basis
    if date is None and link.date is not None:
        date, basis = link.date, DateBasis.GIVEN
    outlet = page.outlet or link.outlet
    return msgspec.structs.replace(
        page,
        doc_id=make_doc_id(page.text, date, outlet),
        date=date,
        date_basis=basis,
        title=page.title or link.title,
        outlet=outlet,
    )


def _json_entries(raw: bytes) -> Iterator[Link | None]:
    for entry in read_json_entries(raw.decode("utf-8", "replace")):
        if isinstance(entry, Unread):
            yield None
            continue
        yield _link(entry.url, entry.title, entry.date, entry.outlet)


def _xml_entries(raw: bytes) -> Iterator[Link | None]:
    import feedparser  # type: ignore[import-untyped]

    # A stream, never a string: that might be taken for an address and fetched.
    parsed = feedparser.parse(io.BytesIO(raw), resolve_relative_uris=False)
    for entry in parsed["entries"]:
        source = dict.get(entry, "source") or parsed["feed"]
        yield _link(
            _page_of(entry),
            dict.get(entry, "title"),
            first_day(dict.get(entry, "published"), dict.get(entry, "updated")),
            dict.get(source, "title"),
        )


def _page_of(entry: dict[str, Any]) -> str | None:
    """Return the address of an entry's page; an id is one only if it looks like one."""
    url = dict.get(entry, "link")
    hrefs = [one.get("href") for one in dict.get(entry, "links") or ()]
    return url if url in hrefs or is_address(url) else None


def _link(url: object, title: object, date: object, outlet: object) -> Link | None:
    if not isinstance(url, str) or not url.strip():
        return None
    return Link(
        url=url.strip(),
        title=_line(title),
        date=date if isinstance(date, dt.date) else None,
        outlet=_line(outlet),
    )


def _line(markup: object) -> str | None:
    return in_one_line(html_to_text(markup)) if isinstance(markup, str) else None


def _absolute(base: str, url: str) -> str | None:
    try:
        found = urljoin(base, url).partition("#")[0]
    except ValueError:
        return None
    return found if is_address(found) else None
