"""The journal: every commit, with what is needed to check and mend the record.

One line a commit, appended and synced before the head file is replaced: a checksum
of the line, then the head, the log entry of each new version of a table, and the
size and checksum of each file it brought. Files that no input could bring back are
in the line themselves.
"""

import base64
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec

from onrecord.store.head import JOURNAL_FILE, Head, sync_folder

# What people wrote, and accounts of what was read: nothing makes them again.
KEPT_TWICE = frozenset({"runs", "corrections"})
LOG = "_delta_log"
HINT = "_last_checkpoint"


class Kept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file as it was committed; `path` is relative to its table's folder.

    `copy` holds the whole file, in base64.
    """

    path: str
    size: int
    digest: str
    copy: str | None = None


class Version(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A version of a table: its entry in the log, and the files it brought."""

    table: str
    version: int
    entry: str
    files: tuple[Kept, ...] = ()


class Commit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one commit changed.

    `lost` are files, `table/path`, that are gone for good: what they held was given up
    or made again. `gone` are the reports that were in them.
    """

    head: Head
    versions: tuple[Version, ...] = ()
    lost: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class BadLine(msgspec.Struct, frozen=True):
    """A line, counted from 1, that is not as it was written.

    `torn`: the last one, without its end; the commit was cut short and never counted.
    """

    number: int
    torn: bool

    @property
    def name(self) -> str:
        """Return what `Commit.lost` calls it once what it held was noted anew."""
        return f"{JOURNAL_FILE}:{self.number}"


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Commit)


def append_commit(record: Path, commit: Commit) -> None:
    """Write a commit behind the others and wait until it is on disk."""
    raw = _encoder.encode(commit)
    with (record / JOURNAL_FILE).open("ab") as stream:
        stream.write(check_of(raw) + b" " + raw + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


def read_journal(record: Path) -> Iterator[Commit | BadLine]:
    """Yield the commits in order, one in memory at a time; nothing without a journal.

    A line that was changed is yielded as a `BadLine`.
    """
    try:
        stream = (record / JOURNAL_FILE).open("rb")
    except FileNotFoundError:
        return
    with stream:
        for number, line in enumerate(stream, 1):
            yield _commit_of(line) or BadLine(number, torn=not line.endswith(b"\n"))


def drop_torn_line(record: Path) -> None:
    """Take away a last line that was cut short, so that the next one begins anew."""
    path = record / JOURNAL_FILE
    if not path.exists():
        return
    with path.open("r+b") as stream:
        whole = 0
        for line in stream:
            if line.endswith(b"\n"):
                whole += len(line)
        if whole < path.stat().st_size:
            stream.truncate(whole)
            os.fsync(stream.fileno())


def version_of(folder: Path, version: int) -> Version:
    """Return what the journal keeps of a version, once all of it is on disk."""
    entry = folder / LOG / entry_name(version)
    text = entry.read_text(encoding="utf-8")
    sync_file(entry)
    paths = [unquote(added) for added in added_files(text)]
    checkpoint = f"{LOG}/{checkpoint_name(version)}"
    if (folder / checkpoint).exists():
        paths.append(checkpoint)
        sync_file(folder / LOG / HINT)
    return Version(
        table=folder.name,
        version=version,
        entry=text,
        files=tuple(_kept(folder, path) for path in paths),
    )


def sync_log(folder: Path) -> None:
    """Wait until the names of a table's files and log entries are on disk."""
    sync_folder(folder / LOG)
    sync_folder(folder)


def added_files(entry: str) -> Iterator[str]:
    """Yield the names of the data files that a log entry adds, as the log spells them.

    Raises `ValueError` for an entry that is not JSON lines.
    """
    for line in entry.splitlines():
        action = json.loads(line)
        if "add" in action:
            yield action["add"]["path"]


def entry_name(version: int) -> str:
    """Return the name of the log entry of a version."""
    return f"{version:020}.json"


def checkpoint_name(version: int) -> str:
    """Return the name of the checkpoint of a version."""
    return f"{version:020}.checkpoint.parquet"


def digest_of(path: Path) -> str:
    """Return the checksum of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_as_kept(path: Path, kept: Kept) -> bool:
    """Tell whether a file is there and has the bytes it was committed with."""
    try:
        return path.stat().st_size == kept.size and digest_of(path) == kept.digest
    except OSError:
        return False


def sync_file(path: Path) -> None:
    """Wait until a file's bytes are on disk."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _kept(folder: Path, path: str) -> Kept:
    file = folder / path
    sync_file(file)
    twice = folder.name in KEPT_TWICE and not path.startswith(LOG)
    return Kept(
        path=path,
        size=file.stat().st_size,
        digest=digest_of(file),
        copy=base64.b64encode(file.read_bytes()).decode() if twice else None,
    )


def _commit_of(line: bytes) -> Commit | None:
    check, _, raw = line.partition(b" ")
    if not line.endswith(b"\n") or check != check_of(raw[:-1]):
        return None
    return _decoder.decode(raw)


def check_of(raw: bytes) -> bytes:
    """Return the checksum that stands before a line."""
    return hashlib.blake2b(raw, digest_size=8).hexdigest().encode()
