"""A record here, in a folder elsewhere and on S3: the same reports, the same tables."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from onrecord.engine.run import run_reports
from onrecord.errors import RecordLocked
from onrecord.model.run import Tally
from onrecord.objects import Place, delta_options, is_object_address
from onrecord.read import read_reports
from onrecord.store.query import query
from onrecord.store.remote import local_record
from onrecord.store.remote_lease import Lease, take_lease
from onrecord.store.remote_verify import verify_remote
from onrecord.store.tables import TABLES
from onrecord.store.verify import verify
from tests.support.remote import each_commit_pushed, machine, tables_there
from tests.support.reports import coder, snapshot
from tests.support.s3 import s3_server

ROOT = Path(__file__).resolve().parents[3]
TEXTS = {
    "a.txt": "Date: 2022-01-03\n\nThe king met the queen and said 5 words there.",
    "b/c.txt": "Date: 2022-01-04\n\nThe queen met the king, and told him of 12 ships.",
    "b/d.txt": "Date: 2022-01-05\n\nThe king met the queen and said 5 words there.",
    "e.txt": "Date: 2022-01-06\n\nThe FAIL of the harbour met the end of a road.",
}
LATER = {
    "f.txt": "Date: 2022-01-07\n\nThe bishop met the king, who said 7 words of it."
}


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with s3_server(tmp_path_factory.mktemp("s3")) as log:
        yield log


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, s3: Path) -> Iterator[None]:
    with machine("here", tmp_path):
        yield


def put_texts(address: str, texts: dict[str, str]) -> None:
    place = Place(address)
    for name, text in texts.items():
        place.put(name, text.encode())


def run(record: str, inputs: str) -> Tally:
    is_remote = is_object_address(record)
    path = local_record(record, must_exist=False) if is_remote else Path(record)
    items = read_reports([inputs])
    # The name of the inputs is in the table of runs, and must not tell them apart.
    return run_reports(path, items, inputs=["in"], coder=coder()).tally


def content(record: str) -> dict[str, list[Any]]:
    """Return the rows of a record, without where its reports came from."""
    path = local_record(record) if is_object_address(record) else Path(record)
    found = snapshot(path)
    for table in ("reports", "rejected"):
        for row in found[table]:
            row["file"] = row["file"].rpartition("/")[2]
            row.pop("rejected_id", None)
    for row in found["codings"]:
        row["rejected_id"] = bool(row["rejected_id"])
    return found


def test_same_reports_make_the_same_tables(tmp_path: Path) -> None:
    here, there, s3 = str(tmp_path / "rec"), f"file://{tmp_path}/there", "s3://news/rec"
    inputs = {
        here: f"{tmp_path}/in",
        there: f"file://{tmp_path}/in",
        s3: "s3://news/in",
    }
    for texts in (TEXTS, LATER):
        put_texts(f"file://{tmp_path}/in", texts)
        put_texts("s3://news/in", texts)
        tallies = [run(record, named) for record, named in inputs.items()]
        assert tallies[0] == tallies[1] == tallies[2]
        assert tallies[0].sums
    assert content(here) == content(there) == content(s3)
    with machine("other", tmp_path):
        assert content(here) == content(s3)
    assert list(verify(local_record(s3))) == []
    assert list(verify_remote(local_record(s3))) == []


def test_others_read_the_tables_where_they_are(tmp_path: Path) -> None:
    import pyarrow.dataset as pads
    import pyarrow.fs as pafs
    from deltalake import DeltaTable

    put_texts("s3://news/few", TEXTS)
    run("s3://news/direct", "s3://news/few")
    path = local_record("s3://news/direct")
    (counted,) = query(path, "SELECT count(*) AS n FROM events").read_all().to_pylist()
    there = tables_there("s3://news/direct")
    assert set(there) == set(TABLES)
    assert counted["n"] == len(there["events"]) == 2
    options = delta_options("s3://news/direct")
    events = DeltaTable("s3://news/direct/events", storage_options=options)
    system, _ = pafs.FileSystem.from_uri("s3://news")
    files = [uri.removeprefix("s3://") for uri in events.file_uris()]
    assert pads.dataset(files, filesystem=system).count_rows() == 2


def test_as_of_an_earlier_run_fetches_what_that_run_left(tmp_path: Path) -> None:
    put_texts("s3://news/first", TEXTS)
    run("s3://news/old", "s3://news/first")
    put_texts("s3://news/second", LATER)
    run("s3://news/old", "s3://news/second")
    sql = "SELECT count(*) AS n FROM events"
    with machine("other", tmp_path):
        path = local_record("s3://news/old")
        (now,) = query(path, sql).read_all().to_pylist()
        (then,) = query(path, sql, as_of="1").read_all().to_pylist()
    assert (then["n"], now["n"]) == (2, 3)


WRITER = """
import sys
from pathlib import Path
from onrecord.engine.run import run_reports
from onrecord.read import read_reports
from onrecord.store import remote_push
from onrecord.store.remote import local_record
from tests.support.reports import coder

remote_push.SECONDS_BETWEEN = 0
print("begun", flush=True)
path = local_record(sys.argv[1], must_exist=False)
run_reports(path, read_reports([sys.argv[2]]), inputs=["in"], coder=coder())
"""


def test_killed_runs_end_as_an_undisturbed_one(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps(
            {"text": f"The king met envoy {n} and said so.", "date": "2022-01-03"}
        )
        + "\n"
        for n in range(30)
    )
    Place("s3://news/day").put("reports.jsonl", lines.encode())
    run("s3://news/whole", "s3://news/day")
    kills = 0
    for wait in (0.6, 1.2, 1.8, 2.4, None):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, "s3://news/killed", "s3://news/day"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout and process.stdout.readline()
            if wait is None:
                assert process.wait(120) == 0
                continue
            time.sleep(wait)
            kills += process.poll() is None
            process.send_signal(signal.SIGKILL)
        tables_there("s3://news/killed")
    assert kills
    one, two = content("s3://news/whole"), content("s3://news/killed")
    for table in set(TABLES) - {"runs"}:
        assert one[table] == two[table], table
    with machine("other", tmp_path):
        assert content("s3://news/killed")["events"] == one["events"]
        assert list(verify_remote(local_record("s3://news/killed"))) == []


def test_commit_asks_the_store_a_bounded_number_of_times(s3: Path) -> None:
    from onrecord.store.record import open_record
    from tests.support.remote import STORY

    with (
        each_commit_pushed(),
        open_record(local_record("s3://news/counted", must_exist=False)) as record,
    ):
        before = len(s3.read_text().splitlines())
        record.commit(run=None, add={"stories": [STORY]})
        after = len(s3.read_text().splitlines())
    # A file, a part of the journal, an entry, the lease (5), the head.
    assert after - before == 9


def test_of_writers_that_begin_at_once_one_gets_the_lease(tmp_path: Path) -> None:
    def take(address: str, key: str) -> Lease | None:
        try:
            return take_lease(Place(address), key=key, commits=0)
        except RecordLocked:
            return None

    for address in (f"file://{tmp_path}/race", "s3://news/race"):
        with ThreadPoolExecutor(4) as threads:
            tries = [threads.submit(take, address, key) for key in "abcd"]
        taken = [lease for one in tries if (lease := one.result())]
        assert len(taken) == 1
        taken[0].end()
