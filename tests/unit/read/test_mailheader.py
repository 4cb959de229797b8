"""Headers of a mail, decoded."""

import email

import pytest

from onrecord.read.mailheader import angled, decode_words, header, sender


def parse(head: str | bytes) -> email.message.Message:
    raw = head if isinstance(head, bytes) else head.encode()
    return email.message_from_bytes(raw + b"\n\nText.\n")


@pytest.mark.parametrize(
    ("value", "decoded"),
    [
        ("Talks end", "Talks end"),
        ("=?utf-8?q?Caf=C3=A9_opens?=", "Café opens"),
        ("=?UTF-8?B?Q2Fmw6k=?= opens", "Café opens"),
        ("=?utf-8?B?Q2Fmw6k?=", "Café"),
        ("=?utf-8?q?Caf=C3?= =?utf-8?b?qQ==?=", "Café"),
        ("=?iso-8859-1*en?q?Caf=E9?= =?utf-8?q?=C3=A9?=", "Caféé"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?b?a?=", "a"),
        ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
        ("=?", "=?"),
    ],
)
def test_encoded_words(value: str, decoded: str) -> None:
    assert decode_words(value) == decoded


def test_headers_are_found_in_any_case_and_unfolded() -> None:
    assert header(parse("SUBJECT: Talks\n\tend"), "subject") == "Talks end"


def test_headers_in_bare_utf8_are_read() -> None:
    assert header(parse("Subject: Café"), "subject") == "Café"


@pytest.mark.parametrize("head", ["X: a", "Subject:", "Subject: " + "a" * 10_001])
def test_headers_that_say_nothing(head: str) -> None:
    assert header(parse(head), "subject") is None


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ("From: The Example <news@example.org>", "The Example"),
        ('From: "The Example, daily" <news@example.org>', "The Example, daily"),
        ('From: "The \\"Example\\"" <news@example.org>', 'The "Example"'),
        ("From: =?utf-8?q?Caf=C3=A9?= <news@example.org>", "Café"),
        ("From: news@example.org (The Example)", "The Example"),
        ("From: news@example.org", "example.org"),
        ("From: <news@example.org>", "example.org"),
        ("From: news@example.org\nList-Id: The List <l.example.org>", "The List"),
        ("From: nobody", None),
        ("Subject: a", None),
        ("From: " + "(" * 9000, None),
    ],
)
def test_sender(head: str, outlet: str | None) -> None:
    assert sender(parse(head)) == outlet


@pytest.mark.parametrize(
    ("head", "inside"),
    [
        ("Message-ID: <a.b@example.org>", "a.b@example.org"),
        ("Message-ID: a.b@example.org", "a.b@example.org"),
        ("Message-ID: <>", None),
        ("Subject: a", None),
    ],
)
def test_angled(head: str, inside: str | None) -> None:
    assert angled(parse(head), "message-id") == inside
