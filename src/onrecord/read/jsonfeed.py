"""JSON Feed 1.0 and 1.1: what its items say."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from onrecord.read.columns import Given
from onrecord.read.extractors import extractor
from onrecord.read.jsonl import describe
from onrecord.read.layout import html_to_text, in_one_line
from onrecord.read.origin import quoted
from onrecord.read.stamps import first_day


class Unread(msgspec.Struct, frozen=True):
    """Why an entry cannot be read, or the whole feed, if `whole`."""

    reason: str
    whole: bool = False


def read_json_entries(text: str) -> Iterator[Given | Unread]:
    """Yield what each item of a feed says, or why it or nothing can be read."""
    try:
        feed = _decode(text)
    except ValueError as err:
        yield Unread(f"not JSON: {describe(err)}; fetch the feed again", whole=True)
        return
    except RecursionError:
        yield Unread("not a feed: JSON nested too deep; name a feed", whole=True)
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(feed, dict) or not isinstance(items, list):
        reason = "a JSON object without a list of items is no JSON Feed; name a feed"
        yield Unread(reason, whole=True)
        return
    for item in items:
        if isinstance(item, dict):
            yield _given(item, feed)
        else:
            yield Unread(f"{quoted(item)} is no entry; an entry is an object")
    if not items:
        yield Unread("the feed has no entries", whole=True)


def _given(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Given:
    markup = item.get("content_html")
    text = html_to_text(markup) if isinstance(markup, str) else ""
    title = item.get("title")
    return Given(
        text=text or item.get("content_text") or item.get("summary"),
        title=in_one_line(title) if isinstance(title, str) else None,
        date=first_day(item.get("date_published"), item.get("date_modified")),
        url=item.get("url") or item.get("external_url"),
        outlet=feed.get("title"),
        language=item.get("language") or feed.get("language"),
        id=item.get("id"),
        extractor=extractor("lxml") if text else None,
    )


def _decode(text: str) -> object:
    """Return the value; what is not strict JSON gets a second, lenient look."""
    try:
        return msgspec.json.decode(text)
    except ValueError:
        return json.loads(text)
