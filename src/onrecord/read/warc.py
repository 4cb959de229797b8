"""WARC archives: the pages and texts among their records, one report each.

fastwarc reads the records; its own iterator over a file ends at the first damaged one,
so `warc_records` finds where each begins. What is no page (requests, images, scripts,
redirects, errors) is passed over. Pages are read as `html` reads them, so that one page
gives the same report however it was stored.
"""

from collections.abc import Iterator
from typing import BinaryIO

from fastwarc.warc import WarcRecord

from onrecord.model.document import Document, Rejected
from onrecord.read.build import build_document
from onrecord.read.columns import Given
from onrecord.read.html import read_page
from onrecord.read.html_facts import host_of
from onrecord.read.html_text import decode_page
from onrecord.read.limits import Limits, beyond
from onrecord.read.origin import Origin, reject
from onrecord.read.warc_bytes import unpack_pieces
from onrecord.read.warc_records import (
    MAX_HEADER,
    Damage,
    Record,
    read_header,
    split_records,
)

OK = 200
WEB = ("http://", "https://")
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TEXT = "text/plain"
_ROBOTS = "/robots.txt"
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<?xml")  # of pages not called so
_BROKEN_ANSWER = "the server's answer has a broken header"
_FASTWARC_ERRORS = (OSError, ValueError, EOFError)  # for blocks that are broken
_RESPONSE = "response"
_IN_USE = frozenset({_RESPONSE, "resource", "conversion"})
_HTTP = "application/http"
# fastwarc takes memory for as much as a header says, so it never sees the file's own.
_HEADER = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"


def read_warc(
    stream: BinaryIO, origin: Origin, limits: Limits
) -> Iterator[Document | Rejected]:
    """Yield the reports of a WARC file, plain or packed with gzip or Zstandard."""
    empty = True
    pieces = unpack_pieces(stream, limits)
    for record in split_records(pieces, most=limits.page_bytes + MAX_HEADER):
        empty = False
        position = f"record {record.number} (offset {record.offset:,})"
        source_id = f"{origin.stem}#{record.number}"
        try:
            given = _read_record(record, limits)
        except ValueError as err:
            yield reject(origin, str(err), position=position, source_id=source_id)
            continue
        if given:
            yield build_document(
                given, origin, source_id=source_id, position=position, limits=limits
            )
    if empty:
        yield reject(origin, "the file has no records; get it again")


def _read_record(record: Record | Damage, limits: Limits) -> Given | None:
    """Return what a record says, None when it holds no page and no text.

    Raises `ValueError` with the reason for what cannot be used.
    """
    if isinstance(record, Damage):
        raise ValueError(record.reason)
    fields = read_header(record.header)
    kind = fields.get("warc-type", "").lower()
    url = fields.get("warc-target-uri", "").strip("<>")
    if kind not in _IN_USE or not url.lower().startswith(WEB):
        return None
    media = _media_type(fields.get("content-type"))
    if kind == _RESPONSE:
        return _read_response(record, url, limits) if media == _HTTP else None
    is_text = media == _TEXT and not url.lower().endswith(_ROBOTS)
    if media not in _PAGES and not is_text:
        return None
    _check_size(record, record.size, limits)
    if media in _PAGES:
        return read_page(record.block, limits, url=url)
    return Given(text=decode_page(record.block), url=url, outlet=host_of(url))


def _read_response(record: Record, url: str, limits: Limits) -> Given | None:
    """Return what a server's answer says, None when it is no page."""
    try:
        warc = _parse_http(record.block)
    except _FASTWARC_ERRORS as err:
        raise ValueError(f"{_BROKEN_ANSWER} ({err}); get the page again") from err
    if warc.http_headers.status_code is None:
        raise ValueError(f"{_BROKEN_ANSWER}; get the page again")
    if warc.http_headers.status_code != OK:
        return None
    start = warc.reader.read(MAX_HEADER)
    media = _media_type(warc.http_content_type)
    if media not in _PAGES and (media or not _is_markup(start)):
        return None
    _check_size(record, record.size, limits)
    page = _decode(record, limits)
    _check_size(record, len(page), limits)
    charset = (warc.http_charset or "").strip("\"' ") or None
    return read_page(page, limits, charset=charset, url=url)


def _parse_http(block: bytes, *, decode: bool = False) -> WarcRecord:
    length = f"Content-Length: {len(block)}\r\n\r\n".encode()
    warc = WarcRecord.from_bytes(_HEADER + length + block)
    warc.parse_http(auto_decode="all" if decode else "none")
    return warc


def _decode(record: Record, limits: Limits) -> bytes:
    """Return a page unpacked as its server packed it.

    Many archives hold pages unpacked already, under headers that speak of packing.
    """
    try:
        warc = _parse_http(record.block, decode=True)
        return bytes(warc.reader.read(limits.page_bytes + 1))
    except _FASTWARC_ERRORS as err:
        page = bytes(_parse_http(record.block).reader.read())
        if _is_markup(page):
            return page
        raise ValueError(
            f"the page cannot be unpacked ({err}); get the page again"
        ) from err


def _is_markup(page: bytes) -> bool:
    start = page[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith(_MARKUP)


def _media_type(value: str | None) -> str:
    return (value or "").partition(";")[0].strip().lower()


def _check_size(record: Record, size: int, limits: Limits) -> None:
    if not record.is_whole or size > limits.page_bytes:
        found = f"the page has more than {limits.page_bytes:,} bytes"
        raise ValueError(beyond(limits, "page_bytes", found))
