"""Which files a watch has brought into a record, so that it need not do so again.

Lines of JSON in the record's folder, added to when the reports are in the record. What
is lost of them costs time: a file that is read again adds nothing.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from onrecord.read.origin import origin_of
from onrecord.read.watch import Look

FILE_NAME = "watched.jsonl"  # in the record's folder


class _Line(msgspec.Struct, frozen=True):
    """A file as it was taken; `how` is a hash of what decides what is read in it.

    `reports` is how many the record held then.
    """

    file: str
    how: str
    mark: tuple[int, ...]
    reports: int = 0


class WatchMemory:
    """The files taken, each as it was then; `how` names the way of reading them."""

    def __init__(self, folder: Path, *, how: str) -> None:
        self._path = folder / FILE_NAME
        self._how = how
        self._taken: dict[str, tuple[int, ...]] = {}
        self._reports = 0
        for line in _load(self._path):
            self._reports = max(self._reports, line.reports)
            if line.how == how:
                self._taken[line.file] = line.mark

    def check(self, reports: int) -> None:
        """Forget all if the record has lost reports: the files are read again.

        `reports` is how many it holds now. None is ever taken out of a whole record.
        """
        if reports < self._reports:
            self._taken.clear()
            self._reports = 0
            self._path.unlink(missing_ok=True)

    def knows(self, path: Path, seen: Look) -> bool:
        """Tell whether the file was taken as it looks now."""
        return self._taken.get(_name(path)) == _mark(seen)

    def keep(self, files: Mapping[Path, Look], reports: int = 0) -> None:
        """Note that these files are in the record, which now has so many reports."""
        self._reports = reports
        lines = [self._line(_name(path), _mark(seen)) for path, seen in files.items()]
        if lines and self._path.parent.is_dir():
            with self._path.open("ab") as stream:
                _write(stream.fileno(), lines)
        self._taken.update((line.file, line.mark) for line in lines)

    def tidy(self) -> None:
        """Write the file anew when most of its lines are out of date."""
        try:
            with self._path.open("rb") as stream:
                count = sum(1 for _ in stream)
        except OSError:
            return
        if count <= 2 * len(self._taken):
            return
        lines = [self._line(name, mark) for name, mark in self._taken.items()]
        draft = self._path.with_name(FILE_NAME + ".new")
        with draft.open("wb") as stream:
            _write(stream.fileno(), lines)
        draft.replace(self._path)

    def _line(self, name: str, mark: tuple[int, ...]) -> _Line:
        return _Line(name, self._how, mark, self._reports)


def _load(path: Path) -> Iterator[_Line]:
    decoder = msgspec.json.Decoder(_Line)
    try:
        raw = path.read_bytes()
    except OSError:
        return
    for one in raw.splitlines():
        try:
            yield decoder.decode(one)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue  # cut off when the power went


def _write(handle: int, lines: Iterable[_Line]) -> None:
    # It begins with a line end, for the line before may have been cut off.
    raw = b"\n".join([b"", *map(msgspec.json.encode, lines), b""])
    view = memoryview(raw)
    while view:
        view = view[os.write(handle, view) :]
    os.fsync(handle)


def _name(path: Path) -> str:
    return origin_of(path.absolute()).file


def _mark(seen: Look) -> tuple[int, ...]:
    """Return what tells a file from what it was; its inode need not stay."""
    meta = _mark(seen.meta) if seen.meta else ()
    return (seen.size, seen.modified, seen.changed, *meta)
