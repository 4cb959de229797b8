"""Whatever an address, a header or an answer looks like, nothing is raised."""

import gzip
import ipaddress
import socket

import httpx
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.model.document import Rejected
from onrecord.read.fetch import Fetched, fetch
from onrecord.read.fetch_answer import as_utf8, read_media_type, read_pause
from onrecord.read.fetch_body import NotUnpacked, TooLarge, read_body
from onrecord.read.fetch_cache import FetchCache, Pace
from onrecord.read.fetch_policy import (
    FetchPolicy,
    check_address,
    check_proxy,
    shown,
    why_not_asked,
    why_not_connected,
)
from onrecord.read.follow import find_links
from onrecord.read.limits import Limits

TEXT = st.text(max_size=60)
URLISH = st.lists(
    st.sampled_from(
        [
            *("http://", "https://", "//", "/", "a", "é", "0x7f.1", "127.0.0.1"),
            *("[::1]", "[", "]", ":", "@", "?", "#", "%00", "%", "\\", "..", ";"),
            *(":80", ":99999", "xn--", "\x00", " ", "\r\n", "ﬀ", "\ud800"),
            *("example.org", "secret"),
        ]
    ),
    max_size=8,
).map("".join)
READ = ("content-type", "retry-after")
HEADER = st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"),
    max_size=60,
)


@given(URLISH | TEXT)
@example("http://[::1%25eth0]/")
@example("http://" + "a" * 300 + "/")
def test_any_address_is_refused_or_asked(address):
    reason = why_not_asked(address, named_port=None)
    for check in (check_address, check_proxy):
        try:
            check(address)
        except UsageError:
            continue
    if reason is None:
        assert httpx.URL(address).host


@given(URLISH)
def test_what_is_asked_never_raises(address):
    def nowhere(host, port):
        host.encode("idna")  # what the system's own look-up does
        raise socket.gaierror(-2, "unknown")

    found = fetch(
        address,
        limits=Limits(fetch_interval=0.0),
        policy=FetchPolicy(),
        cache=FetchCache(pace=Pace(sleep=lambda _: None)),
        resolve=nowhere,
    )
    assert isinstance(found, Rejected)
    assert not isinstance(found, Fetched)


@given(URLISH.map(lambda rest: "http://me:secret@news.example/" + rest.strip()))
def test_a_password_is_never_shown(address):
    assert "me:" not in shown(address)


@given(st.ip_addresses())
def test_any_number_is_public_or_refused(ip):
    reason = why_not_connected(str(ip), FetchPolicy())
    private = isinstance(ip, ipaddress.IPv4Address) and not ip.is_global
    assert reason is not None or not private


@given(HEADER, st.binary(max_size=40))
def test_any_header_is_read(value, body):
    headers = httpx.Headers({name: value.encode("latin-1") for name in READ})
    assert 0 <= read_pause(headers) <= 86_400
    as_utf8(body, read_media_type(headers))


@given(st.binary(max_size=200), st.integers(1, 50))
def test_any_body_is_unpacked_or_refused(raw, size):
    chunks = [raw[at : at + size] for at in range(0, len(raw), size)]
    for encoding in ("", "gzip", "br"):
        try:
            assert len(read_body(chunks, encoding=encoding, max_bytes=150)) <= 150
        except (NotUnpacked, TooLarge):
            continue


@given(st.binary(max_size=400), st.integers(1, 50), st.integers(0, 500))
def test_gzip_gives_back_what_was_packed(raw, size, limit):
    packed = gzip.compress(raw)
    chunks = [packed[at : at + size] for at in range(0, len(packed), size)]
    try:
        assert read_body(chunks, encoding="gzip", max_bytes=limit) == raw
    except TooLarge:
        assert max(len(raw), len(packed)) > limit


FEED = b"<rss><channel><item><title>T</title><link>%s</link></item></channel></rss>"
FEEDS = URLISH.map(lambda address: FEED % address.encode("utf-8", "replace"))


@given(st.binary(max_size=300) | FEEDS)
def test_links_of_anything_are_addresses(raw):
    links = find_links(raw, base="https://news.example/feed")
    assert all(link.url.lower().startswith("http") for link in links.values())
