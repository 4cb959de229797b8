"""The folder of a site: made beside its place, then put there in one step."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import StoreError, UsageError

MARK = "site.json"  # written last: a folder without it is no whole site


def check_folder(folder: Path, record: Path, *, force: bool) -> None:
    """Raise `UsageError` unless a site may be made at `folder`."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError(f"{folder}: is no folder; name one that is new")
    place, whole = folder.absolute().resolve(), record.resolve()
    if place == whole or place.is_relative_to(whole):
        raise UsageError(f"{folder}: lies in the record; choose a place outside it")
    if whole.is_relative_to(place):
        raise UsageError(f"{folder}: holds the record; choose a place beside it")
    if not folder.absolute().parent.is_dir():
        raise UsageError(f"{folder.parent}: is no folder; make it first")
    if folder.is_dir() and not force and any(folder.iterdir()) and not is_site(folder):
        raise UsageError(
            f"{folder}: holds other files; name a folder that is new, empty or a former"
            " site, or give --force to replace it with all it holds"
        )


def is_site(folder: Path) -> bool:
    """Tell whether a folder is a whole site."""
    return (folder / MARK).is_file() and (folder / "index.html").is_file()


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give a folder to write into; it becomes `folder` at the end, or is removed.

    What is written is nowhere to be mistaken for a site: until the end it is a hidden
    folder beside its place.
    """
    place = folder.absolute()
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        part.mkdir()
        yield part
        _put(part, place)
    except OSError as err:
        raise StoreError(
            f"{folder}: cannot write ({err.strerror or err}); see to disk space and"
            " permissions"
        ) from err
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _put(part: Path, place: Path) -> None:
    """Move `part` to its place; what was there stays until it is."""
    if not place.exists():
        part.rename(place)
        return
    old = place.with_name(f".{place.name}.{os.getpid()}.old")
    place.rename(old)
    try:
        part.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old)
