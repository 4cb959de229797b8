"""How often a record on object storage asks the store, and what that costs in time.

    python -m bench.objects

Runs the demonstration's reports into a record here, and into one on S3, which moto
stands in for on the loopback address; needs `pip install 'onrecord[test]'`.
"""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from onrecord.cli.coding import run_inputs
from onrecord.lexicon.files import DATA
from onrecord.store import remote_session
from onrecord.store.head import read_head
from onrecord.store.query import query
from onrecord.store.remote import local_record
from onrecord.store.remote_verify import verify_remote
from tests.support.s3 import s3_server

REPORTS = str(DATA / "demo/reports.jsonl")
SQL = "SELECT count(*) FROM events"


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
    """Print a table of what was done, how often the store was asked, and how long."""
    with tempfile.TemporaryDirectory() as name, s3_server(Path(name)) as log:
        folder, asked = Path(name), Asked(log)
        asked.since()
        print(f"{'':34}{'commits':>8}{'PUT':>6}{'GET':>6}{'LIST':>6}{'s':>7}")
        with machine("here", folder), timed() as took:
            run_inputs(folder / "rec", (REPORTS,))
        say("run, here", asked, took, read_head(folder / "rec").commits)
        for seconds in (0.0, remote_session.SECONDS_BETWEEN):
            address = f"s3://news/rec-{seconds:g}"
            with (
                machine("here", folder),
                mock.patch.object(remote_session, "SECONDS_BETWEEN", seconds),
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


@contextmanager
def machine(name: str, folder: Path) -> Iterator[None]:
    """Be a machine with a cache of its own."""
    with mock.patch.dict(os.environ, ONRECORD_CACHE=str(folder / name)):
        yield


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
