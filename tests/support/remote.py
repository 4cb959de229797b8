"""Ways to end a writer anywhere, and to look at what it left in the store."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from deltalake import DeltaTable

from onrecord.objects import Place, delta_options
from onrecord.store import remote_lease, remote_push
from onrecord.store.query import connect, rows
from onrecord.store.remote import local_record, read_remote_head
from onrecord.store.tables import TABLES

STORY = {"story_id": "sto-1", "original": "doc-1", "report_count": 1}
PLACED = {"doc_id": "doc-1", "story_id": "sto-1", "relation": "original"}


class Killed(BaseException):
    """Stand in for SIGKILL: nothing in the program handles it."""


@contextmanager
def killed_at(step: int | None = None) -> Iterator[list[str]]:
    """Let the writer die in place of a step that changes the store, and stay dead.

    Yields the steps taken so far.
    """
    steps: list[str] = []
    dead = False

    def counted(name: str, call: Any) -> Any:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            nonlocal dead
            if dead or len(steps) == step:
                dead = True
                raise Killed
            what = args[1] if name in ("put", "delete") else "lease"
            steps.append(f"{name} {what}")
            return call(*args, **kwargs)

        return wrapped

    with ExitStack() as patches:
        for owner, name in (
            (Place, "put"),
            (Place, "delete"),
            (remote_lease, "write_deltalake"),
            (remote_lease, "_create"),
        ):
            call = counted(name, getattr(owner, name))
            patches.enter_context(mock.patch.object(owner, name, call))
        yield steps


@contextmanager
def each_commit_pushed() -> Iterator[None]:
    """Put every commit into the store at once."""
    with mock.patch.object(remote_push, "SECONDS_BETWEEN", 0.0):
        yield


@contextmanager
def leases_ended() -> Iterator[None]:
    """Let the time of every lease be over, as two minutes later."""
    with mock.patch.object(remote_lease, "_check_ended"):
        yield


@contextmanager
def machine(name: str, folder: Path) -> Iterator[None]:
    """Be a machine with a cache of its own."""
    with mock.patch.dict("os.environ", ONRECORD_CACHE=str(folder / name)):
        yield


def told_stories(address: str) -> list[str]:
    """Return the stories that a reader sees."""
    connection = connect(local_record(address))
    found = rows(connection, "SELECT story_id FROM stories ORDER BY story_id")
    return [row["story_id"] for row in found]


def tables_there(address: str, *, at_head: bool = False) -> dict[str, list[Any]]:
    """Read every table from the store without this program; absent ones are left out.

    Raises what Delta Lake raises where one is not whole.
    """
    head = read_remote_head(Place(address)) if at_head else None
    found: dict[str, list[Any]] = {}
    for name in TABLES:
        if not Place(address).look(f"{name}/_delta_log/{0:020}.json"):
            continue
        options = delta_options(address)
        version = head.versions[name] if head else None
        table = DeltaTable(f"{address}/{name}", version, storage_options=options)
        found[name] = table.to_pyarrow_table().to_pylist()
    return found
