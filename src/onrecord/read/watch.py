"""Look at folders that files come into, and tell which of them are whole.

By polling, which works on every file system. A file is whole when two looks in a row
see it alike, or when it was alike under another name before (it was renamed into
place), or when its name is younger than its content.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from onrecord.model.document import Rejected
from onrecord.read.inputs import list_files
from onrecord.read.textfile import META_SUFFIX
from onrecord.read.unpack import is_packed

# What programs call a file that they are still writing.
PARTIAL = (
    ".part",
    ".partial",
    ".tmp",
    ".temp",
    ".crdownload",
    ".download",
    ".filepart",
    ".opdownload",
    ".swp",
    ".lock",
    "~",
)
YOUNGER_NS = 1_000_000_000  # file systems may round times up to a second or two


class Look(msgspec.Struct, frozen=True):
    """What a file looks like from outside; times in nanoseconds.

    `changed` also moves when the file is renamed or its permissions change. `meta` is
    the look of the metadata file beside it.
    """

    size: int
    modified: int
    changed: int
    place: tuple[int, int]  # device and inode
    meta: "Look | None" = None


class Sight(msgspec.Struct, frozen=True):
    """All files seen in one look, and what could not be looked at."""

    files: Mapping[Path, Look] = {}
    refused: tuple[Rejected, ...] = ()


def look(inputs: Iterable[Path]) -> Sight:
    """Return what there is to see in the folders and files named, by their names."""
    files: dict[Path, Look] = {}
    refused: list[Rejected] = []
    for one in inputs:
        for found in list_files(one):
            if isinstance(found, Rejected):
                refused.append(found)
            elif seen := _look_at(found):
                files[found] = seen
    return Sight(files, tuple(refused))


def find_whole(now: Sight, before: Sight) -> tuple[Path, ...]:
    """Return the files that nobody writes to any more, in the order of the look."""
    places = {seen.place: seen for seen in before.files.values()}
    return tuple(
        path
        for path, seen in now.files.items()
        if not is_partial(path.name)
        and (
            before.files.get(path) == seen
            or _is_same_content(seen, places.get(seen.place))
            or seen.changed - seen.modified > YOUNGER_NS
        )
    )


def is_partial(name: str) -> bool:
    """Tell whether a file's name says that it is still being written.

    >>> is_partial("day.jsonl.part")
    True
    """
    return name.lower().endswith(PARTIAL)


def _is_same_content(seen: Look, then: Look | None) -> bool:
    if then is None:
        return False
    return (seen.size, seen.modified) == (then.size, then.modified)


def _look_at(path: Path) -> Look | None:
    """Return the look of a file, None when it has just gone."""
    seen = _stat(path)
    if seen is None:
        return None
    inner = path.with_suffix("") if is_packed(path.name) else path
    meta = _stat(inner.with_suffix(META_SUFFIX))
    return msgspec.structs.replace(seen, meta=meta) if meta else seen


def _stat(path: Path) -> Look | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - half the time of Path.stat
    except OSError:
        return None
    place = (status.st_dev, status.st_ino)
    return Look(status.st_size, status.st_mtime_ns, status.st_ctime_ns, place)
