"""What headers mean."""

import email.utils
import time

import httpx
import pytest

from onrecord.read.fetch_answer import MediaType, read_media_type, read_pause


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
