"""Bytes -> text where a source names its own encoding (XML, mail).

Text that is UTF-8 is read as such whatever is said of it: what was written in another
encoding is hardly ever UTF-8 by chance. Else the named encoding is taken. Nothing is
guessed: bytes that fit neither are kept as lone surrogates, so that the reports they
stand in are refused, and no others.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Names that writers use for more than they stand for (WHATWG Encoding, section 4.2).
_WIDER = {
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
# Python's own notations: no encodings of mail or feeds, and some are slow.
_NOTATIONS = frozenset(
    [
        *("idna", "mbcs", "oem", "punycode", "undefined"),
        *("raw-unicode-escape", "unicode-escape"),
    ]
)
# In these, text is made of bytes that are UTF-8 by chance.
_SEVEN_BIT_OR_WIDE = re.compile(r"utf-?(?:7|16|32)|iso2022|hz")
_ESCAPE = "surrogateescape"
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKED = re.compile("[\U0010f000-\U0010f7ff]")
_SHIFT = 0x10F000 - 0xD800  # into a private area that no text uses


def decode_text(raw: bytes, named: str | None) -> str:
    """Return the text of `raw`; bytes that fit no encoding are lone surrogates.

    >>> decode_text(b"caf\\xe9", "iso-8859-1"), decode_text(b"caf\\xc3\\xa9", "latin-1")
    ('café', 'café')
    """
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    codec = marked or _find_codec(named)
    if not _SEVEN_BIT_OR_WIDE.match(codec):
        try:
            return raw.removeprefix(codecs.BOM_UTF8).decode()
        except UnicodeDecodeError:
            pass
    try:
        return raw.decode(codec, _ESCAPE)
    except (ValueError, LookupError):
        return raw.decode("utf-8", _ESCAPE)


def mark_surrogates(text: str) -> str:
    """Return `text` with lone surrogates moved where any parser lets them pass."""
    return _SURROGATE.sub(lambda found: chr(ord(found[0]) + _SHIFT), text)


def unmark_surrogates(text: str, before: str) -> str:
    """Return `text` with what `mark_surrogates` moved back in its place.

    `before` is the text that was marked: where it had none, characters of that place
    are its own.
    """
    if not _SURROGATE.search(before):
        return text
    return _MARKED.sub(lambda found: chr(ord(found[0]) - _SHIFT), text)


def _find_codec(named: str | None) -> str:
    """Return Python's name of an encoding, "utf-8" for one that it does not know."""
    try:
        codec = codecs.lookup(named or "utf-8").name
    except (LookupError, ValueError):
        return "utf-8"
    return "utf-8" if codec in _NOTATIONS else _WIDER.get(codec, codec)
