"""Put a record's files right before they are written to: what the journal can mend.

`mend_files` goes through everything but the rows: the head, the log entries, the
checkpoints and the data files. What it cannot bring back it names; `record.py` then
lets go of those files, and `lost.py` of the rows that rested on them.
"""

import base64
import json
import logging
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from onrecord.errors import RecordDamaged
from onrecord.store.delta import open_table, table_files
from onrecord.store.head import (
    HEAD_FILE,
    Head,
    check_schema,
    head_bytes,
    read_head,
    sync_folder,
    write_head,
)
from onrecord.store.journal import (
    HINT,
    LOG,
    BadLine,
    Commit,
    Kept,
    Version,
    append_commit,
    drop_torn_line,
    entry_name,
    is_as_kept,
    read_journal,
    version_of,
)
from onrecord.store.sweep import sweep_files

logger = logging.getLogger(__name__)

ASIDE = ".damaged"  # what a damaged file's name ends with once it is out of the way


class Known(msgspec.Struct):
    """What the journal says of a record, without the copies it holds."""

    head: Head | None = None
    versions: dict[str, set[int]] = {}
    files: dict[str, dict[str, Kept]] = {}  # by table, then path
    lost: set[str] = set()
    gone: set[str] = set()  # reports
    bad_lines: list[BadLine] = []


class Mended(msgspec.Struct, frozen=True):
    """The head to go on with, and the live data files that are gone, by table."""

    head: Head
    gone: Mapping[str, tuple[Path, ...]]


def mend_files(record: Path) -> Mended:
    """Mend what the journal can mend; only the writer that holds the lock may.

    Raises `RecordDamaged` when neither head nor journal can be read.
    """
    drop_torn_line(record)
    known, entries = _look_through(record)
    head = _mend_head(record, known)
    for version in entries:
        if version.version <= head.versions.get(version.table, -1):
            _write_entry(record, version)
    lost = [line.name for line in known.bad_lines if line.name not in known.lost]
    for table, newest in head.versions.items():
        folder = record / table
        _drop_later_entries(folder, newest)
        gone = _drop_checkpoints(folder, known.files.get(table, {}))
        lost += [name for path in gone if (name := f"{table}/{path}") not in known.lost]
    head = _note(record, head, known, tuple(lost))
    sweep_files(
        record,
        head.versions,
        known.versions,
        {table: files.keys() for table, files in known.files.items()},
    )
    return Mended(head, dict(_mend_data(record, head, known)))


def know(record: Path) -> Known:
    """Return what the journal says of a record."""
    known, _ = _look_through(record, compare=False)
    return known


def _look_through(
    record: Path, *, compare: bool = True
) -> tuple[Known, tuple[Version, ...]]:
    """Return what the journal says, and the versions whose log entry is not so."""
    known = Known()
    wrong: list[Version] = []
    for commit in read_journal(record):
        if isinstance(commit, BadLine):
            if not commit.torn:
                known.bad_lines.append(commit)
            continue
        known.head = commit.head
        known.lost.update(commit.lost)
        known.gone.update(commit.gone)
        for version in commit.versions:
            known.versions.setdefault(version.table, set()).add(version.version)
            files = known.files.setdefault(version.table, {})
            files.update((f.path, _without_copy(f)) for f in version.files)
            if compare and not is_as_written(record, version):
                wrong.append(version)
    return known, tuple(wrong)


def is_as_written(record: Path, version: Version) -> bool:
    """Tell whether a log entry is there and says what the journal says."""
    path = record / version.table / LOG / entry_name(version.version)
    try:
        return path.read_bytes() == version.entry.encode()
    except OSError:
        return False


def live_files(record: Path, table: str, version: int) -> tuple[Path, ...]:
    """Return the data files of a version of a table."""
    folder = record.absolute() / table
    return table_files(open_table(folder, version), folder, fetch=False)


def _mend_head(record: Path, known: Known) -> Head:
    """Return the last head that was committed, and see that the head file has it.

    A commit counts for a writer as soon as the journal has it: a head file behind it
    was about to be replaced, or is an old copy that was put back.
    """
    try:
        head = read_head(record)
    except RecordDamaged as err:
        if known.head is None:
            raise RecordDamaged(
                f"{err}; there is no journal to write it from: put back a copy, or run"
                " the reports again into a new folder"
            ) from err
        head = None
    written = known.head
    if written is None or (head and head.commits > written.commits):
        return _sound(head)  # the journal has lost its last lines
    check_schema(record, written)
    if head and (record / HEAD_FILE).read_bytes() == head_bytes(written):
        return written
    if head is None or head.commits != written.commits - 1:
        logger.warning("%s: written again from the journal", record / HEAD_FILE)
    write_head(record, written)
    return written


