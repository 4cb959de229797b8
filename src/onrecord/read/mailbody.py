"""The text of a mail: which of its parts is read, and how.

Plain text is taken where there is some, HTML where there is none or where the plain
text is a stub that leads to it. Attachments and mails within the mail are passed over.
"""

import re
from email.message import Message

import msgspec

from onrecord.read.charset import decode_text
from onrecord.read.extractors import extractor
from onrecord.read.layout import html_to_text
from onrecord.read.wrapped import join_flowed, join_wrapped

STUB_SHARE = 0.5  # of the HTML's words; shorter plain text is a stub
MAX_TAGS = 1_000_000
_META_CHARSET = re.compile(
    rb"""<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?(?P<name>[\w.:-]{1,40})""",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_OUTLOOK = ("application/ms-tnef", "application/vnd.ms-tnef")
_SEALED = (
    "multipart/encrypted",
    "application/pkcs7-mime",
    "application/x-pkcs7-mime",
    "application/pgp-encrypted",
)


class Body(msgspec.Struct, frozen=True):
    """A mail's text, and what took it out of HTML, None where it was plain."""

    text: str
    extractor: str | None = None


def read_body(message: Message) -> Body | None:
    """Return the text of a mail or of a part of one, None where it has none.

    Raises `ValueError` where a part is broken.
    """
    kind = message.get_content_type()
    if message.get_content_disposition() == "attachment" or kind in _SEALED:
        return None
    if not message.is_multipart():
        return _read_leaf(message, kind)
    if kind.startswith("message/"):
        return None
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    if kind in ("multipart/related", "multipart/signed"):
        parts = parts[:1]
    bodies = [body for part in parts if (body := read_body(part))]
    if kind == "multipart/alternative":
        return _choose(bodies)
    return _join(bodies)


def why_no_text(message: Message) -> str:
    """Return the reason for refusing a mail in which `read_body` finds nothing."""
    kinds = {part.get_content_type() for part in message.walk()}
    if kinds & set(_SEALED):
        return "the mail is encrypted; save its text as a file"
    if kinds & set(_OUTLOOK):
        return (
            "the mail's text is packed in winmail.dat (Outlook's own format); have it "
            "sent as plain text or HTML"
        )
    return "the mail has no text, only attachments or nothing at all"


def _read_leaf(part: Message, kind: str) -> Body | None:
    if kind not in ("text/plain", "text/html") or part.get_filename():
        return None
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return None
    _check_base64(part)
    charset = part.get_content_charset()
    if kind == "text/html":
        named = _META_CHARSET.search(raw[:4096])
        charset = charset or (named["name"].decode() if named else None)
    text = decode_text(raw, charset).replace("\r\n", "\n").replace("\r", "\n")
    if kind == "text/html" or _PAGE.match(text):
        if text.count("<") > MAX_TAGS:
            raise ValueError(f"the mail has more than {MAX_TAGS:,} tags; cut it up")
        text = html_to_text(text)
        return Body(text, extractor("lxml")) if text else None
    text = _unwrap(part, text).strip()
    return Body(text) if text else None


def _check_base64(part: Message) -> None:
    """Raise where base64 is broken: what is read then is letters and digits."""
    from email.errors import InvalidBase64LengthDefect

    if any(isinstance(one, InvalidBase64LengthDefect) for one in part.defects):
        raise ValueError("the mail's base64 is broken; save the mail again")


def _unwrap(part: Message, text: str) -> str:
    if str(part.get_param("format") or "").lower() != "flowed":
        return join_wrapped(text)
    delete_space = str(part.get_param("delsp") or "").lower() == "yes"
    return join_flowed(text, delete_space=delete_space)


def _choose(bodies: list[Body]) -> Body | None:
    """Return the one to read of several forms of one text, the richest coming last."""
    plain = next((body for body in bodies if not body.extractor), None)
    rich = next((body for body in reversed(bodies) if body.extractor), None)
    if plain and rich:
        is_stub = _count_words(plain.text) < STUB_SHARE * _count_words(rich.text)
        return rich if is_stub else plain
    return plain or rich


def _count_words(text: str) -> int:
    """Return how many words a text has; addresses are none."""
    return sum("://" not in word for word in text.split())


def _join(bodies: list[Body]) -> Body | None:
    if not bodies:
        return None
    by = next((body.extractor for body in bodies if body.extractor), None)
    return Body("\n\n".join(body.text for body in bodies), by)
