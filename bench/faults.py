"""Make each fault a machine has, go on, and tell what was lost.

    python -m bench.faults [FAULT...] [--times N] [--seed N]

Prints a table in Markdown: each fault, how it was made, how often, what was lost and
what the program said. A record that got through must hold the rows of one that nothing
befell (but for which run made a row, and the clock), and `verify` must find nothing.
Leaves with 1 when a row differs. Reports are coded by the small coder of the tests, so
that thousands of faults take minutes; `bench.kill` does the same to the whole program.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec

from bench.power import VARIANTS, cut_everywhere
from onrecord.engine import account
from onrecord.engine.limits import Limits
from onrecord.engine.local import code_documents
from onrecord.engine.run import run_reports
from onrecord.errors import StoreError
from onrecord.model.document import Document, Rejected
from onrecord.store.query import connect, rows
from onrecord.store.record import open_record
from onrecord.store.verify import verify
from tests.support.reports import code, coder, make_worker, report, snapshot

ROOT = Path(__file__).resolve().parents[1]
SIXTY = """
import sys
from pathlib import Path
from bench.faults import sixty
from onrecord.engine.run import run_reports
from onrecord.errors import OnRecordError
from tests.support.reports import coder

if __name__ == "__main__":
    try:
        run_reports(Path(sys.argv[1]), sixty(), inputs=["sixty"],
            coder=coder(seconds=float(sys.argv[2])), workers=int(sys.argv[3]))
    except OnRecordError as err:
        print(err, file=sys.stderr)
        sys.exit(1)
