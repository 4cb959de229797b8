"""Read the reports of a web address: what it holds, and what a feed there links to."""

import io
from collections.abc import Iterator

import msgspec

from onrecord.model.document import Document, Rejected, make_rejected
from onrecord.read.decode import peek_utf8
from onrecord.read.fetch import Fetched, fetch, how_read
from onrecord.read.fetch_cache import FetchCache, Kept
from onrecord.read.fetch_policy import FetchPolicy
from onrecord.read.follow import add_link, find_links
from onrecord.read.kinds import Kind, tell_kind
from onrecord.read.limits import HEAD_BYTES, Limits
from onrecord.read.origin import Origin, escaped
from onrecord.read.streams import read_stream

MAX_FOLLOWED = 500  # pages of one feed; feeds have a few dozen entries
FOLLOWED = "followed "  # before the address of such a page, in the cache

Reports = Iterator[Document | Rejected]


def read_address(
    address: str, *, limits: Limits, policy: FetchPolicy, cache: FetchCache
) -> Reports:
    """Yield the reports of a feed, a page or a file on the web; none if unchanged.

    With `policy.follow` the pages that a feed's entries link to are read in place of
    the entries, but for those that were read before.
    """
    fetched = fetch(address, limits=limits, policy=policy, cache=cache)
    if isinstance(fetched, Rejected):
        yield fetched
        return
    if fetched.unchanged:
        return
    reports = _read(fetched, limits)
    if policy.follow and _is_feed(fetched):
        reports = _follow(
            tuple(reports), fetched, limits=limits, policy=policy, cache=cache
        )
    yield from reports


def _read(fetched: Fetched, limits: Limits) -> Reports:
    """Yield the reports of a body.

    It is read as what stands where the address led to: links count from there, and a
    page that says no address of its own is at that one. It came from the named one.
    """
    origin = Origin(escaped(fetched.url), escaped(fetched.address))
    stream = io.BytesIO(fetched.body)
    for item in read_stream(stream, origin, limits, name=fetched.name):
        if isinstance(item, Rejected):
            yield _named(item, origin.stem)
            continue
        alone = item.position is None and item.url is None
        yield msgspec.structs.replace(
            item, file=origin.stem, url=origin.file if alone else item.url
        )


def _named(rejected: Rejected, file: str) -> Rejected:
    return make_rejected(
        file=file,
        position=rejected.position,
        stage=rejected.stage,
        reason=rejected.reason,
        source_id=rejected.source_id,
        language=rejected.language,
        text=rejected.text,
    )


def _is_feed(fetched: Fetched) -> bool:
    head = peek_utf8(fetched.body[:HEAD_BYTES])
    return tell_kind(fetched.name, head) is Kind.FEED


def _follow(
    entries: tuple[Document | Rejected, ...],
    feed: Fetched,
    *,
    limits: Limits,
    policy: FetchPolicy,
    cache: FetchCache,
) -> Reports:
    """Yield the page of each entry; where it cannot be had, the entry, if it has text.

    A page is fetched once: that its feed changes says nothing of it.
    """
    if any(isinstance(e, Rejected) and e.position is None for e in entries):
        yield from entries  # what cannot be read as a feed is not searched for links
        return
    links = find_links(feed.body, base=feed.url)
    how = how_read(limits, policy)
    taken: set[str] = set()
    for entry in entries:
        link = links.get(entry.position or "")
        if link is None or len(taken) >= MAX_FOLLOWED:
            yield entry
            continue
        mark = FOLLOWED + link.url
        if link.url in taken or cache.find(mark, how=how):
            continue
        taken.add(link.url)
        page = fetch(
            link.url, limits=limits, policy=policy, cache=cache, linked_from=feed.url
        )
        if isinstance(page, Rejected):
            yield page
            if isinstance(entry, Document):
                yield entry
            continue
        cache.note(mark, Kept(how=how, digest=""))
        if not page.unchanged:
            for item in _read(page, limits):
                yield add_link(item, link) if isinstance(item, Document) else item
