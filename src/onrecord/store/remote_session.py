"""Writing to a record on object storage: with the lease, and a copy in step."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import NotARecord, StoreError
from onrecord.objects import Place
from onrecord.store.head import HEAD_FILE, JOURNAL_FILE
from onrecord.store.journal import LOG
from onrecord.store.remote import (
    copy_of,
    fetch_files,
    gate,
    read_remote_head,
)
from onrecord.store.remote_journal import (
    fetch_journal,
    follow_journal,
    head_told,
)
from onrecord.store.remote_lease import FIRST_LEASE, LEASE, Lease, take_lease
from onrecord.store.remote_push import Push
from onrecord.store.seal import Seal

logger = logging.getLogger(__name__)


@contextmanager
def kept_in_step(folder: Path) -> Iterator[Callable[[], None]]:
    """Hold the lease of the record that `folder` is a copy of; yield what to call.

    The call comes after each commit, and puts there what is new now and then; at the
    end all is put there. Raises `RecordLocked` when another machine writes,
    `NotARecord` or `ObjectsError`.
    """
    copy = copy_of(folder)
    place = Place(copy.address)
    lease = take_lease(place, key=copy.key, commits=_commits_there(place))
    push = None
    try:
        with gate(folder):
            broken = _pull(folder, place, lease.commits)
        # Not before the lease is held: until then another writer may go on.
        push = Push(folder, place, lease, place.objects())
        push.clear(broken_journal=broken)
        push.push()
        yield push.after_commit
        push.push_all()
    except BaseException:
        if push:
            _push_quietly(push)
        raise
    finally:
        _end_quietly(lease)


def _pull(folder: Path, place: Place, commits: int) -> bool:
    """Bring a copy up to what is there, with all that a writer needs.

    Returns whether the journal there has gaps, which this copy's own fills.
    """
    from onrecord.store.mend import know, live_files

    untouched = Seal(folder).is_whole()
    told = fetch_journal(folder, place, commits)
    broken = any(one.path == folder / JOURNAL_FILE for one in told)
    follow_journal(folder, told, head_told(told))
    known = know(folder)
    versions = known.head.versions if known.head else {}
    wanted = [
        path
        for table, version in versions.items()
        for path in live_files(folder, table, version)
    ]
    for table, files in known.files.items():
        named = (path for path in files if path.startswith(LOG))
        wanted += [
            folder.absolute() / table / path
            for path in named
            if f"{table}/{path}" not in known.lost
        ]
    for problem in fetch_files(folder, wanted, damaged=not untouched):
        logger.warning("%s", problem)
    return broken


def _commits_there(place: Place) -> int:
    """Return how many commits a record has that no lease tells of.

    That is one that was brought there by other means, or whose lease was put away by
    hand. Raises `NotARecord` where other things are.
    """
    if place.look(FIRST_LEASE):
        return 0  # the lease tells
    head = read_remote_head(place)
    others = (name for name in place.objects() if not name.startswith(f"{LEASE}/"))
    if head is None and any(others):
        raise NotARecord(
            f"{place.address}: holds objects but no {HEAD_FILE}; choose a prefix that"
            " nothing is under"
        )
    return head.commits if head else 0


def _push_quietly(push: Push) -> None:
    """Put there what was committed before a run failed; the failure is told anyway."""
    try:
        push.push()
    except StoreError as err:
        logger.warning("%s", err)


def _end_quietly(lease: Lease) -> None:
    """Let go of the lease; else it ends by itself."""
    try:
        lease.end()
    except StoreError as err:
        logger.warning("%s", err)
