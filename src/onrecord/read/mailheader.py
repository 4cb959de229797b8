"""Headers of a mail: encoded words (RFC 2047), senders, bytes of any encoding."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from itertools import groupby

from onrecord.read.charset import decode_text
from onrecord.read.layout import in_one_line

MAX_HEADER_CHARS = 10_000  # a longer one says nothing to us
_ENCODED = re.compile(
    r"=\?(?P<charset>[\w.:-]{1,40})(?:\*[\w-]{0,20})?"
    r"\?(?P<how>[bBqQ])\?(?P<data>[^?]*)\?="
)
_BETWEEN = re.compile(r"(\?=)\s+(?==\?)")  # white space between words is no text
_NAMED = re.compile(
    r'\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^<>"]*))\s*<(?P<address>[^<>]*)>'
)
_COMMENTED = re.compile(r"\s*(?P<address>\S+)\s+\((?P<comment>[^()]*)\)\s*")
_ANGLED = re.compile(r"<(?P<inside>[^<>]*)>")


def header(message: Message, name: str) -> str | None:
    """Return a header's first value in one line, decoded; None where there is none."""
    raw = next((v for k, v in message.raw_items() if k.lower() == name), None)
    if raw is None or len(raw) > MAX_HEADER_CHARS:
        return None
    value = decode_text(str(raw).encode("utf-8", "surrogateescape"), None)
    return in_one_line(decode_words(value))


def angled(message: Message, name: str) -> str | None:
    """Return what a header has between `<` and `>`, else all of it."""
    value = header(message, name)
    found = _ANGLED.search(value or "")
    return (found["inside"].strip() or None) if found else value


def sender(message: Message) -> str | None:
    """Return what a mail's sender is called: a name, a list's name, a domain."""
    value = header(message, "from") or ""
    named = _NAMED.match(value) or _COMMENTED.fullmatch(value)
    parts = named.groupdict() if named else {"address": value}
    quoted = re.sub(r"\\(.)", r"\1", parts.get("quoted") or "")
    name = quoted or parts.get("bare") or parts.get("comment")
    listed = (header(message, "list-id") or "").partition("<")[0].strip(' "')
    domain = parts["address"].rpartition("@")[2] if "@" in parts["address"] else None
    return in_one_line(name or "") or listed or domain


def decode_words(value: str) -> str:
    """Return a header's value with its encoded words decoded.

    >>> decode_words("=?utf-8?q?Caf=C3?= =?utf-8?b?qQ==?= opens")
    'Café opens'
    """
    joined = _BETWEEN.sub(r"\1", value)
    return "".join(_pieces(joined))


def _pieces(value: str) -> Iterator[str]:
    """Yield decoded pieces; neighbours of one charset share their characters' bytes."""
    words: list[tuple[str, bytes]] = []
    at = 0
    for found in _ENCODED.finditer(value):
        if found.start() > at:
            yield from _decode(words)
            words = []
            yield value[at : found.start()]
        words.append((found["charset"].lower(), _unpack(found)))
        at = found.end()
    yield from _decode(words)
    yield value[at:]


def _decode(words: list[tuple[str, bytes]]) -> Iterator[str]:
    for charset, group in groupby(words, key=lambda word: word[0]):
        yield decode_text(b"".join(data for _, data in group), charset)


def _unpack(found: re.Match[str]) -> bytes:
    data = found["data"].encode("utf-8", "surrogateescape")
    if found["how"] in "qQ":
        return quopri.decodestring(data.replace(b"_", b"=20"))
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        return data
