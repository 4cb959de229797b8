"""Who may write to a record on object storage: one writer at a time, for a while.

A tiny Delta table, whose every version says who has the lease and which head counts.
Delta Lake adds a version only where nobody else has added it first, so that taking the
lease, keeping it and moving the head are each one step that fails when it was lost.
Times are those of the store, or spans on this machine: clocks need not agree.
"""

import os
import secrets
import socket
import threading
import time
from datetime import UTC, datetime, timedelta

import msgspec
import pyarrow as pa
from deltalake import (
    CommitProperties,
    DeltaTable,
    PostCommitHookProperties,
    write_deltalake,
)
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from onrecord.errors import ObjectsError, RecordDamaged, RecordLocked
from onrecord.objects import Place, delta_options, why_not
from onrecord.store.delta import COLOURS

LEASE = "lease"
FIRST_LEASE = f"{LEASE}/_delta_log/{0:020}.json"  # there as soon as anybody wrote
CLOCK = f"{LEASE}/clock"  # an object that is put to read the store's time
SECONDS = 120.0  # how long a lease is good for
RENEWED_AFTER = SECONDS / 4
MARGIN = SECONDS / 4  # before its end nothing is begun any more
SCHEMA = pa.schema([("nothing", pa.int32())])
NOTED = "onrecord"
HOOKS = PostCommitHookProperties(create_checkpoint=True, cleanup_expired_logs=False)


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A version of the lease: who has it (None: nobody), and how many commits count.

    `stamp` is its own, to be known again after an answer was lost.
    """

    holder: str | None
    who: str
    commits: int
    stamp: str


class Lease:
    """The lease, held; made by `take_lease`."""

    def __init__(self, place: Place, table: DeltaTable, held: Held, at: float) -> None:
        self._place = place
        self._table = table
        self._held = held
        self._until = at + SECONDS
        self._lost = ""
        self._one = threading.Lock()
        self._ended = threading.Event()
        self.writer = int(table.version())
        self._renewing = threading.Thread(target=self._renew, daemon=True)
        self._renewing.start()

    @property
    def commits(self) -> int:
        """Return how many commits the record has."""
        return self._held.commits

    def check(self) -> None:
        """Raise `RecordLocked` when the lease is lost, or is about to end."""
        if not self._lost and _now() > self._until - MARGIN:
            self._lost = "it could not be renewed in time"
        if self._lost:
            raise RecordLocked(
                f"{self._place.address}: this run no longer has the lease to write"
                f" ({self._lost}); what it did is kept on this machine: run again"
            )

    def move_head(self, commits: int) -> None:
        """Let the record have so many commits; this is the moment they count.

        Raises `RecordLocked` when the lease is lost, `ObjectsError` when the store does
        not answer.
        """
        with self._one:
            self.check()
            self._put(msgspec.structs.replace(self._held, commits=commits))

    def end(self) -> None:
        """Let go of it, so that another writer need not wait."""
        self._ended.set()
        self._renewing.join()
        with self._one:
            if not self._lost:
                self._put(msgspec.structs.replace(self._held, holder=None))

    def _put(self, held: Held) -> None:
        held = msgspec.structs.replace(held, stamp=secrets.token_hex(8))
        at = _now()
        try:
            _add(self._place, self._table, held)
        except CommitFailedError:
            self._lost = f"{_shown(_read(self._place, self._table))} took it"
            self.check()
        self._held, self._until = held, at + SECONDS

    def _renew(self) -> None:
        while not self._ended.wait(RENEWED_AFTER / 4):
            with self._one:
                due = _now() > self._until - SECONDS + RENEWED_AFTER
                if self._lost or not due:
                    continue
                try:
                    self._put(self._held)
                except RecordLocked:
                    return
                except ObjectsError:
                    continue  # tried again; `check` tells when it is too late


def take_lease(place: Place, *, key: str, commits: int) -> Lease:
    """Take the lease for the writer `key`; `commits` counts where there is none yet.

    A writer takes its own again at once: only one process has its copy. Raises
    `RecordLocked` with who has it, and until when.
    """
    holder = f"{key} {socket.gethostname()}"
    mine = Held(
        holder=holder,
        who=f"process {os.getpid()} on {socket.gethostname()}",
        commits=commits,
        stamp=secrets.token_hex(8),
    )
    at = _now()
    table = _open(place)
    if table is None:
        table = _create(place, mine)
        if table is not None:
            return Lease(place, table, mine, at)
        table = _open(place)
    if table is None:
        raise ObjectsError(f"{place.address_of(LEASE)}: comes and goes; try again")
    held = _read(place, table)
    if held.holder not in (None, holder):
        _check_ended(place, table, held)
    mine = msgspec.structs.replace(mine, commits=held.commits)
    try:
        _add(place, table, mine)
    except CommitFailedError as err:
        other = _read(place, table)
        raise RecordLocked(_taken(place, other, "it began at the same time")) from err
    return Lease(place, table, mine, at)


def read_held(place: Place) -> Held | None:
    """Return what the lease says now, None where there is none yet."""
    table = _open(place)
    return None if table is None else _read(place, table)


def _check_ended(place: Place, table: DeltaTable, held: Held) -> None:
    """Raise `RecordLocked` unless another writer's lease has ended."""
    entry = place.look(f"{LEASE}/_delta_log/{table.version():020}.json")
    place.put(CLOCK, held.stamp.encode())
    clock = place.look(CLOCK)
    if not entry or not clock or entry.put is None or clock.put is None:
        raise RecordLocked(_taken(place, held, "the store tells no time"))
    left = SECONDS - (clock.put - entry.put) / 1e9
    if left > 0:
        end = datetime.fromtimestamp(clock.put / 1e9, UTC) + timedelta(seconds=left)
        raise RecordLocked(_taken(place, held, f"until {end:%H:%M:%S} UTC, or longer"))


