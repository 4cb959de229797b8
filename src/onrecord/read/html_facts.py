"""What a web page says of itself: title, date, outlet, address, language, kind.

Heard in JSON-LD, in meta elements (Open Graph and others) and in microdata.
"""

import datetime as dt
import functools
import html
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from onrecord.read.dates import parse_date

MAX_NAME = 300  # characters of a title or outlet; longer ones are no names
MAX_ARTICLES = 2  # with more, in JSON-LD, the page is a list of them
MAX_OBJECTS = 1_000  # of JSON-LD that are looked at
_SPACE = re.compile(r"\s+")
_BEFORE_OUTLET = re.compile(r"\s+[|–—·•»›-]\s+")
_FREE = {"false": False, "no": False, "0": False, "true": True, "yes": True, "1": True}


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by which something is known, in lower case, and texts that are it."""

    phrases: tuple[str, ...]
    examples: tuple[str, ...]


class PageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `data/read/webpages.toml`."""

    id: str
    origin: str
    published: tuple[str, ...]
    article_types: frozenset[str]
    around: tuple[str, ...]
    changed: tuple[str, ...]
    missing: Phrases
    wall: Phrases
    consent: Phrases


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a page declares. Absent is None."""

    title: str | None = None
    published: dt.date | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    is_article: bool = False
    is_free: bool | None = None


@functools.cache
def load_page_words() -> PageWords:
    """Return the words by which pages are read; loaded once."""
    path = files("onrecord") / "data" / "read" / "webpages.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return msgspec.convert(raw, type=PageWords)


def read_facts(tree: HtmlElement, *, url: str | None = None) -> Facts:
    """Return what a page declares; `url` is the address that it was found at."""
    metas = _read_metas(tree)
    objects = tuple(_linked_data(tree))
    articles = [one for one in objects if _is_article_type(one.get("@type"))]
    if len(articles) > MAX_ARTICLES:
        articles = []
    article = articles[0] if articles else {}
    address = _read_address(tree, metas, url)
    return Facts(
        title=_read_title(tree, metas, article),
        published=_read_published(tree, metas, articles),
        outlet=_read_outlet(tree, metas, article) or host_of(address),
        url=address,
        language=_read_language(tree, metas, article),
        is_article=bool(articles)
        or metas.get("og:type", "").lower() == "article"
        or "article:published_time" in metas
        or _has_microdata_article(tree),
        is_free=_FREE.get(str(article.get("isAccessibleForFree")).lower()),
    )


def plain(value: object) -> str | None:
    """Return a name as one line of text, None when it is none or too long."""
    if not isinstance(value, str):
        return None
    line = _SPACE.sub(" ", value).strip()
    return line if 0 < len(line) <= MAX_NAME else None


def host_of(address: str | None) -> str | None:
    """Return the name of the host of an address, without "www.", None if it has none.

    >>> host_of("https://www.courier.example/news")
    'courier.example'
    """
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return (host or "").removeprefix("www.") or None


def _read_metas(tree: HtmlElement) -> Mapping[str, str]:
    """Return the contents of the meta elements by name; of several, the first."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            name = (meta.get(key) or "").strip().lower()
            inside = key == "itemprop" and _is_inside_scope(meta)
            if name and content and not inside:
                metas.setdefault(name, content)
    return metas


