"""Check that what is on object storage is what the journal says. Reads only."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from onrecord.objects import Place, for_each
from onrecord.store.head import COPY_FILE, HEAD_FILE, Head, head_bytes
from onrecord.store.journal import LOG, Kept, entry_name, is_as_kept
from onrecord.store.remote import copy_of, write_whole
from onrecord.store.remote_journal import commits_in
from onrecord.store.remote_lease import read_held
from onrecord.store.verify import Finding

AT_ONCE = 64  # objects that are looked at before findings are told
AGAIN = "the next `onrecord run` puts it again"
DELETE = f"delete it: {AGAIN}"
FROM_COPY = f"delete it: {AGAIN} from the copy on this machine"
PUT_BACK = "put back a copy of it, or give its inputs to `onrecord run` again"


class _Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """An object as it was committed."""

    name: str
    digest: str
    kept: Kept | None = None


def verify_remote(folder: Path) -> Iterator[Finding]:
    """Yield what is wrong with the objects that `folder` is a copy of.

    Every object is read; what this machine lacks of them is kept, so that the copy can
    be checked as a whole. Nothing is yielded for a record of its own. Raises
    `ObjectsError` when the store does not answer.
    """
    if not (folder / COPY_FILE).exists():
        return
    copy = copy_of(folder)
    place = Place(copy.address)
    commits = [c for c, _ in commits_in(folder) if c.head.commits <= copy.commits]
    if not commits:
        return
    head = commits[-1].head
    yield from _wrong_head(place, head)
    wanted = [_whole(HEAD_FILE, head_bytes(head))]
    for commit in commits:
        for version in commit.versions:
            name = f"{version.table}/{LOG}/{entry_name(version.version)}"
            wanted.append(_whole(name, version.entry.encode()))
            wanted += [_kept(version.table, kept) for kept in version.files]
    lost = {name for commit in commits for name in commit.lost}
    wanted = [one for one in wanted if one.name not in lost]
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        for found in for_each(lambda one: _look_at(folder, place, one), some):
            if found:
                yield found


def _whole(name: str, raw: bytes) -> _Wanted:
    digest = hashlib.sha256(raw).hexdigest()
    return _Wanted(name=name, digest=digest)


def _kept(table: str, kept: Kept) -> _Wanted:
    name = f"{table}/{kept.path}"
    return _Wanted(name=name, digest=kept.digest, kept=kept)


def _wrong_head(place: Place, head: Head) -> Iterator[Finding]:
    held = read_held(place)
    if held and held.commits != head.commits:
        yield Finding(
            where=place.address_of(HEAD_FILE),
            problem=f"says {head.commits:,} commits, the lease {held.commits:,}",
            advice=f"a run may be moving it just now; else {AGAIN}",
        )


def _look_at(folder: Path, place: Place, one: _Wanted) -> Finding | None:
    """Return what is wrong with an object; keep it here if it is not."""
    raw = place.get(one.name)
    path = folder / one.name
    if raw is not None and hashlib.sha256(raw).hexdigest() == one.digest:
        if one.kept and not path.exists():
            write_whole(path, raw)
        return None
    problem = "is missing" if raw is None else "is not as it was written"
    return Finding(
        where=place.address_of(one.name),
        problem=problem,
        advice=_what_now(path, one, missing=raw is None),
    )


def _what_now(path: Path, one: _Wanted, *, missing: bool) -> str:
    if one.kept is None:
        return AGAIN if missing or one.name == HEAD_FILE else DELETE
    if is_as_kept(path, one.kept):
        return AGAIN if missing else FROM_COPY
    return PUT_BACK