"""
MIB = 2**20


class Fault(msgspec.Struct, frozen=True):
    """A row of the table; `lost` is empty when nothing was."""

    name: str
    how: str
    times: int
    lost: tuple[str, ...]
    said: str


def sixty() -> list[Document]:
    """Return sixty reports, each told twice, of which one cannot be coded."""
    reports = [report(f"A met B and said {n // 2}", outlet=str(n)) for n in range(59)]
    return [*reports, report("FAIL")]


def write_sixty(path: Path) -> None:
    """Bring the sixty into a record, in this process."""
    run_reports(path, sixty(), inputs=["sixty"], coder=coder())


def start_sixty(
    path: Path, *, seconds: float = 0.0, workers: int = 1, **options: Any
) -> "subprocess.Popen[str]":
    """Bring the sixty into a record, in a process of its own."""
    command = [sys.executable, "-c", SIXTY, str(path), str(seconds), str(workers)]
    return subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, **options
    )


def found_in(path: Path) -> dict[str, list[Any]]:
    """Return all rows, but for the runs and for which of them made a row."""
    return {
        table: [{k: v for k, v in row.items() if k != "run_id"} for row in found]
        for table, found in snapshot(path).items()
        if table != "runs"
    }


class Bench:
    """A folder to break records in, with one that nothing befalls."""

    def __init__(self, folder: Path, *, times: int, seed: int) -> None:
        self.folder = folder
        self.times = times
        self.chance = random.Random(seed)
        self.whole = folder / "whole"
        write_sixty(self.whole)
        self.expected = found_in(self.whole)

    def differs(self, path: Path, what: str) -> list[str]:
        """Return how a record differs from the one that nothing befell."""
        found = found_in(path)
        wrong = [
            f"{what}: {table} differs"
            for table, expected in self.expected.items()
            if found[table] != expected
        ]
        return wrong + [f"{what}: {f.where}: {f.problem}" for f in verify(path)][:3]

    @contextmanager
    def room(self) -> Iterator[Path]:
        """Lend a folder that is gone afterwards."""
        path = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


def killed(bench: Bench) -> Fault:
    """Kill a run again and again until it gets through."""
    lost: list[str] = []
    kills = 0
    with bench.room() as room:
        began = time.monotonic()
        start_sixty(room / "record", seconds=0.01).wait()
        seconds = time.monotonic() - began
    while kills < bench.times:
        with bench.room() as room:
            while True:
                process = start_sixty(room / "record", seconds=0.01)
                try:
                    process.wait(timeout=bench.chance.uniform(0, 1.2 * seconds))
                    break
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                    kills += 1
            lost += bench.differs(room / "record", f"kill {kills}")
    return Fault(
        "a killed run", "SIGKILL at random moments", kills, tuple(lost), "nothing"
    )


def power(bench: Bench) -> Fault:
    """Cut the power at every step of a run."""
    begun, lost, cuts = bench.folder / "begun", [], 0
    run_reports(begun, sixty()[:20], inputs=["some"], coder=coder())
    every = max(1, 300 // bench.times)
    with bench.room() as room:
        for cut in cut_everywhere(begun, write_sixty, room, every=every):
            what = f"cut {cut.step} {cut.variant}"
            try:
                seen = len(found_in(cut.path)["reports"])
                lost += [] if seen >= 20 else [f"{what}: {seen} reports to be read"]
                write_sixty(cut.path)
                lost += bench.differs(cut.path, what)
            except StoreError as err:
                lost.append(f"{what}: {err}")
            cuts += 1
    how = f"at steps of a run ({', '.join(VARIANTS)}: what was not synced)"
    return Fault("a power cut", how, cuts, tuple(lost), "nothing")


def full_disk(bench: Bench) -> Fault:
    """Write to disks that are too small, then make room."""
    lost: list[str] = []
    said, full = "", 0
    for size in _sizes(bench):
        with _small_disk(bench, size) as (disk, make_room):
            if disk is None:
                break
            process = start_sixty(disk / "record")
            _, text = process.communicate()
            if process.returncode == 0:
                break
            full += 1
            said = text.strip().splitlines()[-1]
            if "run again to go on" not in said:
                lost.append(f"{size} bytes: {said}")
            make_room()
            write_sixty(disk / "record")
            lost += bench.differs(disk / "record", f"disk of {size} bytes")
    how = "a tmpfs of ever more bytes, then room was made"
    return Fault("a full disk", how, full, tuple(lost), _shown(said))


def large_file(bench: Bench) -> Fault:
    """Refuse files beyond a size, as a quota does, then allow them."""
    lost: list[str] = []
    said, times = "", 0
    for size in range(2_000, 2_000 + 4_000 * bench.times, 4_000):
        with bench.room() as room:
            process = start_sixty(
                room / "record", preexec_fn=lambda size=size: _limit_files(size)
            )
            _, text = process.communicate()
            if process.returncode == 0:
                break
            times += 1
            said = text.strip().splitlines()[-1]
            write_sixty(room / "record")
            lost += bench.differs(room / "record", f"files of {size} bytes")
    return Fault(
        "a file that may not grow", "RLIMIT_FSIZE", times, tuple(lost), _shown(said)
    )


def read_only(bench: Bench) -> Fault:
    """Make the record's disk read-only, read from it, and write to it."""
    lost: list[str] = []
    said, times = "", 0
    with _small_disk(bench, 64 * MIB) as (disk, _):
        if disk is not None:
            write_sixty(disk / "record")
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            lost += bench.differs(disk / "record", "read-only")
            try:
                write_sixty(disk / "record")
                lost.append("it was written to")
            except StoreError as err:
                said = str(err)
            times = 1
    return Fault(
        "a read-only folder", "a disk mounted read-only", times, tuple(lost),
        _shown(said),
    )  # fmt: skip


def worker_dies(bench: Bench) -> Fault:
    """Kill worker processes from outside while they code."""
    documents = [report(f"A met B {n}") for n in range(10 * bench.times)]
    expected = [code(d) for d in documents]
    found: list[Any] = []
    kills = 0
    make_slow = partial(make_worker, 0.01)
    results = code_documents(documents, workers=2, make_worker=make_slow)
    for result in results:
        found.append(result)
        if len(found) % 20 == 0:
            kills += _kill_one_child(bench.chance)
    lost = [] if found == expected else [_difference(found, expected)]
    return Fault(
        "a worker that dies", "SIGKILL to one of two while it codes", kills,
        tuple(lost), "a warning; its report is tried once more",
    )  # fmt: skip


