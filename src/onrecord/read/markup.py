"""What the first element of a file of markup is called."""

import re

_BLANK = re.compile(rb"\s*")
_TAG = re.compile(rb"<(?:[\w.-]{1,60}:)?(?P<root>[\w.-]{1,60})")
_DOCTYPE = re.compile(rb"<!doctype\s{1,20}(?P<root>[\w:.-]{1,60})", re.IGNORECASE)


def find_root(head: bytes) -> tuple[str | None, bool]:
    """Return the first element's name, and whether an XML declaration stands before it.

    In lower case, without prefix; None where no markup opens the file. A document type
    of HTML counts as the element.

    >>> find_root(b"<?xml version='1.0'?><!-- x --><a:Feed>")
    ('feed', True)
    """
    at, declared = 0, False
    while True:
        blank = _BLANK.match(head, at)
        at = blank.end() if blank else at
        if head.startswith(b"<?", at):
            declared = declared or head.startswith(b"<?xml", at)
            end, size = head.find(b"?>", at), 2
        elif head.startswith(b"<!--", at):
            end, size = head.find(b"-->", at), 3
        elif head.startswith(b"<!", at):
            found = _DOCTYPE.match(head, at)
            if found and found["root"].lower() == b"html":
                return "html", declared
            end, size = _end_of_doctype(head, at), 1
        else:
            tag = _TAG.match(head, at)
            return (tag["root"].decode().lower() if tag else None), declared
        if end < 0:
            return None, declared
        at = end + size


def _end_of_doctype(head: bytes, at: int) -> int:
    """Return where a document type ends, behind its own declarations if it has some."""
    close, inner = head.find(b">", at), head.find(b"[", at)
    if not 0 <= inner < close:
        return close
    end = head.find(b"]", inner)
    return head.find(b">", end) if end >= 0 else -1
