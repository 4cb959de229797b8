"""Find the files that the named inputs stand for, in the same order every time."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from onrecord.model.document import Rejected
from onrecord.read.origin import origin_of, reject
from onrecord.read.textfile import META_SUFFIX

HIDDEN = "."
_ADVICE = {
    errno.EACCES: "permission denied; allow yourself to read it, for example by chmod",
    errno.EPERM: "permission denied; allow yourself to read it, for example by chmod",
    errno.ENOENT: "it is gone, or a link to nothing; remove it or put the file back",
    errno.ELOOP: "its links point at each other; remove them",
}


def list_files(path: Path) -> Iterator[Path | Rejected]:
    """Yield the file, or every file below the folder, sorted by name level by level.

    Hidden files, and metadata files beside a text, are passed over. Links are
    followed, but not back into a folder that we are in.
    """
    if path.name.endswith(META_SUFFIX):
        advice = "metadata of the text beside it, not a report; name the text"
        yield reject(origin_of(path), advice)
        return
    pending: list[tuple[Path, frozenset[tuple[int, int]]]] = [(path, frozenset())]
    while pending:
        current, above = pending.pop()
        try:
            status = current.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield _check_regular(current, status.st_mode)
                continue
            place = (status.st_dev, status.st_ino)
            if place in above:
                reason = "a link back to a folder that holds it; it is not followed"
                yield reject(origin_of(current), reason)
                continue
            children = _list_children(current)
        except OSError as err:
            yield reject(origin_of(current), why_not_opened(err))
            continue
        inside = above | {place}
        pending.extend((child, inside) for child in reversed(children))


def why_not_opened(err: OSError) -> str:
    """Return the reason for a file that the system does not let us read."""
    advice = _ADVICE.get(err.errno or 0, f"{err.strerror or err}; check the disk")
    return f"it cannot be read: {advice}"


def _list_children(folder: Path) -> list[Path]:
    # By bytes: names that are not UTF-8 sort too, and no locale has a say.
    return sorted(
        (
            child
            for child in folder.iterdir()
            if not child.name.startswith(HIDDEN)
            and not child.name.endswith(META_SUFFIX)
        ),
        key=lambda child: os.fsencode(child.name),
    )


def _check_regular(path: Path, mode: int) -> Path | Rejected:
    if stat.S_ISREG(mode):
        return path
    return reject(
        origin_of(path),
        "a pipe, socket or device, not a file; to read a pipe, give `-` and pipe into "
        "the command",
    )
