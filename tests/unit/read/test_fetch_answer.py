"""What headers mean."""

import codecs
import email.utils
import time

import httpx
import pytest

from onrecord.read.fetch_answer import (
    MediaType,
    as_utf8,
    read_media_type,
    read_pause,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text/html; charset=UTF-8", MediaType("text/html", "utf-8")),
        ('Text/HTML;charset="windows-1252"', MediaType("text/html", "cp1252")),
        ("text/html; charset='utf8'", MediaType("text/html", "utf-8")),
        ("application/rss+xml", MediaType("application/rss+xml")),
        ("text/html; charset=hex", MediaType("text/html")),
        ("text/html; charset=\x00", MediaType("text/html")),
        ("; charset=utf-8", MediaType(None, "utf-8")),
        ("", MediaType()),
    ],
)
def test_media_type(value, expected):
    assert read_media_type(httpx.Headers({"Content-Type": value})) == expected


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("99999999999999999999", 86_400.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("soon", 60.0),
        ("-5", 60.0),
        ("", 60.0),
    ],
)
def test_pause(value, seconds):
    assert read_pause(httpx.Headers({"Retry-After": value})) == seconds


def test_a_moment_to_come_is_waited_for():
    moment = email.utils.formatdate(time.time() + 500, usegmt=True)
    assert 400 < read_pause(httpx.Headers({"Retry-After": moment})) <= 500


@pytest.mark.parametrize(
    ("body", "name", "charset", "expected"),
    [
        (b"caf\xe9", "text/html", "iso8859-1", codecs.BOM_UTF8 + b"caf\xc3\xa9"),
        (b"\x93", "application/rss+xml", "iso8859-1", b"\xef\xbb\xbf\xe2\x80\x9c"),
        (b"\xe9", "text/csv", "cp1251", b"\xd0\xb9"),
        (b"caf\xe9", "text/html", None, b"caf\xe9"),
        (b"caf\xe9", "text/html", "utf-8", b"caf\xe9"),
        (b"caf\xe9", "application/pdf", "iso8859-1", b"caf\xe9"),
        (b"\xef\xbb\xbfcaf", "text/html", "iso8859-1", b"\xef\xbb\xbfcaf"),
        (b"\xff\xfea\0", "text/plain", "iso8859-1", b"\xff\xfea\0"),
    ],
)
def test_as_utf8(body, name, charset, expected):
    assert as_utf8(body, MediaType(name, charset)) == expected