def worker_hangs(bench: Bench) -> Fault:
    """Give reports on which a worker hangs, stops, dies or eats memory."""
    spoiled = ("HANG", "STOP", "DIE", "EAT")
    documents = [
        report(f"{spoiled[n // 5 % 4] if n % 5 == 2 else 'A met B'} {n}")
        for n in range(20 * max(1, bench.times // 20))
    ]
    limits = Limits(seconds=5.0, memory=700 * MIB)
    results = code_documents(
        documents, workers=2, make_worker=make_worker, limits=limits
    )
    reasons: set[str] = set()
    lost: list[str] = []
    times = 0
    for document, result in zip(documents, results, strict=True):
        bad = not document.text.startswith("A met")
        times += bad
        if bad != isinstance(result, Rejected):
            lost.append(f"{document.text}: {type(result).__name__}")
        if isinstance(result, Rejected):
            reasons.add(result.reason)
    how = "a regular expression without end, SIGSTOP, exit, endless allocation"
    return Fault(
        "a report that hangs, stops, ends or fills its worker", how, times,
        tuple(lost), "that report is rejected: " + "; ".join(sorted(reasons)),
    )  # fmt: skip


def two_writers(bench: Bench) -> Fault:
    """Start two runs at once into one record."""
    lost: list[str] = []
    said, refused = "", 0
    for number in range(max(1, bench.times // 10)):
        with bench.room() as room:
            path = room / "record"
            both = [start_sixty(path, seconds=0.01) for _ in range(2)]
            texts = [process.communicate()[1] for process in both]
            refused += sum(process.returncode == 1 for process in both)
            said = next((t for t in texts if "another run" in t), said)
            if all(process.returncode for process in both):
                lost.append(f"{number}: neither got through")
            lost += bench.differs(path, f"two at once {number}")
    return Fault(
        "two writers at once", "two runs started together", refused, tuple(lost),
        _shown(said),
    )  # fmt: skip


def readers(bench: Bench) -> Fault:
    """Read while a run writes: all of a batch is seen, or nothing of it."""
    lost: list[str] = []
    looks = 0
    with bench.room() as room:
        path = room / "record"
        with open_record(path):
            pass
        process = start_sixty(path, seconds=0.05)
        while process.poll() is None:
            for connection in [connect(path)]:
                (row,) = rows(
                    connection,
                    "SELECT (SELECT count(*) FROM events) AS events,"
                    " (SELECT coalesce(sum(events), 0) FROM codings) AS noted",
                )
                looks += 1
                if row["events"] != row["noted"]:
                    lost.append(f"{row['events']} events, {row['noted']} noted")
        lost += bench.differs(path, "read meanwhile")
    return Fault("readers during a run", "queries", looks, tuple(lost), "nothing")


def clock(bench: Bench) -> Fault:
    """Let the clock run backwards through several runs and in the files' times."""
    lost: list[str] = []
    moment = 2_000_000_000.0
    with bench.room() as room:
        path = room / "record"
        documents = sixty()
        for number in range(0, 60, 10):
            moment -= 86_400 * 365
            early = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(moment))
            with (
                mock.patch.object(account, "_now", lambda early=early: early),
                mock.patch.object(time, "time", lambda moment=moment: moment),
            ):
                some = documents[: number + 10]
                run_reports(path, some, inputs=[str(number)], coder=coder())
            for file in path.rglob("*"):
                os.utime(file, (moment, moment))
        lost += bench.differs(path, "clock")
        number = len(list(rows(connect(path, as_of="3"), "FROM reports")))
        lost += [] if number == 30 else [f"--as-of 3 has {number} reports"]
    return Fault(
        "a clock that runs backwards", "a year back before each of six runs, and in"
        " the times of all files", 6, tuple(lost), "nothing",
    )  # fmt: skip


def damaged(bench: Bench) -> Fault:
    """Flip a byte in, cut, empty and delete each file of a record, one by one."""
    lost: list[str] = []
    times = 0
    names = [
        path.relative_to(bench.whole)
        for path in sorted(bench.whole.rglob("*"))
        if path.is_file() and path.suffix
    ]
    for name in names:
        for how, damage in DAMAGES.items():
            with bench.room() as room:
                path = room / "record"
                shutil.copytree(bench.whole, path)
                with open_record(path):
                    pass  # notes how the files look, so that they are not hashed again
                damage(path / name, bench.chance)
                times += 1
                what = f"{name} {how}"
                if not any(True for _ in verify(path)):
                    lost.append(f"{what}: not found")
                write_sixty(path)
                lost += bench.differs(path, what)
    return Fault(
        "damaged files", f"each of {len(names)} files: {', '.join(DAMAGES)}", times,
        tuple(lost), "verify names the file and what now; the run says what it"
        " wrote again or makes again",
    )  # fmt: skip


def _flip(path: Path, chance: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    path.write_bytes(raw)


def _cut(path: Path, chance: random.Random) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: chance.randrange(1, len(raw))])


def _empty(path: Path, _: random.Random) -> None:
    path.write_bytes(b"")


def _delete(path: Path, _: random.Random) -> None:
    path.unlink()


DAMAGES: dict[str, Callable[[Path, random.Random], None]] = {
    "a bit flipped": _flip,
    "cut": _cut,
    "emptied": _empty,
    "deleted": _delete,
}
FAULTS: dict[str, Callable[[Bench], Fault]] = {
    "killed": killed,
    "power": power,
    "full": full_disk,
    "quota": large_file,
    "readonly": read_only,
    "dies": worker_dies,
    "hangs": worker_hangs,
    "writers": two_writers,
    "readers": readers,
    "clock": clock,
    "damaged": damaged,
}


def _sizes(bench: Bench) -> range:
    step = MIB // max(1, bench.times)
    return range(48 * 1024, 8 * MIB, step)


@contextmanager
def _small_disk(
    bench: Bench, size: int
) -> Iterator[tuple[Path | None, Callable[[], None]]]:
    """Mount a disk of `size` bytes; None where this process may not."""
    with bench.room() as room:
        disk = room / "disk"
        disk.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk],
            stderr=subprocess.DEVNULL,
        )
        if mounted.returncode:
            print("(no disk can be mounted here)", file=sys.stderr)
            yield None, lambda: None
            return
        try:
            yield disk, lambda: _make_room(disk)
        finally:
            subprocess.run(["umount", disk], check=True)


