"""Mail: newsletters and lists, one message a report (EML), or many a file (mbox).

What stands in a mail's text stays: greetings, quoted lines, signatures, footers.
"""

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import BinaryIO

from onrecord.model.document import Document, Rejected
from onrecord.read.build import build_document
from onrecord.read.columns import Given
from onrecord.read.limits import DEFAULT_LIMITS, Limits, beyond
from onrecord.read.mailbody import read_body, why_no_text
from onrecord.read.mailheader import angled, header, sender
from onrecord.read.origin import Origin, escaped, reject
from onrecord.read.stamps import read_stamp

MAX_PART_LINES = 20_000_000  # lines times parts; the parser looks for each in each
_WEB = ("http://", "https://")
MAX_HEADER_BYTES = 1_000_000  # of all headers that open a mail
MAX_PARTS = 10_000
_LINE_BYTES = 2**20
_FROM = re.compile(rb"From \S.{0,300}\d:\d\d.{0,100}\r?\n")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_LONG_FIELD = re.compile(
    rb"^content-(?:type|disposition):(?:[^\n]|\n[ \t]){10000}",
    re.IGNORECASE | re.MULTILINE,
)
_BLANK_LINE = re.compile(rb"\n\r?\n")
_BOUNDARY = re.compile(rb"\bboundary\s{0,9}=", re.IGNORECASE)


def read_eml(
    stream: BinaryIO, origin: Origin, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Document | Rejected]:
    """Yield the one report of a mail."""
    raw = stream.read(limits.mail_bytes + 1)
    if len(raw) > limits.mail_bytes:
        yield reject(origin, _too_long(limits))
        return
    yield _read_message(raw, origin, None, origin.stem, limits)


def read_mbox(
    stream: BinaryIO, origin: Origin, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Document | Rejected]:
    """Yield the reports of a mailbox, message by message.

    Without an id of its own a report is called by the file and its place: `news#12`.
    """
    number = 0
    for raw in _split(stream, limits):
        number += 1
        position, source_id = f"message {number}", f"{origin.stem}#{number}"
        if raw is None:
            reason = _too_long(limits)
            yield reject(origin, reason, position=position, source_id=source_id)
            continue
        raw = _QUOTED_FROM.sub(rb"\1", raw)
        yield _read_message(raw, origin, position, source_id, limits)
    if not number:
        yield reject(origin, "no message in it; a mailbox begins with a line From …")


def _split(stream: BinaryIO, limits: Limits) -> Iterator[bytes | None]:
    """Yield each message; None for one that is too long."""
    parts: list[bytes] | None = None  # of the message; None before the first
    size = 0
    after_blank = begins_line = True
    while line := stream.readline(_LINE_BYTES):
        if begins_line and after_blank and _FROM.fullmatch(line):
            if parts is not None:
                yield _joined(parts, size, limits)
            parts, size = [], 0
        elif parts is not None:
            size += len(line)
            if size <= limits.mail_bytes:
                parts.append(line)
        after_blank = begins_line and not line.strip()
        begins_line = line.endswith(b"\n")
    if parts is not None:
        yield _joined(parts, size, limits)


def _joined(parts: list[bytes], size: int, limits: Limits) -> bytes | None:
    return b"".join(parts) if size <= limits.mail_bytes else None


def _too_long(limits: Limits) -> str:
    found = f"the mail has more than {limits.mail_bytes:,} bytes"
    return beyond(limits, "mail_bytes", found)


def _read_message(
    raw: bytes, origin: Origin, position: str | None, source_id: str, limits: Limits
) -> Document | Rejected:
    name = source_id
    try:
        message = _parse(raw)
        name = angled(message, "message-id") or source_id
        body = read_body(message)
        if body is None:
            raise ValueError(why_no_text(message))
        given = Given(
            text=body.text,
            title=header(message, "subject"),
            date=read_stamp(header(message, "date")),
            url=_address(message),
            outlet=sender(message),
            language=header(message, "content-language"),
            id=name,
            extractor=body.extractor,
        )
    except ValueError as err:
        return reject(origin, str(err), position=position, source_id=escaped(name))
    except RecursionError:
        reason = "the mail's parts lie too deep in one another; it is no report"
        return reject(origin, reason, position=position, source_id=escaped(name))
    except Exception as err:  # noqa: BLE001  # whatever the parser trips over
        reason = f"the mail cannot be read ({type(err).__name__}); save it again"
        return reject(origin, reason, position=position, source_id=escaped(name))
    return build_document(
        given,
        origin,
        position=position,
        source_id=source_id,
        alone=position is None,
        limits=limits,
    )


def _address(message: Message) -> str | None:
    """Return where a list keeps the mail on the web, None where it does not say."""
    address = angled(message, "archived-at") or ""
    return address if address.startswith(_WEB) else None


def _parse(raw: bytes) -> Message:
    """Return the mail in its parts; its headers stay as they came."""
    reason = _why_not_parsed(raw)
    if reason:
        raise ValueError(reason)
    message = BytesParser(policy=compat32).parsebytes(raw)
    if not message.keys():
        raise ValueError("it has no header; a mail begins with lines such as Subject:")
    return message


def _why_not_parsed(raw: bytes) -> str | None:
    """Return why a mail is not given to the parser, which would be slow over it."""
    blank = _BLANK_LINE.search(raw)
    if (blank.start() if blank else len(raw)) > MAX_HEADER_BYTES:
        return f"the mail's header has more than {MAX_HEADER_BYTES:,} bytes"
    if _LONG_FIELD.search(raw):
        return "the mail has a Content-Type of more than 10,000 characters"
    boundaries = len(_BOUNDARY.findall(raw))
    if boundaries and raw.count(b"\n--") > MAX_PARTS:
        return f"the mail has more than {MAX_PARTS:,} parts; it is no report"
    if boundaries * raw.count(b"\n") > MAX_PART_LINES:
        return f"the mail has {boundaries:,} nested parts; it is no report"
    return None
