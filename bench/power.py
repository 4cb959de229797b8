"""Cut the power at every step of a write, and see what is on the disk then.

A machine that loses power keeps what was synced. What was not may be there, be gone,
be empty or be half there, name by name. `Disk` watches a folder while this process
writes to it, knows what was synced, and makes such a folder of it; `cut_everywhere`
does so at every step. Linux only: the names behind handles are read from /proc.
"""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec

from onrecord.store import record as recording

VARIANTS = ("kept", "lost", "empty", "half", "mixed")
CALLS_OF_OS = ("fsync", "replace", "rename", "unlink")
CALLS_OF_THE_RECORD = ("write_deltalake", "create_table", "append_commit")
METHODS_OF_THE_RECORD = ("_remove", "_compact", "_let_go")


class PowerCut(BaseException):
    """Stand in for the end of everything: nothing in the program handles it."""


class _Content:
    """The bytes of one file as last synced; None when they never were."""

    def __init__(self, synced: bytes | None) -> None:
        self.synced = synced


class Cut(msgspec.Struct, frozen=True):
    """Where the power was cut, and in which state it left the files."""

    step: int
    variant: str
    path: Path


class Disk:
    """What of a folder is on the disk for good."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._contents: dict[int, _Content] = {}
        self._names: dict[Path, dict[str, _Content]] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self._contents[path.stat().st_ino] = _Content(path.read_bytes())
        for place in (folder, *(p for p in folder.rglob("*") if p.is_dir())):
            self._sync_names(place)

    def look(self) -> None:
        """Forget the files that were deleted: their numbers may be used again."""
        live = {p.stat().st_ino for p in self.folder.rglob("*") if p.is_file()}
        for number in self._contents.keys() - live:
            del self._contents[number]

    def sync(self, path: Path) -> None:
        """Note that a file, or the names in a folder, were synced."""
        if not path.is_relative_to(self.folder):
            return
        if path.is_dir():
            self._sync_names(path)
        elif path.exists():
            self._content(path).synced = path.read_bytes()

    def cut(self, variant: str, chance: random.Random) -> None:
        """Turn the folder into what may be found after the power was cut."""
        for place in sorted(p for p in self.folder.rglob("*") if p.is_dir()):
            if place.exists() and place not in self._names and variant == "lost":
                shutil.rmtree(place)
        places = [self.folder, *(p for p in self.folder.rglob("*") if p.is_dir())]
        for place in places:
            self._cut_names(place, variant, chance)

    def _cut_names(self, place: Path, variant: str, chance: random.Random) -> None:
        synced = self._names.get(place, {})
        now = {p.name: p.read_bytes() for p in place.iterdir() if p.is_file()}
        contents = {name: self._content(place / name) for name in now}
        for name in sorted({*synced, *now}):
            how = chance.choice(VARIANTS[:-1]) if variant == "mixed" else variant
            old, new = synced.get(name), contents.get(name)
            if how == "lost":
                found = old.synced or b"" if old else None
            elif new is None:
                found = None
            elif new.synced == now[name] or how == "kept":
                found = now[name]
            elif how == "empty":
                found = new.synced or b""
            else:
                found = _half(now[name], new.synced or b"")
            if found is None:
                (place / name).unlink(missing_ok=True)
            else:
                (place / name).write_bytes(found)

    def _content(self, path: Path) -> _Content:
        return self._contents.setdefault(path.stat().st_ino, _Content(None))

    def _sync_names(self, place: Path) -> None:
        self._names[place] = {
            path.name: self._content(path) for path in place.iterdir() if path.is_file()
        }


def cut_everywhere(
    begun: Path,
    write: Callable[[Path], None],
    folder: Path,
    *,
    variants: tuple[str, ...] = VARIANTS,
    every: int = 1,
    first: int = 0,
) -> Iterator[Cut]:
    """Yield the record after each cut of `write`, made from copies of `begun`.

    Ends with the first step that `write` does not come to. `every` leaves out steps.
    """
    for step in range(first, 1_000_000, every):
        for variant in variants:
            path = folder / f"{step}-{variant}"
            shutil.copytree(begun, path)
            disk = Disk(path)
            try:
                with watched(disk, last=step):
                    write(path)
            except PowerCut:
                disk.cut(variant, random.Random(step))
            else:
                return
            yield Cut(step, variant, path)
            shutil.rmtree(path)


def _half(now: bytes, synced: bytes) -> bytes:
    """Return half of what was written; what was synced before it stays."""
    kept = len(synced) if now.startswith(synced) else 0
    return now[: kept + (len(now) - kept) // 2]


@contextmanager
def watched(disk: Disk, *, last: int | None = None) -> Iterator[list[str]]:
    """Count the steps of what writes to a disk; cut the power in place of `last`.

    Yields the names of the steps taken.
    """
    steps: list[str] = []

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if name in CALLS_OF_OS and not _concerns(disk, args[0]):
                return call(*args, **kwargs)
            if len(steps) == last:
                raise PowerCut
            steps.append(name)
            disk.look()
            found = call(*args, **kwargs)
            if name == "fsync":
                disk.sync(_path_of(args[0]))
            return found

        return wrapped

    with ExitStack() as patches:
        for owner, names in (
            (os, CALLS_OF_OS),
            (recording, CALLS_OF_THE_RECORD),
            (recording.Record, METHODS_OF_THE_RECORD),
        ):
            for name in names:
                call = counted(name, getattr(owner, name))
                patches.enter_context(mock.patch.object(owner, name, call))
        yield steps


def _concerns(disk: Disk, what: Any) -> bool:
    path = _path_of(what) if isinstance(what, int) else Path(what)
    return path.is_relative_to(disk.folder)


def _path_of(handle: int) -> Path:
    return Path(os.readlink(f"/proc/self/fd/{handle}"))  # noqa: PTH115 - a handle
