"""Whatever a feed, a news item or a mail points to: reading it fetches nothing."""

import io
import socket
from collections.abc import Callable, Iterator
from typing import BinaryIO

import pytest

from onrecord.model.document import Document, Rejected
from onrecord.read.feed import read_feed
from onrecord.read.mail import read_eml
from onrecord.read.newsml import read_newsml
from onrecord.read.origin import Origin

Reader = Callable[[BinaryIO, Origin], Iterator[Document | Rejected]]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Give a socket that would see a connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.mark.parametrize(
    ("reader", "document"),
    [
        (read_feed, '<!DOCTYPE rss SYSTEM "URL"><rss><channel><item/></channel></rss>'),
        (
            read_feed,
            (
                '<!DOCTYPE rss [<!ENTITY x SYSTEM "URL">'
                '<!ENTITY % y SYSTEM "URL"> %y;]>'
                "<rss><channel><item><description>a &x;</description></item></channel>"
                "</rss>"
            ),
        ),
        (
            read_feed,
            (
                '<?xml-stylesheet href="URL"?><feed xml:base="URL" '
                'xmlns="http://www.w3.org/2005/Atom"><entry><content src="URL"/>'
                '<link href="URL"/><summary>a</summary></entry></feed>'
            ),
        ),
        (read_feed, "URL"),
        (
            read_feed,
            '{"next_url": "URL", "items": [{"content_html": "<img src=URL>a"}]}',
        ),
        (read_newsml, '<!DOCTYPE nitf SYSTEM "URL"><nitf>&x;</nitf>'),
        (read_newsml, '<!DOCTYPE nitf [<!ENTITY % y SYSTEM "URL"> %y;]><nitf/>'),
        (
            read_newsml,
            (
                '<nitf xmlns:i="http://www.w3.org/2001/XInclude">'
                '<i:include href="URL"/>'
                "</nitf>"
            ),
        ),
        (
            read_newsml,
            (
                '<newsItem guid="a"><catalogRef href="URL"/><contentSet>'
                '<remoteContent href="URL"/></contentSet></newsItem>'
            ),
        ),
        (
            read_eml,
            (
                "Subject: a\nContent-Type: text/html\n\n"
                '<link rel="stylesheet" href="URL">'
                '<img src="URL"><iframe src="URL"></iframe>a'
            ),
        ),
    ],
)
def test_nothing_is_fetched(
    reader: Reader, document: str, listener: socket.socket
) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    raw = document.replace("URL", address).encode()
    assert list(reader(io.BytesIO(raw), Origin(address, "a")))
    with pytest.raises(BlockingIOError):
        listener.accept()
