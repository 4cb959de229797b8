"""Where a report comes from, and how it is refused."""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from onrecord.model.document import Rejected, make_rejected

STAGE = "read"
MAX_QUOTED = 60  # characters of a value that a reason shows
MAX_LISTED = 12  # column names that a reason shows


class Origin(msgspec.Struct, frozen=True):
    """An input's name as given, and its stem: the name without folder and ending."""

    file: str
    stem: str


STDIN = Origin("-", "stdin")


def origin_of(path: Path) -> Origin:
    """Return the origin of a file; name bytes that are not UTF-8 show as `\\xe9`."""
    return Origin(_printable(str(path)), _printable(path.stem))


def origin_of_address(address: str) -> Origin:
    """Return the origin of something on the web."""
    return Origin(_printable(address), _printable(address))


def reject(
    origin: Origin,
    reason: str,
    *,
    position: str | None = None,
    source_id: str | None = None,
) -> Rejected:
    """Return the record of a report that this stage refuses."""
    return make_rejected(
        file=origin.file,
        position=position,
        stage=STAGE,
        reason=reason,
        source_id=source_id,
    )


def quoted(value: object) -> str:
    """Return `value` for a reason: escaped, in quotes, shortened.

    >>> quoted("29/01/22")
    "'29/01/22'"
    """
    shown = repr(value[: MAX_QUOTED + 1] if isinstance(value, str) else value)
    return shown if len(shown) <= MAX_QUOTED else shown[: MAX_QUOTED - 1] + "…"


def listed(names: Iterable[object]) -> str:
    """Return names for a reason, in quotes, with a comma between them."""
    shown = [quoted(name) for name in names]
    more = [f"and {len(shown) - MAX_LISTED} more"] if len(shown) > MAX_LISTED else []
    return ", ".join(shown[:MAX_LISTED] + more) or "none"


def _printable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")