def _make_room(disk: Path) -> None:
    command = ["mount", "-o", f"remount,size={64 * MIB}", disk]
    subprocess.run(command, check=True)


def _limit_files(size: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _kill_one_child(chance: random.Random) -> int:
    import multiprocessing

    children = multiprocessing.active_children()
    if not children:
        return 0
    chance.choice(children).kill()
    return 1


def _difference(found: list[Any], expected: list[Any]) -> str:
    wrong = sum(a != b for a, b in zip(found, expected, strict=False))
    return f"{len(found)} results, {wrong} of them other than they should be"


def _shown(text: str) -> str:
    """Return the last line of what was said, without paths of this machine."""
    line = text.strip().splitlines()[-1] if text.strip() else "nothing"
    return " ".join("…" if "/" in word else word for word in line.split())


def main() -> None:
    """Print the table, row by row."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=" ".join(FAULTS))
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    lost: list[str] = []
    try:
        bench = Bench(folder, times=args.times, seed=args.seed)
        print("| fault | how | times | lost | said |\n|---|---|---|---|---|")
        for name in args.faults or FAULTS:
            row = FAULTS[name](bench)
            what = f"{len(row.lost)} differences" if row.lost else "nothing"
            print(f"| {row.name} | {row.how} | {row.times} | {what} | {row.said} |",
                  flush=True)  # fmt: skip
            print("\n".join(row.lost[:20]), file=sys.stderr, end="", flush=True)
            lost += row.lost
    finally:
        shutil.rmtree(folder)
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
