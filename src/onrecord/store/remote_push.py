"""Put into the store what a copy of a record has and the store has not.

Data comes first, then the journal, then the entries of the logs in order, then
checkpoints. The lease then says how many commits count, and the head follows. So the
tables there are whole at every moment, and whatever ends a run ends it between two
states that the next one can go on from.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from onrecord.errors import ObjectsError
from onrecord.objects import Look, Place, for_each
from onrecord.store.head import HEAD_FILE, JOURNAL_FILE, Head, head_bytes
from onrecord.store.journal import HINT, LOG, Version, entry_name
from onrecord.store.remote import copy_of, write_copy
from onrecord.store.remote_journal import (
    Part,
    bytes_of,
    commit_in,
    commits_in,
    told_in,
)
from onrecord.store.remote_lease import Lease
from onrecord.store.tables import TABLES

SECONDS_BETWEEN = 10.0  # pushes; what a machine that is lost takes with it
PART_BYTES = 2**20  # a part of the journal that is larger is not put again
TRIES_AT_THE_END = 3

logger = logging.getLogger(__name__)


class Push:
    """What has been put there, and how to put what is new."""

    def __init__(
        self, folder: Path, place: Place, lease: Lease, there: dict[str, Look]
    ) -> None:
        self._folder = folder
        self._place = place
        self._lease = lease
        self._there = there
        self._at = time.monotonic()
        self._part: Part | None = None
        self._lines = b""
        self._trouble = ""
        self._read = 0  # bytes of the journal that need not be looked at again

    def after_commit(self) -> None:
        """Put what is new, unless that was done a moment ago.

        A store that does not answer is asked again after the next commit.
        """
        if time.monotonic() - self._at < SECONDS_BETWEEN:
            self._lease.check()
            return
        try:
            self.push()
        except ObjectsError as err:
            if str(err) != self._trouble:
                logger.warning("%s; it is tried again while the run goes on", err)
            self._trouble = str(err)
        self._at = time.monotonic()

    def push_all(self) -> None:
        """Put all that is new; raise `ObjectsError` when the store does not answer."""
        for left in reversed(range(TRIES_AT_THE_END)):
            try:
                self.push()
            except ObjectsError as err:
                if not left:
                    raise ObjectsError(
                        f"{err}; the run is done, and kept on this machine: give the"
                        " command again to put it there"
                    ) from err
            else:
                return

    def push(self) -> None:
        """Put what is new now."""
        done = self._lease.commits
        added = told_in(self._folder / JOURNAL_FILE, self._read)
        told = [one for one in added if one.commits > done]
        new = [(commit_in(one), bytes_of(one)) for one in told]
        if not new:
            return
        commits = [commit for commit, _ in new]
        versions = [version for commit in commits for version in commit.versions]
        for_each(self._put_data, _data_of(versions))
        self._put_journal(done + 1, b"".join(line for _, line in new))
        by_table = [[v for v in versions if v.table == table] for table in TABLES]
        for_each(self._put_log, [one for one in by_table if one])
        head = commits[-1].head
        self._lease.move_head(head.commits)
        self._put(HEAD_FILE, head_bytes(head))
        _note(self._folder, head.commits)
        self._read = told[-1].end

    def clear(self, *, broken_journal: bool) -> None:
        """Put right what a run left there that was cut off, or what damage changed."""
        done = self._lease.commits
        there = list(commits_in(self._folder))
        head = max(
            (commit.head for commit, _ in there if commit.head.commits <= done),
            key=lambda head: head.commits,
            default=Head(),
        )
        entries = {
            f"{version.table}/{LOG}/{entry_name(version.version)}": version
            for commit, _ in there
            for version in commit.versions
        }
        for table in TABLES:
            self._clear_log(table, head.versions.get(table, -1), entries)
        if broken_journal:
            lines = [line for commit, line in there if commit.head.commits <= done]
            self._put_journal(there[0][0].head.commits, b"".join(lines))
        for name, version in entries.items():
            if version.version <= head.versions.get(version.table, -1):
                self._put_again(name, version.entry.encode())
                for kept in version.files:
                    self._put_file_again(f"{version.table}/{kept.path}", kept.size)
        if head.commits and self._place.get(HEAD_FILE) != head_bytes(head):
            self._put(HEAD_FILE, head_bytes(head))

    def _clear_log(
        self, table: str, newest: int, entries: Mapping[str, Version]
    ) -> None:
        """Take away versions beyond the head, the newest first, but for our own."""
        beyond = sorted(
            (number, name)
            for name in self._there
            if name.startswith(f"{table}/{LOG}/") and (number := _number(name)) > newest
        )
        ours = newest
        for number, name in beyond:
            if name.endswith(".json"):
                own = entries.get(name)
                if own is None or self._place.get(name) != own.entry.encode():
                    break
                ours = number
        doomed = [name for number, name in beyond if number > ours]
        if any(not name.endswith(".json") for name in doomed):
            self._delete(f"{table}/{LOG}/{HINT}")
        for name in reversed(doomed):
            self._delete(name)

    def _put_again(self, name: str, raw: bytes) -> None:
        """Put what is missing there, or has another size."""
        look = self._there.get(name)
        if look is None or look.size != len(raw):
            where = self._place.address_of(name)
            logger.warning("%s: was damaged; put again", where)
            self._put(name, raw)

    def _put_file_again(self, name: str, size: int) -> None:
        """Put a file that is missing there, or has another size, and is whole here."""
        look = self._there.get(name)
        path = self._folder / name
        if look and look.size == size:
            return
        if path.exists() and path.stat().st_size == size:
            self._put_again(name, path.read_bytes())

    def _put_data(self, name: str) -> None:
        path = self._folder / name
        if not path.exists():
            logger.warning("%s: is gone before it was put into the store", path)
            return
        look = self._there.get(name)
        if look is None or look.size != path.stat().st_size:
            self._put(name, path.read_bytes())

    def _put_journal(self, first: int, lines: bytes) -> None:
        """Put the part that new lines belong to, with what is in it already."""
        if self._part is None or len(self._lines) > PART_BYTES:
            self._part, self._lines = Part(self._lease.writer, first), b""
        self._put(self._part.name, self._lines + lines)
        self._lines += lines

    def _put_log(self, versions: Sequence[Version]) -> None:
        """Put the entries of a table's log in order, then its newest checkpoint."""
        for version in versions:
            name = f"{version.table}/{LOG}/{entry_name(version.version)}"
            self._put(name, version.entry.encode())
        checkpoints = [
            f.path for v in versions for f in v.files if f.path.startswith(LOG)
        ]
        log = self._folder / versions[0].table
        for path in checkpoints:
            if (log / path).exists():
                self._put(f"{log.name}/{path}", (log / path).read_bytes())
        hint = log / LOG / HINT
        if checkpoints and hint.exists():
            self._put(f"{log.name}/{LOG}/{HINT}", hint.read_bytes())

    def _put(self, name: str, raw: bytes) -> None:
        self._lease.check()
        self._place.put(name, raw)

    def _delete(self, name: str) -> None:
        self._lease.check()
        self._place.delete(name)
        self._there.pop(name, None)


def _data_of(versions: Sequence[Version]) -> list[str]:
    return [
        f"{version.table}/{kept.path}"
        for version in versions
        for kept in version.files
        if not kept.path.startswith(LOG)
    ]


def _number(name: str) -> int:
    """Return the version that an object of a log is of, -1 for the hint."""
    number, _, _ = name.rpartition("/")[2].partition(".")
    return int(number) if number.isdecimal() else -1


def _note(folder: Path, commits: int) -> None:
    write_copy(folder, msgspec.structs.replace(copy_of(folder), commits=commits))
