"""Feeds: RSS 0.9x to 2.0, Atom 0.3 and 1.0, JSON Feed; one report an entry.

The text is the entry's full content, else its summary. A broken feed is read as far as
it makes sense; an entry that the file breaks off in is refused.
"""

import functools
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import urljoin

import msgspec

from onrecord.model.document import Document, Rejected
from onrecord.read.build import build_document
from onrecord.read.charset import decode_text, mark_surrogates, unmark_surrogates
from onrecord.read.columns import Given
from onrecord.read.extractors import extractor
from onrecord.read.jsonfeed import Unread, read_json_entries
from onrecord.read.layout import html_to_text, in_one_line, plain_to_text
from onrecord.read.limits import DEFAULT_LIMITS, Limits, beyond
from onrecord.read.origin import Origin, escaped, quoted, reject
from onrecord.read.stamps import first_day

MAX_ENTRIES = 20_000  # a large feed has some hundred
MAX_TAGS = 500_000
MAX_ENTITY_CHARS = 1000
MAX_ATTRIBUTES = 100  # of one tag; the parser's time grows with their square
_DECLARATION = re.compile(
    rb"""\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["'](?P<name>[\w.:-]{1,40})"""
)
_DECLARED = re.compile(r"\s*<\?xml\b[^>]{0,300}\?>")
_LONG_TAG = re.compile(
    rb"""<[^\s<>"'/=!?]++(?:\s++[^\s<>"'=/]++(?:\s*+=\s*+"""
    rb"""(?:"[^"]*+"|'[^']*+'|[^\s<>"']++))?+){%d}""" % MAX_ATTRIBUTES
)
_ENTITY = re.compile(
    rb"""<!ENTITY\s{1,20}(?P<name>[\w.-]{1,60})\s{1,20}"""
    rb"""["'](?:[^&"'<>]{0,%d}&[\w]|[^"'<>]{%d})"""
    % (MAX_ENTITY_CHARS, MAX_ENTITY_CHARS)
)
_PROLOG_BYTES = 2**20
_OPEN = re.compile(rb"<(?:[\w.-]{1,60}:)?(?:item|entry)[\s/>]")
_CLOSED = re.compile(rb"</(?:[\w.-]{1,60}:)?(?:item|entry)\s*>")
_WEB = ("http://", "https://")

Fields = dict[str, Any]  # read by `dict.get`: its own would mix up its fields


def read_feed(
    stream: BinaryIO, origin: Origin, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Document | Rejected]:
    """Yield the reports of a feed; which kind it is is told by its content.

    Without an id of its own a report is called by the file and its place: `news#3`.
    """
    raw = stream.read(limits.page_bytes + 1)
    if len(raw) > limits.page_bytes:
        found = f"the feed has more than {limits.page_bytes:,} bytes"
        yield reject(origin, beyond(limits, "page_bytes", found))
        return
    named = _DECLARATION.match(raw)
    text = decode_text(raw, named["name"].decode() if named else None)
    is_json = text.lstrip()[:1] == "{"
    entries = read_json_entries(text) if is_json else _read_entries(text, origin)
    number = 0
    for entry in entries:
        if isinstance(entry, Unread) and entry.whole:
            yield reject(origin, entry.reason)
            continue
        number += 1
        yield _build(entry, origin, number, limits)


def _build(
    entry: Given | Unread, origin: Origin, number: int, limits: Limits
) -> Document | Rejected:
    position, source_id = f"entry {number}", f"{origin.stem}#{number}"
    if isinstance(entry, Unread):
        return reject(origin, entry.reason, position=position, source_id=source_id)
    bare = " ".join(str(entry.text or "").split())
    if not bare or bare == entry.title:
        has = "only a headline" if entry.title else "no text"
        reason = f"the entry has {has}; name the page it links to instead"
        name = escaped(str(entry.id or source_id))
        return reject(origin, reason, position=position, source_id=name)
    return build_document(
        entry, origin, position=position, source_id=source_id, limits=limits
    )


def _read_entries(text: str, origin: Origin) -> Iterator[Given | Unread]:
    """Yield what the entries of RSS or Atom say, and why others cannot be read."""
    import feedparser  # type: ignore[import-untyped]

    marked = mark_surrogates(_DECLARED.sub(_keep_lines, text, count=1))
    data = b'<?xml version="1.0" encoding="utf-8"?>' + marked.encode()
    reason = _why_not_parsed(data)
    if reason:
        yield Unread(reason, whole=True)
        return
    try:
        # A stream, never a string: that might be taken for an address and fetched.
        parsed = feedparser.parse(
            io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False
        )
    except Exception as err:  # noqa: BLE001  # whatever it trips over costs the feed
        name = type(err).__name__
        yield Unread(f"the feed cannot be read ({name}); fetch it again", whole=True)
        return
    entries = parsed["entries"]
    whole = len(entries) - (1 if entries and _breaks_off(data) else 0)
    for entry in entries[:whole]:
        yield _given(entry, parsed["feed"], origin, text)
    if whole < len(entries):
        yield Unread(f"the feed breaks off here{_where(parsed)}; fetch it again")
    elif not entries:
        yield Unread(_why_empty(parsed), whole=True)


