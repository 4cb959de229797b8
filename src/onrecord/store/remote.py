"""A record on object storage, and the copy of it in which this machine works.

The copy is a record like any other in a folder of the cache. It is brought up to what
is there when it is opened; `remote_push.py` puts there what a run commits.

    record.json            the head, put last: what it names is there
    journal/*.jsonl        the journal, in parts (`remote_journal.py`)
    <table>/               the Delta Lake tables
    lease/                 who may write (`remote_lease.py`)
"""

import fcntl
import hashlib
import logging
import os
import re
import secrets
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import msgspec

from onrecord.errors import NotARecord, RecordDamaged, StoreError
from onrecord.objects import Place, check_object_address, for_each
from onrecord.store.head import CODERS_FOLDER, COPY_FILE, HEAD_FILE, Head, check_schema
from onrecord.store.journal import Kept, is_as_kept
from onrecord.store.lock import is_locked

logger = logging.getLogger(__name__)

CACHE = "ONRECORD_CACHE"
GATE_FILE = ".gate"  # one process at a time brings a copy up
SECONDS_BETWEEN_LOOKS = 60.0
_UNUSUAL = re.compile(r"[^A-Za-z0-9.-]+")

_not_asked: set[Path] = set()  # copies that are read as they are


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy is of; `key` tells it from copies elsewhere.

    `commits` is how many were there, and here, when the two were last in step.
    """

    address: str
    key: str
    commits: int = 0


def local_record(
    address: str, *, offline: bool = False, must_exist: bool = True
) -> Path:
    """Return the folder of the copy of a record, brought up to what is there.

    `offline` asks nobody and takes the copy as it is. Without `must_exist` there may be
    none, or a damaged one: opening it for writing makes or mends it. Raises
    `NotARecord`, `ObjectsError`, `RecordDamaged`, or `StoreError` when there is no copy
    to be read offline.
    """
    address = check_object_address(address)
    folder = copy_folder(address)
    if offline:
        if not (folder / HEAD_FILE).exists():
            raise StoreError(
                f"{address}: this machine has no copy of it yet; read it once without"
                " --offline"
            )
        _not_asked.add(folder)
        return folder
    _not_asked.discard(folder)
    make_copy(folder, address)
    try:
        bring_up(folder)
    except (NotARecord, RecordDamaged):
        if must_exist:
            raise
    return folder


def make_copy(folder: Path, address: str) -> None:
    """Make the folder of a copy, if it is not there; nothing is fetched."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise StoreError(
            f"{folder}: {err.strerror}; name a folder you may write to in {CACHE}"
        ) from err
    if read_copy(folder) is None:
        write_copy(folder, Copy(address=address, key=secrets.token_hex(8)))


def make_copy_of_coder(folder: Path) -> None:
    """Make the copy of a coder's record within a record, if that one is a copy."""
    record = folder.parent.parent
    above = read_copy(record) if folder.parent.name == CODERS_FOLDER else None
    if above:
        make_copy(folder, f"{above.address}/{CODERS_FOLDER}/{folder.name}")


def copy_folder(address: str) -> Path:
    """Return where the copy of a record is kept."""
    name = _UNUSUAL.sub("-", address.partition("://")[2]).strip("-.")[-60:]
    digest = hashlib.blake2b(address.encode(), digest_size=4).hexdigest()
    return cache_folder() / "records" / f"{name}-{digest}"


def cache_folder() -> Path:
    """Return the folder for what can be fetched again."""
    if named := os.environ.get(CACHE):
        return Path(named).absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/onrecord"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "onrecord"


def read_copy(folder: Path) -> Copy | None:
    """Return what a folder is a copy of, None for a record of its own."""
    try:
        return msgspec.json.decode((folder / COPY_FILE).read_bytes(), type=Copy)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
        return None


def write_copy(folder: Path, copy: Copy) -> None:
    """Note what a folder is a copy of, in one step."""
    draft = folder / f"{COPY_FILE}.new"
    draft.write_bytes(msgspec.json.encode(copy))
    draft.replace(folder / COPY_FILE)


def bring_up(folder: Path) -> None:
    """Bring a copy up to the head that is there; data is fetched when it is read.

    Nothing is done while a run of this machine writes to it.
    """
    from onrecord.store.remote_journal import follow

    copy = copy_of(folder)
    place = Place(copy.address)
    with gate(folder):
        if is_locked(folder):
            return
        head = read_remote_head(place)
        if head is None:
            _say_no_record(place)
        follow(folder, place, head)
    for name in place.folders(CODERS_FOLDER):
        coder = folder / CODERS_FOLDER / name
        make_copy_of_coder(coder)
        bring_up(coder)


