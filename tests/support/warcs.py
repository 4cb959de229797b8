"""WARC records, written byte by byte."""

import gzip
from collections.abc import Iterable

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def record(
    block: bytes,
    *,
    kind: str = "response",
    url: str = "https://www.courier.example/bridge",
    media: str = "application/http; msgtype=response",
    length: int | str | None = None,
    more: str = "",
) -> bytes:
    """Return one record; `length` is what its header says, if not the truth."""
    size = len(block) if length is None else length
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
        f"WARC-Date: 2021-03-10T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: {media}\r\n{more}Content-Length: {size}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


def answer(page: str | bytes, *, http: bytes = HTML, more: bytes = b"") -> bytes:
    """Return a server's answer: header and page."""
    body = page.encode() if isinstance(page, str) else page
    return http + more + b"\r\n" + body


def pack(records: Iterable[bytes]) -> bytes:
    """Return the records as .warc.gz has them: each packed by itself."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)
