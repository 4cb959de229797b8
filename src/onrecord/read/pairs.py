"""Pairs of spans for `onrecord relate`: one a line; a broken line costs that line."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.errors import UsageError
from onrecord.model.document import Rejected
from onrecord.model.relation import Pair
from onrecord.model.span import Span
from onrecord.read.decode import open_utf8, read_lines, why_not_utf8
from onrecord.read.inputs import why_not_opened
from onrecord.read.jsonl import describe
from onrecord.read.limits import MAX_RECORD_BYTES
from onrecord.read.origin import STDIN, Origin, listed, origin_of, quoted, reject

STANDARD_INPUT = "-"
HALF_PAIR = re.compile("[\ud800-\udfff]")
KEYS = ("id", "text", "actor", "recipient")


def read_pairs(name: str) -> Iterator[Pair | Rejected]:
    """Yield the pairs of a JSON lines file, or of standard input for `-`, in order.

    Raises `UsageError` at once where there is no such file.
    """
    if name == STANDARD_INPUT:
        return _read_stream(sys.stdin.buffer, STDIN)
    path = Path(name)
    if not path.exists():
        raise UsageError(f"{name}: there is no such file; check the name")
    if path.is_dir():
        raise UsageError(f"{name}: is a folder; name a file of JSON lines")
    return _read_file(path)


def _read_file(path: Path) -> Iterator[Pair | Rejected]:
    origin = origin_of(path)
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, origin)
    except OSError as err:
        yield reject(origin, why_not_opened(err))


def _read_stream(stream: BinaryIO, origin: Origin) -> Iterator[Pair | Rejected]:
    empty = True
    for number, line in enumerate(read_lines(open_utf8(stream)), 1):
        if line is not None and line.isspace():
            continue
        empty = False
        yield _read_line(line, origin, number)
    if empty:
        yield reject(origin, "the file has no pairs; every line is blank")


def _read_line(line: bytes | None, origin: Origin, number: int) -> Pair | Rejected:
    try:
        return _make_pair(line)
    except RecursionError:
        reason = "JSON nested too deep; give an object with id, text, actor, recipient"
    except ValueError as err:
        reason = str(err)
    return reject(origin, reason, position=f"line {number}")


def _make_pair(line: bytes | None) -> Pair:
    if line is None:
        raise ValueError(
            f"the line is longer than {MAX_RECORD_BYTES:,} bytes; cut it up"
        )
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as err:
        raise ValueError(why_not_utf8(line[err.start], "in it")) from err
    except ValueError as err:
        raise ValueError(f"not JSON: {describe(err)}; write the line again") from err
    if not isinstance(value, dict):
        raise ValueError(f"{quoted(value)} is not a pair; give an object")
    missing = [key for key in KEYS if key not in value]
    if missing:
        raise ValueError(f"the pair has no {listed(missing)}; it has {listed(value)}")
    if isinstance(value["id"], bool) or not isinstance(value["id"], str | int):
        raise ValueError(f"the id {quoted(value['id'])} is neither a text nor a number")
    if not isinstance(value["text"], str):
        raise ValueError(f"the text {quoted(value['text'])} is not a text")
    half = HALF_PAIR.search(value["text"])
    if half:
        raise ValueError(
            f"at character {half.start()} of the text stands half a surrogate pair"
            f" (U+{ord(half[0]):04X}); write the text again"
        )
    return Pair(
        id=value["id"],
        text=value["text"],
        actor=_span(value, "actor"),
        recipient=_span(value, "recipient"),
    )


def _span(value: Mapping[str, Any], role: str) -> Span | None:
    """Return a span given as [start, end]; None where the text does not name it."""
    given = value[role]
    if given is None:
        return None
    match given:
        case [int(start), int(end)] if not any(isinstance(n, bool) for n in given):
            return Span(start, end)
    raise ValueError(
        f"the {role} {quoted(given)} is not [start, end], in code points of the text"
    )
