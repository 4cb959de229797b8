"""What the files of a record looked like when its writer left it.

To hash every file when a record is opened takes longer the larger it is. So the writer
notes, beside the journal, how long each file is, when it was last written and changed,
and which one it is on its disk (`.checked`). A record of which all that is as noted is
not hashed when it is opened; `verify` always hashes. Whatever a program does to a file
shows, since nothing can set the time of the last change back; what a disk does to it by
itself does not.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.store.head import HEAD_FILE, JOURNAL_FILE
from onrecord.store.journal import HINT, LOG, Version, entry_name
from onrecord.store.tables import TABLES

NOTE_FILE = ".checked"
NOTE_DRAFT = ".checked.new"
# What the writer writes over, under its own lock.
HINTS = frozenset(f"{table}/{LOG}/{HINT}" for table in TABLES)
WRITTEN_OVER = frozenset({HEAD_FILE, JOURNAL_FILE, *HINTS})

Look = tuple[int, int, int, int]  # size, last written, last changed, number on the disk


class Seal:
    """The files of a record that its writer has checked, or has written."""

    def __init__(self, record: Path) -> None:
        self._record = record
        self._looks = look_through(record)

    def is_whole(self) -> bool:
        """Tell whether all is as the last writer left it."""
        try:
            noted = (self._record / NOTE_FILE).read_bytes()
        except OSError:
            return False
        return noted == _digest(self._looks)

    def check_anew(self) -> None:
        """Note what was mended: all is known to be whole now."""
        self._looks = look_through(self._record)

    def add(self, version: Version) -> None:
        """Add what a commit wrote; its checksums are in the journal."""
        entry = f"{LOG}/{entry_name(version.version)}"
        for name in (entry, *(file.path for file in version.files)):
            path = f"{version.table}/{name}"
            self._looks[path] = _look((self._record / path).stat())

    def leave(self) -> None:
        """Note how the record is left, unless others have changed it meanwhile."""
        found = look_through(self._record)
        for path in WRITTEN_OVER & found.keys():
            self._looks[path] = found[path]
        if found != self._looks:
            (self._record / NOTE_FILE).unlink(missing_ok=True)
            return
        draft = self._record / NOTE_DRAFT
        draft.write_bytes(_digest(found))
        draft.replace(self._record / NOTE_FILE)


def look_through(record: Path) -> dict[str, Look]:
    """Return how each file of a record looks, by its path."""
    return dict(_looks(record))


def _looks(record: Path) -> Iterator[tuple[str, Look]]:
    for name in (HEAD_FILE, JOURNAL_FILE):
        path = record / name
        if path.exists():
            yield name, _look(path.stat())
    for table in TABLES:
        for folder in (table, f"{table}/{LOG}"):
            if not (record / folder).is_dir():
                continue
            with os.scandir(record / folder) as entries:
                for entry in entries:
                    if not entry.is_dir(follow_symlinks=False):
                        yield f"{folder}/{entry.name}", _look(entry.stat())


def _look(found: os.stat_result) -> Look:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _digest(looks: Mapping[str, Look]) -> bytes:
    lines = "\n".join(f"{path} {look}" for path, look in sorted(looks.items()))
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest().encode()
