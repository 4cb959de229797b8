"""A record whose power was cut in a commit is as before it, or as after it."""

import random
import sys
from pathlib import Path

import pytest

from bench.power import Disk, cut_everywhere, watched
from onrecord.store import record as recording
from onrecord.store.query import connect, rows
from onrecord.store.record import Removal, open_record
from onrecord.store.verify import verify

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the names behind handles are read from /proc"
)

EVERY = 8
STORY = {"story_id": "sto-1", "original": "doc-1", "report_count": 1}
PLACE = {"doc_id": "doc-1", "story_id": "sto-1", "relation": "original"}


def write(path: Path) -> None:
    """Remove a row from one table and add rows to two, and join small files."""
    with open_record(path) as record:
        record.commit(
            run=None,
            remove=[Removal("stories", "story_id", ("sto-1",))],
            add={
                "stories": [{**STORY, "story_id": "sto-2"}],
                "memberships": [{**PLACE, "story_id": "sto-2"}],
            },
        )
        record.compact(run=None)


def state(path: Path) -> tuple[list[str], list[str]]:
    connection = connect(path)
    return (
        sorted(row["story_id"] for row in rows(connection, "FROM stories")),
        sorted(row["story_id"] for row in rows(connection, "FROM memberships")),
    )


BEFORE = (["sto-1"], ["sto-1"])
AFTER = (["sto-2"], ["sto-1", "sto-2"])


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    path = tmp_path / "begun"
    with open_record(path) as record:
        record.commit(run=None, add={"stories": [STORY], "memberships": [PLACE]})
    return path


def damage(path: Path) -> list[str]:
    """Return the files that are damaged; rows without reports are no damage here."""
    return [f.where for f in verify(path) if f.where.startswith(str(path))]


# All steps in all variants are gone through by `bench.faults`.
@pytest.mark.parametrize(
    ("variant", "first"), [("lost", 0), ("empty", 1), ("half", 2), ("mixed", 3)]
)
def test_power_cut_at_a_step_of_a_commit(
    begun: Path,
    tmp_path: Path,
    variant: str,
    first: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recording, "SMALL_FILES", 0)
    cuts = 0
    for cut in cut_everywhere(
        begun,
        write,
        tmp_path / "cut",
        variants=(variant,),
        first=first,
        every=EVERY,
    ):
        assert state(cut.path) in (BEFORE, AFTER), cut
        with open_record(cut.path):
            pass
        assert state(cut.path) in (BEFORE, AFTER), cut
        assert damage(cut.path) == [], cut
        if state(cut.path) == BEFORE:
            write(cut.path)
        assert state(cut.path) == AFTER, cut
        cuts += 1
    assert cuts > 1


@pytest.mark.parametrize("variant", ["kept", "lost", "mixed"])
def test_power_cut_while_a_record_is_made(tmp_path: Path, variant: str) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()

    def make(path: Path) -> None:
        with open_record(path):
            pass

    for cut in cut_everywhere(
        empty, make, tmp_path / "cut", variants=(variant,), every=5 * EVERY
    ):
        make(cut.path)
        assert state(cut.path) == ([], []), cut
        assert damage(cut.path) == [], cut


def test_harness_loses_what_is_not_synced(begun: Path) -> None:
    # A harness that keeps everything would let any program pass.
    disk = Disk(begun)
    with watched(disk) as steps:
        (begun / "stories" / "part-x.parquet").write_bytes(b"x")
        (begun / "record.json").write_bytes(b"y")
    assert steps == []
    before = (begun / "record.json").read_bytes()
    disk.cut("lost", random.Random(0))
    assert not (begun / "stories" / "part-x.parquet").exists()
    assert (begun / "record.json").read_bytes() != before