def stay_fresh(folder: Path, *, every: float = SECONDS_BETWEEN_LOOKS) -> None:
    """Bring a copy up again and again, as long as this process lives.

    For a record of its own, and for a copy that is read offline, nothing is done.
    """
    if read_copy(folder) is None or folder.absolute() in _not_asked:
        return

    def look() -> None:
        while True:
            time.sleep(every)
            try:
                bring_up(folder)
            except StoreError as err:
                logger.warning("%s; what was there before is shown", err)

    threading.Thread(target=look, daemon=True).start()


def read_remote_head(place: Place) -> Head | None:
    """Return the head that is there, None when there is no record.

    Raises `RecordDamaged` when it is none.
    """
    raw = place.get(HEAD_FILE)
    if raw is None:
        return None
    return _decode_head(raw, place)


def _decode_head(raw: bytes, place: Place) -> Head:
    where = place.address_of(HEAD_FILE)
    try:
        head = msgspec.json.decode(raw, type=Head)
    except (msgspec.DecodeError, UnicodeDecodeError) as err:
        raise RecordDamaged(
            f"{where}: not a head file ({err}); `onrecord run` puts it again from the"
            " journal"
        ) from err
    if head.record != "onrecord":
        raise NotARecord(f"{where}: does not belong to a record of onrecord")
    check_schema(Path(place.address), head)
    return head


def fill_in(folder: Path, files: Iterable[Path]) -> None:
    """Fetch the files of a copy that are not here yet.

    Raises `RecordDamaged` when one is not there, or not as it was committed, and
    `StoreError` where nobody is to be asked.
    """
    missing = [path for path in files if not path.exists()]
    if not missing:
        return
    if folder.absolute() in _not_asked:
        raise StoreError(
            f"{copy_of(folder).address}: {len(missing):,} of its files are not on this"
            " machine; read it once without --offline"
        )
    for problem in fetch_files(folder, missing):
        raise RecordDamaged(problem)


def fetch_files(
    folder: Path, files: Iterable[Path], *, damaged: bool = False
) -> list[str]:
    """Fetch files that are not here; return what is wrong with those not to be had.

    With `damaged` also those that are not as they were committed.
    """
    kept = kept_files(folder)
    place = Place(copy_of(folder).address)
    wanted = [
        (path, one)
        for path in files
        if (one := kept.get(_name_of(folder, path)))
        and not (is_as_kept(path, one) if damaged else path.exists())
    ]
    problems = for_each(lambda one: _fetch(folder, place, *one), wanted)
    return [problem for problem in problems if problem]


def kept_files(folder: Path) -> dict[str, Kept]:
    """Return what the journal of a record keeps of each file, by `table/path`."""
    from onrecord.store.mend import know

    return {
        f"{table}/{path}": kept
        for table, files in know(folder).files.items()
        for path, kept in files.items()
    }


@contextmanager
def gate(folder: Path) -> Iterator[None]:
    """Wait until no other process of this machine brings the copy up."""
    with (folder / GATE_FILE).open("ab") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file of a copy so that it is never seen in part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        draft.write_bytes(raw)
        draft.replace(path)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def _fetch(folder: Path, place: Place, path: Path, kept: Kept) -> str | None:
    """Fetch one file; return what is wrong with it where it cannot be had."""
    name = _name_of(folder, path)
    raw = place.get(name)
    where = place.address_of(name)
    if raw is None:
        return f"{where}: is missing; {_mended(place)}"
    if hashlib.sha256(raw).hexdigest() != kept.digest:
        return f"{where}: is not as it was written; {_mended(place)}"
    write_whole(path, raw)
    return None


def _mended(place: Place) -> str:
    return (
        f"put back a copy of it, or give its inputs to `onrecord run {place.address}`"
        " again"
    )


def _name_of(folder: Path, path: Path) -> str:
    return path.absolute().relative_to(folder.absolute()).as_posix()


def copy_of(folder: Path) -> Copy:
    """Return what a folder is a copy of; raise `RecordDamaged` if that is lost."""
    copy = read_copy(folder)
    if copy is None:
        raise RecordDamaged(
            f"{folder / COPY_FILE}: cannot be read; remove this folder, it is fetched"
            " again"
        )
    return copy


def _say_no_record(place: Place) -> NoReturn:
    there = place.objects()
    if any(name.startswith(("lease/", "journal/")) for name in there):
        raise RecordDamaged(
            f"{place.address_of(HEAD_FILE)}: is missing; `onrecord run` puts it again"
            " from the journal"
        )
    if there:
        raise NotARecord(
            f"{place.address}: holds objects but no {HEAD_FILE}, so it is not a record"
        )
    raise NotARecord(
        f"{place.address}: there is no such record; `onrecord run` makes one"
    )