def _sound(head: Head | None) -> Head:
    if head is None:
        raise AssertionError("a record without head and journal was refused before")
    return head


def _write_entry(record: Path, version: Version) -> None:
    log = record / version.table / LOG
    log.mkdir(parents=True, exist_ok=True)
    path = log / entry_name(version.version)
    _write_file(path, version.entry.encode())
    logger.warning("%s: was damaged; written again from the journal", path)


def _drop_later_entries(folder: Path, newest: int) -> None:
    """Take away what a run wrote that was killed before its commit.

    No reader has seen it, and half an entry would keep the table from being opened.
    """
    log = folder / LOG
    for path in tuple(log.glob("*")):
        number, _, _ = path.name.partition(".")
        if number.isdecimal() and int(number) > newest:
            path.unlink()


def _drop_checkpoints(folder: Path, files: Mapping[str, Kept]) -> list[str]:
    """Take away checkpoints that are not as they were committed; return those gone.

    They only save time: without one the table is read from all its log entries.
    """
    log = folder / LOG
    there = {f"{LOG}/{path.name}": path for path in log.glob("*.checkpoint*.parquet")}
    known = {path: kept for path, kept in files.items() if path.startswith(LOG)}
    sound = {path for path, kept in known.items() if is_as_kept(folder / path, kept)}
    for path in there.keys() & known.keys() - sound:
        logger.warning("%s: was damaged; the table is read without it", folder / path)
    for path in there.keys() - sound:
        there[path].unlink()
    hint = log / HINT
    if hint.exists() and _hinted(hint) not in {_number(path) for path in sound}:
        hint.unlink()
    return sorted(known.keys() - sound)


def _number(checkpoint: str) -> int:
    return int(Path(checkpoint).name.partition(".")[0])


def _hinted(hint: Path) -> int | None:
    try:
        found = json.loads(hint.read_bytes())
    except ValueError:
        return None
    version = found.get("version") if isinstance(found, dict) else None
    return version if isinstance(version, int) else None


def _note(record: Path, head: Head, known: Known, lost: tuple[str, ...]) -> Head:
    """Write into the journal what it does not know: an older program's commits.

    What was in a line that is damaged is noted as it stands now.
    """
    new: list[Version] = []
    for table, newest in head.versions.items():
        folder = record / table
        for version in range(newest + 1):
            if version in known.versions.get(table, ()):
                continue
            try:
                found = version_of(folder, version)
            except (OSError, ValueError) as err:
                # Opening the table tells whether it can do without.
                logger.warning("%s version %s: %s", folder, version, err)
                continue
            known.files.setdefault(table, {}).update((f.path, f) for f in found.files)
            new.append(found)
    if not new and not lost and known.head == head:
        return head
    head = msgspec.structs.replace(head, commits=head.commits + 1)
    append_commit(record, Commit(head=head, versions=tuple(new), lost=lost))
    write_head(record, head)
    return head


def _mend_data(
    record: Path, head: Head, known: Known
) -> Iterator[tuple[str, tuple[Path, ...]]]:
    """Yield the data files that are damaged and of which there is no copy."""
    for table, version in head.versions.items():
        files = known.files.get(table, {})
        folder = record.absolute() / table
        bad = [
            path
            for path in live_files(record, table, version)
            if not _is_sound(path, files.get(str(path.relative_to(folder))))
        ]
        copies = _copies(record, table) if bad else {}
        gone: list[Path] = []
        for path in bad:
            copy = copies.get(str(path.relative_to(folder)))
            if copy is None:
                gone.append(path)
                continue
            _write_file(path, copy)
            logger.warning("%s: was damaged; written again from its copy", path)
        if gone:
            yield table, tuple(gone)


def _is_sound(path: Path, kept: Kept | None) -> bool:
    return is_as_kept(path, kept) if kept else path.exists()


def _copies(record: Path, table: str) -> dict[str, bytes]:
    return {
        kept.path: base64.b64decode(kept.copy)
        for commit in read_journal(record)
        if isinstance(commit, Commit)
        for version in commit.versions
        if version.table == table
        for kept in version.files
        if kept.copy is not None
    }


def _write_file(path: Path, raw: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(raw)
        stream.flush()
        os.fsync(stream.fileno())
    sync_folder(path.parent)


def put_aside(path: Path) -> None:
    """Move a damaged file out of the way; somebody may want to look at it."""
    if path.exists():
        path.replace(path.with_name(path.name + ASIDE))


def _without_copy(kept: Kept) -> Kept:
    return msgspec.structs.replace(kept, copy=None)
