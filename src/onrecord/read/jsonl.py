"""JSON lines: one report a line; a broken line costs that line."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from onrecord.model.document import Document, Rejected
from onrecord.read.build import build_document
from onrecord.read.columns import load_column_names, pick_fields
from onrecord.read.decode import read_lines
from onrecord.read.limits import DEFAULT_LIMITS, Limits, beyond
from onrecord.read.origin import Origin, listed, quoted, reject

_DIGITS = "integer string conversion"  # in what Python says of such numbers


def read_jsonl(
    stream: BinaryIO, origin: Origin, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Document | Rejected]:
    """Yield the reports of JSON lines; blank lines are passed over.

    Without an id of its own a report is called by the file and its line: `day#12`.
    """
    empty = True
    for number, line in enumerate(read_lines(stream, limits.record_bytes), 1):
        if line is not None and line.isspace():
            continue
        empty = False
        yield _read_line(line, origin, number, limits)
    if empty:
        yield reject(origin, "the file has no reports; every line is blank")


def build_object(
    value: object,
    origin: Origin,
    *,
    position: str,
    source_id: str,
    limits: Limits = DEFAULT_LIMITS,
) -> Document | Rejected:
    """Return the report that a JSON value holds, or why it is none."""
    if not isinstance(value, dict):
        reason = f"{quoted(value)} is not a report; give an object with a text"
        return reject(origin, reason, position=position, source_id=source_id)
    given = pick_fields(value.items())
    if given.text is None:
        return reject(origin, _no_text(value), position=position, source_id=source_id)
    return build_document(
        given, origin, position=position, source_id=source_id, limits=limits
    )


def describe(err: ValueError) -> str:
    """Return what is wrong with JSON text, and where in it, counted from 1."""
    if isinstance(err, json.JSONDecodeError):
        return f"{err.msg} (character {err.pos + 1})"
    return plain_problem(err)


def plain_problem(err: ValueError) -> str:
    """Return what is wrong, without what Python advises programmers to do."""
    problem = str(err)
    return "a number has too many digits" if _DIGITS in problem else problem


def _no_text(value: dict[str, Any]) -> str:
    names = load_column_names().fields["text"]
    return (
        f"the report has no text: it has {listed(value)}; "
        f"the text is looked for under {listed(names)}"
    )


def _read_line(
    line: bytes | None, origin: Origin, number: int, limits: Limits
) -> Document | Rejected:
    position, source_id = f"line {number}", f"{origin.stem}#{number}"
    if line is None:
        reason = beyond(limits, "record_bytes", "the line is too long")
        return reject(origin, reason, position=position, source_id=source_id)
    try:
        value = _decode(line)
    except ValueError as err:
        reason = f"not JSON: {describe(err)}; write the line again"
        return reject(origin, reason, position=position, source_id=source_id)
    except RecursionError:
        reason = "not a report: JSON nested too deep; give an object with a text"
        return reject(origin, reason, position=position, source_id=source_id)
    return build_object(
        value, origin, position=position, source_id=source_id, limits=limits
    )


def _decode(line: bytes) -> object:
    """Return a line's value; what is not strict JSON gets a second, lenient look.

    The standard library takes NaN and halves of surrogate pairs, and says better where
    a line breaks off. Bytes that are not UTF-8 are escaped and found when used.
    """
    try:
        return msgspec.json.decode(line)
    except ValueError:
        return json.loads(line.rstrip().decode("utf-8", "surrogateescape"))
