"""What an answer's status and headers mean for us."""

import codecs
import email.message
import email.utils
import time

import httpx
import msgspec

OK = (200, 203)
NOT_MODIFIED = 304
LEADS_ON = (301, 302, 303, 307, 308)
BUSY = (429, 503)
USUAL_PAUSE = 60.0  # seconds, where a busy host does not say how long
MAX_PAUSE = 86_400.0
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What calls itself Latin-1 is read as Windows-1252 (WHATWG Encoding Standard).
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252"}
_ADVICE = {
    204: "it holds nothing",
    401: "it wants a login; fetch it with another program and give the file",
    403: "it does not let us; fetch it with another program and give the file",
    404: "there is nothing at this address; check it",
    406: "it has no form of it that we read",
    410: "it is gone for good; take the address out",
    429: "it wants to be asked less often; run again later",
    451: "it may not show it for legal reasons",
}


class MediaType(msgspec.Struct, frozen=True):
    """The type of a body, such as "text/html", and its charset; None if not said."""

    name: str | None = None
    charset: str | None = None


def read_media_type(headers: httpx.Headers) -> MediaType:
    """Return what Content-Type says; a charset that Python does not know is dropped."""
    value = headers.get("content-type")
    if not value:
        return MediaType()
    message = email.message.Message()
    message["content-type"] = value
    charset = message.get_param("charset")
    name = value.partition(";")[0].strip().lower()
    return MediaType(name or None, _known_charset(charset))


def as_utf8(body: bytes, media: MediaType) -> bytes:
    """Return text whose charset the server says as UTF-8, markup with a mark of it.

    What is not in that charset is left as it came: its reader finds out or refuses it.
    """
    kind, charset = media.name or "", media.charset
    marked_up = kind.endswith(("html", "xml"))
    if charset is None or not (marked_up or kind.startswith("text/")):
        return body
    if body.startswith(_MARKS):
        return body
    try:
        recoded = body.decode(_AS_BROWSERS_DO.get(charset, charset)).encode()
    except UnicodeError:
        return body
    return codecs.BOM_UTF8 + recoded if marked_up else recoded


def why_not_taken(status: int) -> str:
    """Return the reason for refusing an answer with this status."""
    if status in _ADVICE:
        advice = _ADVICE[status]
    elif status >= 500:
        advice = "the fault is there; run again later"
    else:
        advice = "it cannot be used; check the address"
    return f"the server answers {status}: {advice}"


def read_pause(headers: httpx.Headers) -> float:
    """Return the seconds that Retry-After asks for; a date counts from now."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), MAX_PAUSE)
    try:
        moment = email.utils.parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, OverflowError):
        return USUAL_PAUSE
    return min(max(moment - time.time(), 0.0), MAX_PAUSE)


def _known_charset(charset: object) -> str | None:
    if not isinstance(charset, str):
        return None
    name = charset.strip().strip("\"'")
    try:
        b"a".decode(name, "replace")  # knows no codec but those of text
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