def _why_not_parsed(data: bytes) -> str | None:
    """Return why a feed is not given to the parser, which would be slow over it."""
    count = sum(1 for _ in _OPEN.finditer(data))
    if count > MAX_ENTRIES:
        return f"the feed has {count:,} entries, the most is {MAX_ENTRIES:,}; cut it up"
    if data.count(b"<") > MAX_TAGS:
        return f"the feed has more than {MAX_TAGS:,} tags; cut it up"
    if _LONG_TAG.search(data):
        return f"a tag has more than {MAX_ATTRIBUTES} attributes; it is no feed"
    bomb = _ENTITY.search(data, 0, _PROLOG_BYTES)
    if bomb:
        name = bomb["name"].decode()
        return f"the entity {quoted(name)} is made of others or is long; write it out"
    return None


def _given(entry: Fields, feed: Fields, origin: Origin, source: str) -> Given:
    """Return what an entry says; `source` is the feed before it was parsed."""
    text, language = _text_and_language(entry)
    outlet = _title(dict.get(entry, "source") or {}) or dict.get(entry, "publisher")
    base = dict.get(feed, "link") or (
        origin.file if origin.file.startswith(_WEB) else ""
    )
    given = Given(
        text=text,
        title=_title(entry),
        date=first_day(dict.get(entry, "published"), dict.get(entry, "updated")),
        url=_absolute(base, dict.get(entry, "link")),
        outlet=outlet or _title(feed),
        language=language or dict.get(feed, "language"),
        id=dict.get(entry, "id"),
        extractor=extractor("feedparser"),
    )
    said = {
        name: unmark_surrogates(value, source)
        for name in ("text", "title", "url", "outlet", "language", "id")
        if isinstance(value := getattr(given, name), str)
    }
    return msgspec.structs.replace(given, **said)


def _text_and_language(entry: Fields) -> tuple[str, str | None]:
    """Return the longest full content, else the summary, and its language."""
    contents = [(_plain(one), one) for one in dict.get(entry, "content") or ()]
    text, chosen = max(contents, key=lambda one: len(one[0]), default=("", {}))
    if not text:
        chosen = dict.get(entry, "summary_detail") or {}
        text = _plain(chosen)
    return text, dict.get(chosen, "language")


def _title(fields: Fields) -> str | None:
    bare = {"value": dict.get(fields, "title"), "type": "text/plain"}
    return in_one_line(_plain(dict.get(fields, "title_detail") or bare))


def _plain(detail: Fields) -> str:
    value = dict.get(detail, "value")
    if not isinstance(value, str):
        return ""
    is_plain = dict.get(detail, "type") == "text/plain"
    return plain_to_text(value) if is_plain else html_to_text(value)


def _absolute(base: str, link: str | None) -> str | None:
    """Return an address resolved against the feed's; None for what is none."""
    try:
        return urljoin(base, link) if link else None
    except ValueError:
        return None


def _breaks_off(data: bytes) -> bool:
    """Tell whether the last entry has no end."""
    opened, closed = _last(_OPEN, data), _last(_CLOSED, data)
    if opened is None or opened[0].endswith(b"/"):
        return False
    return closed is None or opened.start() > closed.start()


def _last(pattern: re.Pattern[bytes], data: bytes) -> re.Match[bytes] | None:
    return functools.reduce(lambda _, found: found, pattern.finditer(data), None)


def _why_empty(parsed: Fields) -> str:
    if not dict.get(parsed, "version"):
        return f"it is neither RSS nor Atom{_where(parsed)}; name a feed"
    if dict.get(parsed, "bozo"):
        return f"no entry can be read in the feed{_where(parsed)}; fetch it again"
    return "the feed has no entries"


def _where(parsed: Fields) -> str:
    """Return the line and what is wrong in it, "" where nothing is."""
    err = dict.get(parsed, "bozo_exception")
    line = getattr(err, "getLineNumber", lambda: None)()
    return f" (line {line}: {err.getMessage()})" if err and line else ""


def _keep_lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
