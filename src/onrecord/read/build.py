"""Make a Document of what a source says of one report, or say why not."""

import datetime as dt
import unicodedata

from onrecord.model.document import DateBasis, Document, Rejected, make_doc_id
from onrecord.read.columns import Given, is_absent
from onrecord.read.dates import find_date, parse_date
from onrecord.read.decode import why_not_utf8
from onrecord.read.head import Head, read_head
from onrecord.read.language import find_foreign
from onrecord.read.limits import DEFAULT_LIMITS, Limits, beyond
from onrecord.read.origin import Origin, place, quoted, reject

_INVISIBLE = frozenset({"Cc", "Cf"})  # Unicode's control and format characters
_ESCAPED_BYTES = range(0xDC80, 0xDD00)  # what `surrogateescape` makes of 0x80-0xFF


def build_document(
    given: Given,
    origin: Origin,
    *,
    source_id: str,
    position: str | None = None,
    alone: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Document | Rejected:
    """Return the report, or why it is refused.

    What the source says wins over metadata that opens the text. A report that is not
    in English is refused with its text kept. `source_id` is used when neither has an
    id. `alone`: the file holds this report only, so that a date in its name may be the
    report's.
    """
    name = source_id
    try:
        name = _pick(given, Head(), "id") or source_id
        text = _check_text(given.text, limits)
        head = read_head(text)
        body = text[head.body_start :] if head.body_start else text
        if not _has_words(body):
            raise ValueError("the report has no text; nothing can be read in it")
        language = _pick(given, head, "language")
        foreign = find_foreign(body, language)
        if foreign:
            return reject(
                origin,
                foreign.reason,
                position=position,
                source_id=name,
                language=foreign.language,
                text=text,
            )
        url = _pick(given, head, "url")
        date, basis = _given_date(given, head)
        if date is None:
            date, basis = find_date(
                _first_line(body), url, origin.stem if alone else None
            )
        outlet = _pick(given, head, "outlet")
        return Document(
            doc_id=make_doc_id(text, date, outlet),
            source_id=_pick(given, head, "id") or source_id,
            text=text,
            date=date,
            date_basis=basis,
            title=_pick(given, head, "title"),
            url=url,
            outlet=outlet,
            language=language,
            body_start=head.body_start,
            file=origin.file,
            position=place(origin, position),
            extractor=given.extractor,
        )
    except ValueError as err:
        return reject(origin, str(err), position=position, source_id=name)


def _check_text(text: object, limits: Limits) -> str:
    if text is None:
        raise ValueError("the report has no text; nothing can be read in it")
    if isinstance(text, bytes):
        raise ValueError("the text is given as bytes; store it as a UTF-8 string")
    if not isinstance(text, str):
        kind = type(text).__name__
        raise ValueError(f"the text is a {kind}, {quoted(text)}; give it as one string")
    if len(text) > limits.report_characters:
        found = f"the report has {len(text):,} characters"
        raise ValueError(beyond(limits, "report_characters", found))
    return _check_storable(text, "text")


def _check_storable(value: str, field: str) -> str:
    """Return `value` unless UTF-8 cannot hold it.

    Readers decode with `surrogateescape`, so a byte that is not UTF-8 arrives here as
    a surrogate of its own block.
    """
    try:
        value.encode()
    except UnicodeEncodeError as err:
        code = ord(value[err.start])
        where = f"at character {err.start} of the {field}"
        if code in _ESCAPED_BYTES:
            raise ValueError(why_not_utf8(code - 0xDC00, where)) from err
        raise ValueError(
            f"{where} stands half a surrogate pair (U+{code:04X}), which cannot be "
            "stored as UTF-8; write the report out again"
        ) from err
    return value


def _has_words(body: str) -> bool:
    """Tell whether anything but white space and invisible characters stands there."""
    return any(
        not char.isspace() and unicodedata.category(char) not in _INVISIBLE
        for char in body
    )


def _pick(given: Given, head: Head, field: str) -> str | None:
    """Return a field as one string; lists, objects and the like say nothing to us."""
    for value in (getattr(given, field), head.fields.get(field)):
        if isinstance(value, bool) or is_absent(value):
            continue
        if isinstance(value, str | int | float):
            return _check_storable(str(value).strip(), field)
    return None


def _given_date(given: Given, head: Head) -> tuple[dt.date | None, DateBasis]:
    value = given.date if given.date is not None else head.fields.get("date")
    if value is None:
        return None, DateBasis.UNKNOWN
    date = parse_date(value)
    if date is None:
        raise ValueError(
            f"the date {quoted(value)} cannot be read as one day; write it as "
            "YYYY-MM-DD, or leave it out if it is not known"
        )
    return date, given.date_basis or DateBasis.GIVEN


def _first_line(body: str) -> str:
    """Return the first line that is not blank."""
    return body.lstrip().partition("\n")[0]
