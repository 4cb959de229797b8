"""Feeds, news items and mails of any bytes: told from others, never an exception."""

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.model.document import Document, Rejected
from onrecord.read.feed import read_feed
from onrecord.read.layout import html_to_text
from onrecord.read.mail import read_eml, read_mbox
from onrecord.read.newsml import read_newsml
from onrecord.read.origin import Origin

Reader = Callable[[BinaryIO, Origin], Iterator[Document | Rejected]]

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>
<title>The Example</title><item><title>Talks</title><link>/1</link>
<description><![CDATA[<p>They met.</p>]]></description>
<pubDate>Sat, 29 Jan 2022 23:30:00 -0500</pubDate></item></channel></rss>"""
JSON = b'{"title": "The Example", "items": [{"id": 1, "content_html": "<p>They met."}]}'
G2 = b"""<newsMessage><itemSet><newsItem guid="u:1"><itemMeta><provider literal="EW"/>
<versionCreated>2022-01-29T10:00:00Z</versionCreated></itemMeta><contentSet>
<inlineXML><nitf><body><body.content><p>They met.</p></body.content></body></nitf>
</inlineXML></contentSet></newsItem></itemSet></newsMessage>"""
MAIL = b"""From: The Example <news@example.org>
Subject: =?utf-8?q?Talks?=
Date: Sat, 29 Jan 2022 23:30:00 -0500
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=cut

--cut
Content-Type: text/plain; charset=utf-8; format=flowed
Content-Transfer-Encoding: quoted-printable

They =
met.
--cut
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: base64

PHA+VGhleSBtZXQu
--cut--
"""
MBOX = b"From a@example.org Sat Jan 29 23:30:00 2022\n" + MAIL
PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [
            *(b"<", b">", b"&", b'"', b"&#xD800;", b"&#0;", b"<![CDATA[", b"]]>"),
            *(b"<!DOCTYPE a [<!ENTITY b 'c'>", b"--cut", b"=?utf-8?b?", b"?=", b"\xed"),
            *(b"utf-16", b"utf-7", b"idna", b"charset*0*=", b"boundary=", b"\n\n"),
        ]
    ),
)
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 20), PIECES), min_size=1, max_size=6
)


def change(raw: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """Return `raw` with pieces put in at shares of its length, for some bytes."""
    for share, removed, piece in changes:
        at = int(share * len(raw))
        raw = raw[:at] + piece + raw[at + removed :]
    return raw


@pytest.mark.parametrize(
    ("reader", "sample"),
    [
        *((read_feed, RSS), (read_feed, JSON), (read_newsml, G2)),
        *((read_eml, MAIL), (read_mbox, MBOX)),
    ],
    ids=["rss", "json", "newsml", "eml", "mbox"],
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=CHANGES)
def test_something_is_always_said(
    reader: Reader, sample: bytes, changes: list[tuple[float, int, bytes]]
) -> None:
    raw = change(sample, changes)
    found = list(reader(io.BytesIO(raw), Origin("in/a", "a")))
    assert found
    for one in found:
        if isinstance(one, Document):
            one.text.encode()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
@example("\U0010f000 in its own place")
def test_words_without_markup_are_kept(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\x00", "")
    kept = html_to_text(f"<p>{escaped}</p>")
    assert "".join(kept.split()) == "".join(text.replace("\x00", "").split())
