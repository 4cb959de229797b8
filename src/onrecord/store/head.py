"""The head file: which version of each table is the record.

A batch counts from the moment the head names its versions, and not before.
"""

import os
from pathlib import Path

import msgspec

from onrecord.errors import NotARecord, RecordDamaged, StoreError
from onrecord.model.run import Versions
from onrecord.records import SCHEMA_VERSION

HEAD_FILE = "record.json"
HEAD_DRAFT = "record.json.new"
JOURNAL_FILE = "journal.jsonl"
LOCK_FILE = ".lock"
COPY_FILE = ".copy"  # in a copy of a record that is kept elsewhere: what it is of
CODERS_FOLDER = "coders"  # records of other coders' results, by the coder's name
HOUSEKEEPING = frozenset(
    {HEAD_FILE, HEAD_DRAFT, JOURNAL_FILE, LOCK_FILE, CODERS_FOLDER, "answers"}
)


class OpenRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run that has begun and not ended.

    `read` and `refused` count the reports seen, and those that could not be read.
    `unsettled`: it coded reports anew, and what reports tell has to be gathered anew.
    """

    run_id: str
    number: int
    versions: Versions
    inputs: tuple[str, ...]
    started: str
    resumed: int = 0
    read: int = 0
    refused: int = 0
    unsettled: bool = False


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The record as it stands: a version of each table, and the run in progress.

    Without versions the tables are still being made and hold nothing. `commits` counts
    the heads before this one; `mending` are the tables that lost a file, as long as
    rows that rested on it still stand.
    """

    record: str = "onrecord"
    schema_version: int = SCHEMA_VERSION
    commits: int = 0
    versions: dict[str, int] = {}
    run: OpenRun | None = None
    mending: tuple[str, ...] = ()


def read_head(record: Path) -> Head:
    """Return the head of a record.

    Raises `NotARecord` when the folder is something else, `RecordDamaged` when its
    head cannot be read.
    """
    path = record / HEAD_FILE
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        if (record / JOURNAL_FILE).exists():
            raise RecordDamaged(
                f"{path}: is missing; `onrecord run` writes it again from the journal"
            ) from None
        raise NotARecord(_not_a_record(record)) from None
    except OSError as err:
        raise StoreError(f"{path}: {err.strerror}; check the permissions") from err
    try:
        head = msgspec.json.decode(raw, type=Head)
    except (msgspec.DecodeError, UnicodeDecodeError) as err:
        raise RecordDamaged(
            f"{path}: not a head file ({err}); `onrecord run` writes it again from the"
            " journal"
        ) from err
    if head.record != "onrecord":
        raise NotARecord(f"{path}: does not belong to a record of onrecord")
    check_schema(record, head)
    return head


def check_schema(record: Path, head: Head) -> None:
    """Raise `StoreError` for a record that a newer program has written to."""
    if head.schema_version > SCHEMA_VERSION:
        raise StoreError(
            f"{record}: the record has schema version {head.schema_version}, this"
            f" program knows {SCHEMA_VERSION}; use a newer onrecord"
        )


def head_bytes(head: Head) -> bytes:
    """Return what the head file holds for a head."""
    return msgspec.json.format(msgspec.json.encode(head), indent=1)


def write_head(record: Path, head: Head) -> None:
    """Replace the head in one step: a reader sees the old one or the new one."""
    draft = record / HEAD_DRAFT
    with draft.open("wb") as stream:
        stream.write(head_bytes(head))
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(record / HEAD_FILE)
    sync_folder(record)


def sync_folder(folder: Path) -> None:
    """Wait until the names in `folder` are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _not_a_record(record: Path) -> str:
    if not record.exists():
        return f"{record}: there is no such record; `onrecord run` makes one"
    if not record.is_dir():
        return f"{record}: is a file, not a record's folder"
    return (
        f"{record}: is a folder without {HEAD_FILE}, not a record; name a record's"
        " folder, or let `onrecord run` make one in a new or empty folder"
    )
