"""Bytes of a web page as text: declarations are heard, the bytes decide.

Order: byte order mark; UTF-8 where the bytes are it, whatever is declared; what the
server or the page declares; what the library tells from the bytes. Labels mean what
browsers take them for: "latin-1" is windows-1252.
"""

import codecs
import re

SCANNED = 4096  # bytes in which a page declares its encoding
MIN_NUL_SHARE = 0.2  # UTF-16 of English is half NUL
# Of the sequences above ASCII, in a page that is UTF-8 but for some damage.
MIN_UTF8_SHARE = 0.7
DAMAGED = "\ufffd"  # what stands for bytes that could not be read

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"<meta\s[^>]{0,500}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})",
    re.IGNORECASE,
)
_XML = re.compile(
    rb"\s{0,99}<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})"
)
_ESCAPING = ("iso-2022", "iso2022", "hz", "csiso2022")  # pure ASCII, yet not
_HIGH = re.compile(
    rb"[\xC2-\xDF][\x80-\xBF]|[\xE0-\xEF][\x80-\xBF]{2}|[\xF0-\xF4][\x80-\xBF]{3}"
)
_ABOVE_ASCII = re.compile(rb"[\x80-\xFF]+")
_C1 = re.compile(r"[\x80-\x9f]")


def decode_page(raw: bytes, charset: str | None = None) -> str:
    """Return the text of a page; `charset` is what the server called it.

    Bytes that cannot be read become `DAMAGED`. Raises `ValueError` with a reason when
    the encoding cannot be told.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace").removeprefix("\ufeff")
    declared = [label for label in (charset, *_declared(raw)) if label]
    if raw.isascii() and not _is_escaping(declared):
        nul = raw.count(0)
        return _decode_utf16(raw) if nul > MIN_NUL_SHARE * len(raw) else raw.decode()
    if raw.count(0) > MIN_NUL_SHARE * len(raw):
        return _decode_utf16(raw)
    encodings: list[str | None] = [_codec(label) for label in declared]
    if not raw.isascii():
        encodings.insert(0, "utf-8")
    for codec in encodings:
        text = _try(raw, codec)
        if text is not None:
            return text
    if _is_damaged_utf8(raw):
        return raw.decode("utf-8", "replace")
    return _decode_by_library(raw)


def _declared(raw: bytes) -> list[str]:
    head = raw[:SCANNED]
    found = (_META.search(head), _XML.match(head))
    return [match[1].decode() for match in found if match]


def _is_escaping(labels: list[str]) -> bool:
    return any(label.lower().startswith(_ESCAPING) for label in labels)


def _codec(label: str) -> str | None:
    """Return Python's name of what browsers take a label for, None if unknown."""
    from resiliparse.parse.encoding import map_encoding_to_html5

    name = map_encoding_to_html5(label.strip().lower(), fallback_utf8=False)
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def _try(raw: bytes, encoding: str | None) -> str | None:
    """Return the text if all bytes mean something in this encoding."""
    if encoding is None or encoding.startswith(("utf-16", "utf-32", "utf-7")):
        return None  # of these the bytes have told already
    try:
        text = raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    # Controls where letters should be: a label that is wrong.
    return None if _C1.search(text) else text


def _is_damaged_utf8(raw: bytes) -> bool:
    whole = sum(len(found) for found in _HIGH.findall(raw))
    high = sum(len(found) for found in _ABOVE_ASCII.findall(raw))
    return whole >= MIN_UTF8_SHARE * high


def _decode_utf16(raw: bytes) -> str:
    little = raw[1::2].count(0) > raw[::2].count(0)
    return raw.decode("utf-16-le" if little else "utf-16-be", "replace")


def _decode_by_library(raw: bytes) -> str:
    from resiliparse.parse.encoding import detect_encoding

    for encoding in (_codec(detect_encoding(raw) or ""), "cp1252"):
        text = _try(raw, encoding)
        if text is not None:
            return text
    raise ValueError(
        "the page's encoding cannot be told: its bytes are neither UTF-8 nor what it "
        "declares; save it as UTF-8"
    )