def _is_inside_scope(meta: HtmlElement) -> bool:
    """Tell whether a property is that of some thing on the page, not of the page."""
    scope = next(meta.iterancestors("*"), None)
    return scope is not None and scope.tag not in ("head", "body", "html")


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of JSON-LD that the page is about, not those it lists."""
    left = MAX_OBJECTS
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        pending = _decode_json(script.text or "")
        while pending and left:
            value = pending.pop(0)
            left -= 1
            if isinstance(value, list):
                pending.extend(value)
            elif isinstance(value, dict):
                yield value
                pending.extend((value.get("@graph"), value.get("mainEntity")))


def _decode_json(text: str) -> list[Any]:
    """Return the values of a script, none when it is no JSON.

    The lenient second look takes line breaks in strings, which many sites write.
    """
    stripped = text.strip().rstrip(";")
    try:
        return [msgspec.json.decode(stripped)]
    except (ValueError, RecursionError):
        pass
    try:
        return [json.loads(stripped, strict=False)]
    except (ValueError, RecursionError):
        return []


def _is_article_type(value: object) -> bool:
    types = value if isinstance(value, list) else [value]
    known = load_page_words().article_types
    return any(
        isinstance(one, str) and one.rpartition("/")[2].lower() in known
        for one in types
    )


def _has_microdata_article(tree: HtmlElement) -> bool:
    scoped = tree.xpath("//*[@itemscope]/@itemtype")
    return sum(map(_is_article_type, scoped)) == 1


def _read_title(
    tree: HtmlElement, metas: Mapping[str, str], article: Mapping[str, Any]
) -> str | None:
    """Return the headline: declared, else the one main heading, else the title."""
    headings = [plain(one.text_content()) for one in tree.iter("h1")]
    declared = _unescaped(article.get("headline")) or plain(metas.get("og:title"))
    if declared or (len(headings) == 1 and headings[0]):
        return declared or headings[0]
    title = next(tree.iter("title"), None)
    whole = plain(title.text_content()) if title is not None else None
    return _BEFORE_OUTLET.split(whole)[0] if whole else None


def _read_published(
    tree: HtmlElement, metas: Mapping[str, str], articles: list[dict[str, Any]]
) -> dt.date | None:
    """Return the declared day of publication, never that of a change."""
    for article in articles:
        date = parse_date(article.get("datePublished"))
        if date:
            return date
    for name in load_page_words().published:
        date = parse_date(metas.get(name))
        if date:
            return date
    marked = tree.xpath(
        "//*[@itemprop='datePublished' or contains(@property, 'datePublished')]"
    )
    for one in marked:
        values = (one.get("content"), one.get("datetime"), one.text_content())
        date = next(filter(None, map(parse_date, values)), None)
        if date:
            return date
    return None


def _read_outlet(
    tree: HtmlElement, metas: Mapping[str, str], article: Mapping[str, Any]
) -> str | None:
    publisher = article.get("publisher")
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else None
    if isinstance(publisher, dict):
        publisher = publisher.get("name")
    marked = tree.xpath("//*[@itemprop='publisher']//*[@itemprop='name']")[:1]
    return (
        plain(metas.get("og:site_name"))
        or _unescaped(publisher)
        or next(
            (plain(one.get("content") or one.text_content()) for one in marked), None
        )
    )


def _unescaped(value: object) -> str | None:
    """Return a name out of JSON-LD, where many sites leave HTML's escapes standing."""
    return plain(html.unescape(value)) if isinstance(value, str) else None


def _read_address(
    tree: HtmlElement, metas: Mapping[str, str], url: str | None
) -> str | None:
    """Return the page's own address, `url` where it names none or just a host.

    Many sites call every page by their front page.
    """
    links = [
        link.get("href")
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for value in (*links, metas.get("og:url")):
        address = _as_address(value, url)
        if address and (url is None or urlsplit(address).path.strip("/")):
            return address
    return url


def _as_address(value: str | None, url: str | None) -> str | None:
    try:
        address = urljoin(url or "", (value or "").strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and parts.netloc
    return address if value and is_web and not _SPACE.search(address) else None


def _read_language(
    tree: HtmlElement, metas: Mapping[str, str], article: Mapping[str, Any]
) -> str | None:
    root = next(tree.iter("html"), None)
    given = (root.get("lang") or root.get("xml:lang")) if root is not None else None
    return (
        plain(given)
        or plain(article.get("inLanguage"))
        or plain(metas.get("og:locale"))
        or plain(metas.get("content-language"))
    )
