"""Where a report comes from, and how it is refused."""

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import msgspec

from onrecord.model.document import Rejected, make_rejected

STAGE = "read"
MAX_QUOTED = 60  # characters of a value that a reason shows
MAX_NAME = 300  # characters of a name from inside a file
MAX_SAID = 200  # characters of what a library says is wrong
MAX_LISTED = 12  # column names that a reason shows
WITHIN = " > "  # between an archive's path and that of what lies in it
# Unicode's controls, formats (they turn text around), surrogates, line separators.
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class Origin(msgspec.Struct, frozen=True):
    """An input's name as given, and its stem: the name without folder and ending.

    `member`: the path inside an archive, "inner/day.jsonl", with " > " between an
    archive's path and that of what lies in it; None where the input is no archive.
    """

    file: str
    stem: str
    member: str | None = None


STDIN = Origin("-", "stdin")


def origin_of(path: Path) -> Origin:
    """Return the origin of a file; name bytes that are not UTF-8 show as `\\xe9`."""
    return Origin(_printable(str(path)), _printable(path.stem))


def origin_of_address(address: str) -> Origin:
    """Return the origin of something on the web."""
    return Origin(_printable(address), _printable(address))


def enter(origin: Origin, name: str, *, shown: str | None = None) -> Origin:
    """Return the origin of what an archive calls `name`, which may be hostile.

    `shown` tells files of one name apart.
    """
    path = _shortened(escaped(shown or name), MAX_NAME)
    member = f"{origin.member}{WITHIN}{path}" if origin.member else path
    return Origin(
        origin.file,
        _shortened(escaped(PurePosixPath(name).stem), MAX_NAME) or path,
        member,
    )


def unpacked(origin: Origin) -> Origin:
    """Return the origin of what gzip and its like hold: the stem loses an ending."""
    return msgspec.structs.replace(origin, stem=PurePosixPath(origin.stem).stem)


def place(origin: Origin, position: str | None) -> str | None:
    """Return a position with the archive's member before it."""
    return ", ".join(part for part in (origin.member, position) if part) or None


def reject(
    origin: Origin,
    reason: str,
    *,
    position: str | None = None,
    source_id: str | None = None,
    language: str | None = None,
    text: str | None = None,
) -> Rejected:
    """Return the record of a report that this stage refuses.

    `position` is the place in the member, as the reader of its kind counts. What UTF-8
    cannot hold is spelled out, but for the text.
    """
    return make_rejected(
        file=origin.file,
        position=_storable(place(origin, position)),
        stage=STAGE,
        reason=_storable(reason) or reason,
        source_id=_storable(source_id),
        language=language,
        text=text,
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


def escaped(name: str) -> str:
    """Return a name from inside a file, its control characters spelled out.

    >>> escaped("a\x1b[2J.txt")
    'a\\\\x1b[2J.txt'
    """
    return "".join(
        char.encode("unicode_escape").decode()
        if unicodedata.category(char) in _UNSHOWN
        else char
        for char in name
    )


def said(err: Exception) -> str:
    """Return what a library says is wrong, for a reason: escaped and shortened."""
    return _shortened(escaped(str(err).strip()), MAX_SAID)


def _shortened(text: str, most: int) -> str:
    """Return `text` with its middle left out if it is longer."""
    half = most // 2
    return text if len(text) <= most else f"{text[:half]}…{text[-half:]}"


def _storable(value: str | None) -> str | None:
    return value and value.encode("utf-8", "backslashreplace").decode("utf-8")


def _printable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")
