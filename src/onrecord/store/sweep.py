"""Take away what killed writers left: data files that no version of a table names.

Only names that Delta Lake gives are taken, and only files that are older than the
writer's lock; what else lies in a record is its owner's.
"""

import logging
import re
import shutil
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from urllib.parse import unquote

from onrecord.store.head import LOCK_FILE
from onrecord.store.journal import LOG, added_files, entry_name
from onrecord.store.workspace import SCRATCH

logger = logging.getLogger(__name__)

# The second is what a file is called while it is being written.
OURS = re.compile(r"part-\d{5}-[0-9a-f-]{36}-c\d{3}(\.\w{1,9})?\.parquet(#\d{1,9})?")


def sweep_scratch(record: Path) -> None:
    """Take away what the last writer put on disk and could not take away itself."""
    shutil.rmtree(record / SCRATCH, ignore_errors=True)


def sweep_files(
    record: Path,
    versions: Mapping[str, int],
    told: Mapping[str, Set[int]],
    files: Mapping[str, Set[str]],
) -> int:
    """Take away the data files that no version names; return how many.

    `versions` are the newest of each table, `told` those of which `files` are the names
    of what they brought; of the others the log is read. A table of which one cannot be
    read keeps all its files.
    """
    since = (record / LOCK_FILE).stat().st_mtime_ns
    swept = 0
    for table, newest in versions.items():
        folder = record / table
        named = _named(folder, newest, told.get(table, frozenset()))
        if named is None:
            continue
        named |= files.get(table, frozenset())
        for path in _unnamed(folder, named):
            if path.stat().st_mtime_ns < since:
                path.unlink()
                swept += 1
    if swept:
        logger.info("%s: %d files of writers that were killed are gone", record, swept)
    return swept


def _unnamed(folder: Path, named: Set[str]) -> Iterator[Path]:
    for path in sorted(folder.glob("part-*")):
        if OURS.fullmatch(path.name) and path.name not in named and path.is_file():
            yield path


def _named(folder: Path, newest: int, told: Set[int]) -> set[str] | None:
    """Return what the log says of versions that nobody told of; None if it is cut."""
    named: set[str] = set()
    for version in range(newest + 1):
        if version in told:
            continue
        try:
            entry = (folder / LOG / entry_name(version)).read_text(encoding="utf-8")
            named.update(unquote(path) for path in added_files(entry))
        except (OSError, ValueError):
            return None
    return named
