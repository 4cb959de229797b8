"""What is remembered of addresses: what they held, and when a host was last asked.

A record keeps it in one small file, so that an address that has not changed is not read
again. It is written when the reports are in the record and not before: a run that is
killed asks anew.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

FILE_NAME = "web.json"  # in the record's folder
MAX_ADDRESSES = 20_000  # the oldest go first
MAX_FILE_BYTES = 64 * 2**20
PATIENCE_SECONDS = 10.0  # what a host may ask us to wait for before we give it up


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What an address held: a hash of it, and by what the server knows it again.

    `how` is a hash of what decides what is made of it (version, limits, options): when
    that changes, it is read again.
    """

    how: str
    digest: str
    etag: str | None = None
    last_modified: str | None = None


class _File(msgspec.Struct, frozen=True):
    """The file; `reports` is how many the record held when it was written."""

    addresses: dict[str, Kept] = {}
    reports: int = 0


class Pace:
    """When each host was last asked, and until when it asked to be left alone."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._asked: dict[str, float] = {}
        self._shut: dict[str, float] = {}

    def wait(self, host: str, interval: float) -> bool:
        """Wait until `host` may be asked; return False when that takes too long."""
        now = self._clock()
        shut = self._shut.get(host, now)
        if shut - now > PATIENCE_SECONDS:
            return False
        free = max(shut, self._asked.get(host, now - interval) + interval)
        if free > now:
            self._sleep(free - now)
        self._asked[host] = self._clock()
        return True

    def shut(self, host: str, seconds: float) -> None:
        """Note that `host` wants to be left alone for so long."""
        self._shut[host] = self._clock() + seconds


class FetchCache:
    """What addresses held when they were last read; in memory, or in a file, too.

    `unchanged` counts the addresses asked that held nothing new.
    """

    def __init__(self, path: Path | None = None, *, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()
        self.unchanged = 0
        self._path = path
        file = _load(path) if path else _File()
        self._kept = file.addresses
        self._reports = file.reports
        self._noted: dict[str, Kept] = {}

    @property
    def is_filled(self) -> bool:
        """Tell whether anything is known of any address."""
        return bool(self._kept)

    @property
    def is_noted(self) -> bool:
        """Tell whether there is anything to keep."""
        return bool(self._noted)

    def check(self, reports: int) -> None:
        """Forget all if the record has lost reports: they have to be fetched again.

        `reports` is how many it holds now. None is ever taken out of a whole record.
        """
        if reports < self._reports:
            self._kept.clear()
            self._reports = 0
            if self._path:
                self._path.unlink(missing_ok=True)

    def find(self, address: str, *, how: str) -> Kept | None:
        """Return what an address held, None when it has not been read this way."""
        kept = self._kept.get(address)
        return kept if kept and kept.how == how else None

    def note(self, address: str, kept: Kept) -> None:
        """Note what an address held; it counts from `keep` on."""
        self._noted[address] = kept

    def forget(self) -> None:
        """Drop what was noted: its reports did not get into the record."""
        self._noted.clear()

    def keep(self, reports: int = 0) -> None:
        """Keep what was noted: its reports are in the record, which now has so many."""
        if not self._noted:
            return
        for address, kept in self._noted.items():
            self._kept.pop(address, None)  # so that it counts as the newest
            self._kept[address] = kept
        self._noted.clear()
        for address in list(self._kept)[:-MAX_ADDRESSES]:
            del self._kept[address]
        self._reports = reports
        if self._path:
            _store(self._path, _File(self._kept, reports))


def _load(path: Path) -> _File:
    """Return what a file holds; nothing when it is not there or not whole.

    Nothing is lost then but the time to read the addresses again.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_FILE_BYTES + 1)
        return msgspec.json.decode(raw, type=_File)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _File()


def _store(path: Path, file: _File) -> None:
    draft = path.with_name(path.name + ".new")
    with draft.open("wb") as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(file), indent=1))
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
