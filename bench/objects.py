"""How often a record on object storage asks the store, and what kills do to it.

    python -m bench.objects
    python -m bench.objects --kills 20

Runs the demonstration's reports into a record here, and into one on S3, which moto
stands in for on the loopback address; needs `pip install 'onrecord[test]'`. With
`--kills`, runs of small reports by three machines in turn are killed at random moments
and given again; the record must end as one that nothing befell.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from onrecord.cli.coding import run_inputs
from onrecord.engine.run import run_reports
from onrecord.lexicon.files import DATA
from onrecord.read import read_reports
from onrecord.store import remote_push
from onrecord.store.head import read_head
from onrecord.store.query import query
from onrecord.store.remote import local_record
from onrecord.store.remote_verify import verify_remote
from onrecord.store.tables import TABLES
from onrecord.store.verify import verify
from tests.support.remote import machine, tables_there
from tests.support.reports import coder, snapshot
from tests.support.s3 import s3_server

REPORTS = str(DATA / "demo/reports.jsonl")
SQL = "SELECT count(*) FROM events"


# Another machine takes over at once: the one before it is known to be dead.
WRITER = """
import sys
from onrecord.engine import take
from onrecord.engine.run import run_reports
from onrecord.read import read_reports
from onrecord.store import remote_lease, remote_push
from onrecord.store.remote import local_record
from tests.support.reports import coder

remote_push.SECONDS_BETWEEN = float(sys.argv[3])
remote_lease._check_ended = lambda *_: None
take.REPORTS_A_BATCH = 7
print("begun", flush=True)
path = local_record(sys.argv[1], must_exist=False)
reports = read_reports([sys.argv[2]])
run_reports(path, reports, inputs=["in"], coder=coder(seconds=0.03))
"""


class Asked:
    """The requests since the last look, by kind."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._seen = 0

    def since(self) -> Counter[str]:
        """Return them, and begin anew."""
        lines = self._log.read_text().splitlines()
        new, self._seen = lines[self._seen :], len(lines)
        return Counter(_kind(line) for line in new)


def main() -> None:
    """Print what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, help="so many, in place of the table")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.kills:
        kill_runs(given.kills, random.Random(given.seed))
    else:
        count_requests()


def count_requests() -> None:
    """Print a table of what was done, how often the store was asked, and how long."""
    with tempfile.TemporaryDirectory() as name, s3_server(Path(name)) as log:
        folder, asked = Path(name), Asked(log)
        asked.since()
        print(f"{'':34}{'commits':>8}{'PUT':>6}{'GET':>6}{'LIST':>6}{'s':>7}")
        with machine("here", folder), timed() as took:
            run_inputs(folder / "rec", (REPORTS,))
        say("run, here", asked, took, read_head(folder / "rec").commits)
        for seconds in (0.0, remote_push.SECONDS_BETWEEN):
            address = f"s3://news/rec-{seconds:g}"
            with (
                machine("here", folder),
                mock.patch.object(remote_push, "SECONDS_BETWEEN", seconds),
                timed() as took,
            ):
                path = local_record(address, must_exist=False)
                run_inputs(path, (REPORTS,))
            commits = read_head(path).commits
            say(f"run, put every {seconds:g} s", asked, took, commits)
        with machine("here", folder), timed() as took:
            run_inputs(local_record(address), (REPORTS,))
        say("run again, nothing new", asked, took, read_head(path).commits)
        with machine("other", folder):
            for what in ("first query elsewhere", "second query elsewhere"):
                with timed() as took:
                    query(local_record(address), SQL).read_all()
                say(what, asked, took)
            with timed() as took:
                assert not list(verify_remote(local_record(address)))
            say("verify, the store's part", asked, took)


def kill_runs(kills: int, chance: random.Random) -> None:
    """Kill runs of three machines at random moments; print what differs in the end."""
    with tempfile.TemporaryDirectory() as name, s3_server(Path(name)):
        folder, address = Path(name), "s3://news/rec"
        texts = [f"The king met envoy {n} and said so {n}." for n in range(60)]
        lines = [json.dumps({"text": one, "date": "2022-01-03"}) for one in texts]
        inputs = folder / "in.jsonl"
        inputs.write_text("\n".join(lines))
        reports = read_reports([str(inputs)])
        run_reports(folder / "whole", reports, inputs=["in"], coder=coder())
        for number in range(kills + 1):
            with machine(chance.choice("abc"), folder), start(address, inputs) as run:
                assert run.stdout and run.stdout.readline()
                if number == kills:
                    assert run.wait() == 0
                    break
                time.sleep(chance.uniform(0.3, 5.0))
                run.kill()
            tables_there(address)  # raises where one is not whole
        with machine("reader", folder):
            path = local_record(address)
            one, two = snapshot(folder / "whole"), snapshot(path)
            wrong = [*verify_remote(path), *verify(path)]
        differ = [n for n in TABLES if n != "runs" and one[n] != two[n]]
        print(f"{kills} kills; tables that differ: {differ}; verify finds: {wrong}")


def start(address: str, inputs: Path) -> "subprocess.Popen[bytes]":
    """Start a run in a process of its own."""
    root = Path(__file__).resolve().parents[1]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, address, str(inputs), "0"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
    )


@contextmanager
def timed() -> Iterator[list[float]]:
    """Yield a list that gets the seconds the block took."""
    took: list[float] = []
    began = time.perf_counter()
    yield took
    took.append(time.perf_counter() - began)


def say(what: str, asked: Asked, took: list[float], commits: int | None = None) -> None:
    """Print a line of the table."""
    kinds = asked.since()
    counts = "".join(f"{kinds[kind]:>6}" for kind in ("PUT", "GET", "LIST"))
    print(f"{what:34}{commits if commits else '':>8}{counts}{took[0]:>7.1f}")


def _kind(line: str) -> str:
    verb, _, path = line.partition(" ")
    if "list-type" in path:
        return "LIST"
    return "GET" if verb == "HEAD" else "PUT" if verb in ("POST", "DELETE") else verb


if __name__ == "__main__":
    main()