def _taken(place: Place, held: Held, when: str) -> str:
    return (
        f"{place.address}: another run is writing to it ({_shown(held)}, {when}); wait"
        " for it or end it, then run again. Reading needs no lease"
    )


def _shown(held: Held) -> str:
    return held.who if held.holder else "a run that is over"


def _open(place: Place) -> DeltaTable | None:
    try:
        return DeltaTable(
            place.address_of(LEASE), storage_options=delta_options(place.address)
        )
    except TableNotFoundError:
        return None
    except (DeltaError, OSError) as err:
        raise _unreachable(place, err) from err


def _create(place: Place, held: Held) -> DeltaTable | None:
    """Make the lease; None when somebody else did so meanwhile."""
    try:
        return DeltaTable.create(
            place.address_of(LEASE),
            SCHEMA,
            configuration={"delta.checkpointInterval": "50"},
            storage_options=delta_options(place.address),
            commit_properties=_noting(held),
        )
    except CommitFailedError:
        return None
    except (DeltaError, OSError) as err:
        if "exists" in str(err):
            return None
        raise _unreachable(place, err) from err


def _add(place: Place, table: DeltaTable, held: Held) -> None:
    """Add a version to the lease; raise `CommitFailedError` if another is there."""
    try:
        write_deltalake(
            table,
            SCHEMA.empty_table(),
            mode="append",
            commit_properties=_noting(held),
            post_commithook_properties=HOOKS,
        )
    except CommitFailedError:
        # It may be our own, whose answer was lost.
        if _read(place, table).stamp != held.stamp:
            raise
    except (DeltaError, OSError) as err:
        raise _unreachable(place, err) from err


def _noting(held: Held) -> CommitProperties:
    noted = msgspec.json.encode(held).decode()
    return CommitProperties(custom_metadata={NOTED: noted}, max_commit_retries=0)


def _read(place: Place, table: DeltaTable) -> Held:
    """Return what the newest version of the lease says."""
    try:
        table.update_incremental()
        (found,) = table.history(1)
        return msgspec.json.decode(found[NOTED], type=Held)
    except (KeyError, ValueError) as err:
        raise RecordDamaged(
            f"{place.address_of(LEASE)}: says nothing of who may write; see that no run"
            " is writing, then delete what is in it"
        ) from err
    except (DeltaError, OSError) as err:
        raise _unreachable(place, err) from err


def _unreachable(place: Place, err: Exception) -> ObjectsError:
    said = OSError(COLOURS.sub("", str(err)))
    return ObjectsError(f"{place.address_of(LEASE)}: {why_not(said)}")


def _now() -> float:
    """Return seconds that go on while the machine sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.time()
