"""Reports as they reached us, and those that could not be taken."""

import datetime as dt
from enum import StrEnum

import msgspec

from onrecord.model.ids import content_id
from onrecord.model.span import Span


class DateBasis(StrEnum):
    """How a report's date is known; with UNKNOWN no relative time is resolved."""

    GIVEN = "given"
    TEXT = "text"
    HTML = "html"
    URL = "url"
    FILE = "file"
    UNKNOWN = "unknown"


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One dated report.

    `text` is what was received and is never changed; `body_start` is the code point
    where a metadata prefix ("date 2022-01-29 ") ends and the report begins.
    `file` and `position` say where it came from ("line 12", "row 7"); `extractor` what
    took the text out of a page or feed, with its version, None where the text came
    as it is.
    """

    doc_id: str
    source_id: str
    text: str
    date: dt.date | None = None
    date_basis: DateBasis = DateBasis.UNKNOWN
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    body_start: int = 0
    file: str | None = None
    position: str | None = None
    extractor: str | None = None

    def __post_init__(self) -> None:
        if not self.text[self.body_start :].strip():
            raise ValueError("a report without text")
        if (self.date is None) != (self.date_basis is DateBasis.UNKNOWN):
            raise ValueError("a date and its basis are given together or not at all")

    @property
    def body(self) -> Span:
        """Return the range of the report proper, without a metadata prefix."""
        return Span(self.body_start, len(self.text))


def make_doc_id(text: str, date: dt.date | None, outlet: str | None) -> str:
    """Return the id of a report: a hash of its text, date and outlet."""
    return content_id("doc", text, date.isoformat() if date else None, outlet)


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """One report that could not be taken: where it stood and why.

    `stage` is the step that refused it (read, understand, code); `rejected_id` makes
    a second run over the same bad input add nothing. `text` is kept where a later
    version may read what this one cannot: a report in another `language`.
    """

    rejected_id: str
    file: str | None
    position: str | None
    stage: str
    reason: str
    source_id: str | None = None
    language: str | None = None
    text: str | None = None


def make_rejected(
    *,
    file: str | None,
    position: str | None,
    stage: str,
    reason: str,
    source_id: str | None = None,
    language: str | None = None,
    text: str | None = None,
) -> Rejected:
    """Return the record of a refused report, its id hashed from the rest."""
    return Rejected(
        rejected_id=content_id("rej", file, position, stage, reason, source_id, text),
        file=file,
        position=position,
        stage=stage,
        reason=reason,
        source_id=source_id,
        language=language,
        text=text,
    )
