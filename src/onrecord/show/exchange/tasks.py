"""What the files of all tools have in common."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec

from onrecord.model.event import EventType, Factuality
from onrecord.model.judgement import Judgement, Shown, Unread

LONG_LINE = 2_000_000  # bytes
LONG_FILE = 500_000_000

# What can be chosen in every tool, by kind.
CODES: dict[str, tuple[str, ...]] = {
    "type": tuple(EventType),
    "factuality": tuple(Factuality),
}


def read_lines(
    raw: bytes, read_one: Callable[[int, Any], Judgement | None]
) -> Iterator[Judgement | Unread]:
    """Yield what `read_one` makes of each line of JSON; None is left out."""
    for position, line in enumerate(raw.split(b"\n"), 1):
        if not line.strip():
            continue
        if len(line) > LONG_LINE:
            reason = f"the line has {len(line):,} bytes, at most {LONG_LINE:,} are read"
            yield Unread(position=position, reason=reason)
            continue
        yield from one(position, partial(_read_line, position, line, read_one))


def _read_line(
    position: int, line: bytes, read_one: Callable[[int, Any], Judgement | None]
) -> Judgement | None:
    return read_one(position, decode(line))


def one(
    position: int, make: Callable[[], Judgement | None]
) -> Iterator[Judgement | Unread]:
    """Yield a judgement, or why it cannot be read."""
    try:
        judgement = make()
    except (msgspec.MsgspecError, ValueError, RecursionError) as err:
        yield Unread(position=position, reason=str(err) or type(err).__name__)
        return
    if judgement is not None:
        yield judgement


def decode(raw: bytes) -> Any:
    """Return JSON as plain values; raise `ValueError` for what is none."""
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError as err:
        raise ValueError(f"is not JSON ({err})") from None
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None


def shown_of_json(value: Any) -> Shown | None:
    """Return the event that was shown, as our export wrote it; None where it is not."""
    return None if value is None else msgspec.convert(value, Shown)


def plain(value: Any) -> Any:
    """Return a struct as plain values of JSON."""
    return msgspec.to_builtins(value)


def moment(seconds: Any) -> str | None:
    """Return seconds since 1970 as ISO 8601; None for what is no such time."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        raise ValueError(f"{seconds} is no time") from None
