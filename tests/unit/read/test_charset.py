"""Bytes whose source names an encoding, rightly or not."""

import pytest

from onrecord.read.charset import decode_text, mark_surrogates, unmark_surrogates


@pytest.mark.parametrize(
    ("raw", "named", "text"),
    [
        (b"caf\xc3\xa9", None, "café"),
        (b"caf\xc3\xa9", "utf-8", "café"),
        (b"caf\xe9", "iso-8859-1", "café"),
        (b"\x93We left\x94", "iso-8859-1", "“We left”"),
        (b"caf\xc3\xa9", "iso-8859-1", "café"),
        (b"caf\xc3\xa9", "us-ascii", "café"),
        (b"caf\xc3\xa9", "no-such-charset", "café"),
        (b"\xd0\x9a\xd0\xb8\xd1\x97\xd0\xb2", "koi8-u", "Київ"),
        (b"\xeb\xc9\xa7\xd7", "koi8-u", "Київ"),
        (b"\xb1\xb1\xbe\xa9", "gb2312", "北京"),
        (b"\x1b$BKL5~\x1b(B", "iso-2022-jp", "北京"),
        (b"\xff\xfea\x00b\x00", "utf-8", "ab"),
        (b"\xef\xbb\xbfab", None, "ab"),
        (b"a\\u0041", "unicode_escape", "a\\u0041"),
        (b"ab", "zlib", "ab"),
        (b"ab", "charset\x00", "ab"),
        (b"", None, ""),
    ],
)
def test_encoding_is_told(raw: bytes, named: str | None, text: str) -> None:
    assert decode_text(raw, named) == text


@pytest.mark.parametrize(
    ("raw", "named", "text"),
    [
        (b"caf\xe9", None, "caf\udce9"),
        (b"caf\xe9", "utf-8", "caf\udce9"),
        (b"caf\xe9", "us-ascii", "caf\udce9"),
        (b"a\x81b", "windows-1252", "a\udc81b"),
    ],
)
def test_what_fits_no_encoding_is_not_guessed(
    raw: bytes, named: str | None, text: str
) -> None:
    assert decode_text(raw, named) == text


def test_surrogates_come_back_from_where_they_were_moved() -> None:
    text = "a\udce9\ud800"
    moved = mark_surrogates(text)
    assert moved.encode("utf-8").decode() == moved
    assert unmark_surrogates(moved, text) == text


def test_where_nothing_was_moved_nothing_comes_back() -> None:
    text = "a\U0010f0e9"
    assert unmark_surrogates(mark_surrogates(text), text) == text
