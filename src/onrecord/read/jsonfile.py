"""JSON that is not one value a line: an object, or a list of objects, streamed."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.model.document import Document, Rejected
from onrecord.read.jsonl import build_object, plain_problem
from onrecord.read.limits import DEFAULT_LIMITS, HEAD_BYTES, Limits, beyond
from onrecord.read.origin import Origin, reject

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_LOST = "items behind it cannot be read; write the file again"


def read_jsonfile(
    stream: BinaryIO, origin: Origin, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Document | Rejected]:
    """Yield the reports of a JSON object, of a list, or of objects one after another.

    A lone object without an id is called by the file's name, others by name and number
    (`day#3`). Behind an item that is not JSON nothing can be read.
    """
    scanner = _Scanner(stream, limits)
    in_list = scanner.peek() == "["
    if in_list:
        scanner.skip()
    number = 0
    while scanner.peek() not in ("", "]"):
        number += 1
        position = f"item {number}"
        try:
            value = scanner.read_value()
            lone = _pass_comma(scanner, in_list=in_list) and number == 1
        except ValueError as err:
            yield reject(
                origin, f"not JSON: {_describe(err)}; {_LOST}", position=position
            )
            return
        except RecursionError:
            yield reject(origin, f"JSON nested too deep; {_LOST}", position=position)
            return
        source_id = origin.stem if lone else f"{origin.stem}#{number}"
        yield build_object(
            value, origin, position=position, source_id=source_id, limits=limits
        )
    problem = _tell_end(scanner, in_list=in_list, empty=number == 0)
    if problem:
        yield reject(origin, problem, position=f"behind item {number}")


def _describe(err: ValueError) -> str:
    """Return what is wrong; the decoder's positions count from a moving window."""
    if isinstance(err, json.JSONDecodeError):
        return err.msg
    return plain_problem(err)


def _pass_comma(scanner: "_Scanner", *, in_list: bool) -> bool:
    """Pass over the comma between items; tell whether a value stood outside a list,
    and nothing follows."""
    char = scanner.peek()
    if not in_list:
        return not char
    if char == ",":
        scanner.skip()
    elif char not in ("", "]"):
        raise ValueError(f"a comma is missing before {char!r}")
    return False


def _tell_end(scanner: "_Scanner", *, in_list: bool, empty: bool) -> str | None:
    """Return what is wrong with how the file ends, if anything."""
    closed = scanner.peek() == "]"
    if in_list and not closed:
        return "the list is not closed: the file was cut off; write it again"
    if closed:
        scanner.skip()
    if scanner.peek() or (closed and not in_list):
        return "what follows is not read; write all reports as one list"
    return "the file has no reports" if empty else None


class _Scanner:
    """A window on a JSON stream that holds one value at a time."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._text = ""
        self._at = 0

    def peek(self) -> str:
        """Return the next character that is not blank, "" at the end."""
        while True:
            found = _BLANK.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def skip(self) -> None:
        """Pass over the character that `peek` showed."""
        self._at += 1

    def read_value(self) -> object:
        """Return the next value; raise `ValueError` where it is not JSON."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except ValueError as err:
                if len(self._text) - self._at > self._limits.record_bytes:
                    found = "no item ends within the characters held"
                    raise ValueError(
                        f"{_describe(err)}, or the item is too long: "
                        f"{beyond(self._limits, 'record_bytes', found)}"
                    ) from err
                if not self._fill():
                    raise
                continue
            # A number at the window's edge may go on behind it.
            if end == len(self._text) and self._fill():
                continue
            self._at = end
            return value

    def _fill(self) -> bool:
        """Read on, as much again as is held, so that second tries stay few."""
        raw = self._stream.read(max(HEAD_BYTES, len(self._text) - self._at))
        more = self._decoder.decode(raw, final=not raw)
        self._text = self._text[self._at :] + more
        self._at = 0
        return bool(raw)
