"""A run may be killed anywhere: the next one ends with the same rows."""

import datetime as dt
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.engine import code as coding
from onrecord.engine.run import run_reports
from onrecord.model.document import Document, Rejected, make_rejected
from onrecord.store import record as recording
from onrecord.store.query import connect, rows
from onrecord.store.verify import verify
from tests.support.reports import coder, report, snapshot

FIRST = [report("A met B 1", date=dt.date(2022, 1, 9)), report("C met D 2")]
SECOND: list[Document | Rejected] = [
    report("A met B, 1", date=dt.date(2022, 1, 3)),
    report("E met F and said 3"),
    report("E met F - and said 3", date=dt.date(2022, 2, 1)),
    report("FAIL"),
    *FIRST,
    make_rejected(file="f", position="line 3", stage="read", reason="no text"),
]
ROOT = Path(__file__).resolve().parents[3]
SCRIPT = """
import sys
from pathlib import Path
from onrecord.engine.run import run_reports
from tests.support.reports import coder, report

if __name__ == "__main__":
    run_reports(
        Path(sys.argv[1]),
        [report(f"A met B and said {n // 2}", outlet=str(n)) for n in range(60)],
        inputs=["sixty"],
        coder=coder(seconds=0.01),
        workers=int(sys.argv[2]),
    )
"""


class Killed(BaseException):
    """Stand in for a signal: nothing in the program handles it."""


def run_second(path: Path) -> None:
    run_reports(path, SECOND, inputs=["second"], coder=coder())


def kill_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the `step`th write of any kind, 0-based, the last one."""
    done = 0

    def counted(write: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            nonlocal done
            if done == step:
                raise Killed
            done += 1
            return write(*args, **kwargs)

        return wrapped

    for name in ("write_deltalake", "append_commit", "write_head", "create_table"):
        monkeypatch.setattr(recording, name, counted(getattr(recording, name)))
    remove = counted(recording.Record._remove)
    monkeypatch.setattr(recording.Record, "_remove", remove)


def kill_everywhere(
    folder: Path, begun: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Yield the record after each possible kill of the second run, once gone on."""
    # Others are left to `bench.kill`: each takes a second.
    for step in range(0, 1000, 4):
        path = folder / str(step)
        shutil.copytree(begun, path)
        with monkeypatch.context() as patch:
            kill_at(step, patch)
            try:
                run_second(path)
                return
            except Killed:
                pass
        run_second(path)
        yield path


def test_killed_at_any_write_the_rows_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coding, "REPORTS_A_BATCH", 2)
    begun, undisturbed = tmp_path / "begun", tmp_path / "undisturbed"
    run_reports(begun, FIRST, inputs=["first"], coder=coder())
    shutil.copytree(begun, undisturbed)
    run_second(undisturbed)
    expected = snapshot(undisturbed)
    kills = 0
    for path in kill_everywhere(tmp_path, begun, monkeypatch):
        found = snapshot(path)
        # Killed behind its last commit it had finished: the next one was a new run.
        found["runs"] = [run for run in found["runs"] if run["number"] < 3]
        assert found == expected, f"killed at write {path.name}"
        kills += 1
    assert kills > 12
    assert list(verify(path)) == []


def test_killed_while_the_record_is_made_it_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_reports(tmp_path / "undisturbed", [], inputs=["first"], coder=coder())
    for step in (0, 1, 5, 11, 12, 13):
        path = tmp_path / str(step)
        with monkeypatch.context() as patch:
            kill_at(step, patch)
            with pytest.raises(Killed):
                run_reports(path, [], inputs=["first"], coder=coder())
        run_reports(path, [], inputs=["first"], coder=coder())
        assert snapshot(path) == snapshot(tmp_path / "undisturbed")


def start(path: Path, workers: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(path), str(workers)], cwd=ROOT
    )


def test_killed_process_goes_on(tmp_path: Path) -> None:
    undisturbed = start(tmp_path / "undisturbed", 1)
    assert undisturbed.wait() == 0
    path = tmp_path / "killed"
    moments = random.Random(7)
    kills = 0
    for _ in range(4):
        process = start(path, 1)
        time.sleep(moments.uniform(0.1, 0.9))
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
    assert kills
    assert start(path, 1).wait() == 0
    killed, expected = snapshot(path), snapshot(tmp_path / "undisturbed")
    # A process killed behind its last write had finished: the next one is a new run.
    assert killed.pop("runs")[-1]["status"] == expected.pop("runs")[-1]["status"]
    assert killed == expected
    assert list(verify(path)) == []


def test_readers_see_whole_batches_while_a_run_goes_on(tmp_path: Path) -> None:
    run_reports(tmp_path, [], inputs=["none"], coder=coder())
    process = start(tmp_path, 1)
    counts = set()
    while process.poll() is None:
        for connection in (connect(tmp_path), connect(tmp_path)):
            (row,) = rows(
                connection,
                "SELECT (SELECT count(*) FROM events) AS events,"
                " (SELECT count(*) FROM statements) AS statements,"
                " (SELECT sum(events) FROM codings) AS noted",
            )
            assert row["events"] == row["statements"] == (row["noted"] or 0)
            counts.add(row["events"])
    assert process.returncode == 0
    assert 0 in counts


def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    process = start(tmp_path / "record", 2)
    children: list[str] = []
    file = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not file.exists():
        process.wait()
        pytest.skip("the system does not list children")
    while len(children) < 2 and process.poll() is None:
        children = file.read_text().split()
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 20
    while any(_runs(pid) for pid in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in children if _runs(pid)]


def _runs(pid: str) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
