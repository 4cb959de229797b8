"""Ray must find what one machine finds, whatever happens to its nodes.

To start nodes and workers takes seconds: what can be told of a crew without them is
in test_ray_crew.py.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli import coding
from onrecord.engine import local
from onrecord.engine.engines import find_engine
from onrecord.engine.limits import Limits
from onrecord.engine.ray import import_ray
from onrecord.engine.run import Coder, run_reports
from onrecord.engine.worker import Worker
from onrecord.errors import ModelError, UsageError
from onrecord.lexicon.kit import load_kit
from onrecord.model.document import Document
from onrecord.model.event import CodedDocument
from onrecord.read import read_reports
from tests.support.reports import VERSIONS, make_worker, report, snapshot

pytest.importorskip("ray", reason="the engine ray is not installed: onrecord[ray]")

ROOT = Path(__file__).resolve().parents[3]
DEMO = ROOT / "src/onrecord/data/demo/reports.jsonl"
CORES = {"num_cpus": 1, "object_store_memory": 80_000_000}
LIMITS = Limits(seconds=600)  # one process, too, is watched then
RAISES, DIES = 3, 5  # of the demonstration's reports; neither is a copy


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Run the head of a cluster, with one core."""
    import_ray("a cluster")
    from ray.cluster_utils import Cluster

    cluster = Cluster(
        initialize_head=True, head_node_args={**CORES, "include_dashboard": False}
    )
    yield cluster
    cluster.shutdown()


@pytest.fixture
def short_path() -> Iterator[Path]:
    """Make a folder whose name is short enough for the sockets in it."""
    with tempfile.TemporaryDirectory(prefix="r", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def node(cluster: Any) -> Iterator[Any]:
    """Run a second node, with one core."""
    node = cluster.add_node(**CORES)
    yield node
    if node in cluster.worker_nodes:
        cluster.remove_node(node)


def texts(count: int) -> list[Document]:
    return [report(f"A met B and said {n}") for n in range(count)]


def no_model() -> Worker:
    raise ModelError("no model; install it")


def make_faulty_worker(raises: str, dies: str) -> Worker:
    """Return the true worker, but for two reports."""
    make_true = cache(partial(coding.make_worker, None))

    def faulty(document: Document) -> CodedDocument:
        if document.doc_id == raises:
            raise ValueError("told to fail")
        if document.doc_id == dies:
            os._exit(9)
        return make_true()(document)

    return faulty


def test_tables_are_those_of_one_machine(
    cluster: Any, node: Any, tmp_path: Path
) -> None:
    items = list(read_reports([DEMO]))[:12]
    documents = [item for item in items if isinstance(item, Document)]
    coder = Coder(
        versions=VERSIONS,
        ontology=load_kit().ontology,
        make_worker=partial(
            make_faulty_worker, documents[RAISES].doc_id, documents[DIES].doc_id
        ),
    )
    for name, engine, workers in (
        ("one", "local", 1),
        ("two", "local", 2),
        ("ray", "ray", 2),
    ):
        run_reports(
            tmp_path / name,
            items,
            inputs=["demo"],
            coder=coder,
            workers=workers,
            limits=LIMITS,
            engine=engine,
            ray_address=cluster.address,
        )
    one = snapshot(tmp_path / "one")
    raised, died = sorted(r["reason"] for r in one["rejected"])
    assert raised.startswith("ValueError: told to fail (test_ray.py:")
    assert died == "the process that read it ended with 9, twice"
    assert len(one["events"]) > 20
    for table, rows in one.items():
        assert snapshot(tmp_path / "two")[table] == rows, table
        assert snapshot(tmp_path / "ray")[table] == rows, table


def test_a_node_that_is_killed_costs_nothing(cluster: Any, node: Any) -> None:
    documents = [*texts(70), report("FAIL"), *texts(60)]
    make_slow = partial(make_worker, 0.03)
    expected = list(local.code_documents(documents, workers=1, make_worker=make_worker))
    engine = find_engine(
        "ray", make_worker=make_slow, workers=2, ray_address=cluster.address
    )
    results = []
    for result in engine(iter(documents)):
        results.append(result)
        if len(results) == 50:
            cluster.remove_node(node, allow_graceful=False)
    assert results == expected


def test_missing_model_stops_all(cluster: Any) -> None:
    engine = find_engine("ray", make_worker=no_model, ray_address=cluster.address)
    with pytest.raises(ModelError, match="install it"):
        list(engine(texts(2)))


def test_no_cluster_at_the_address_is_wrong_use() -> None:
    engine = find_engine("ray", make_worker=make_worker, ray_address="127.0.0.1:1")
    with pytest.raises(UsageError, match="no Ray cluster answers at"):
        list(engine(texts(2)))


def test_without_the_extra_it_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'onrecord\[ray\]'"):
        find_engine("ray", make_worker=make_worker)


def start(folder: Path, reports: Path) -> "subprocess.Popen[str]":
    """Start the command line on an instance of its own, as its user does."""
    command = [sys.executable, "-m", "onrecord", "run", "rec", str(reports)]
    return subprocess.Popen(
        [*command, "--engine", "ray", "--workers", "1", "--quiet"],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_an_instance_of_its_own_leaves_nothing_behind(short_path: Path) -> None:
    (short_path / "in.txt").write_text("Russia warned Ukraine on Monday.")
    process = start(short_path, short_path / "in.txt")
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    assert out.startswith("1 read = 1 coded + 0 rejected")
    assert out.count("\n") == 1
    assert sorted(p.name for p in short_path.iterdir()) == ["in.txt", "rec"]
    assert running_in(short_path) == []


def test_ctrl_c_ends_all_processes(short_path: Path) -> None:
    process = start(short_path, DEMO)
    deadline = time.monotonic() + 60
    while not (started := list(short_path.glob("ray-*/session_*/logs/raylet.out"))):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    time.sleep(3)
    assert "raylet" in running_in(short_path)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert started[0].exists() is False
    deadline = time.monotonic() + 120  # Ray's agents look now and then who is there
    while running_in(short_path) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert running_in(short_path) == []


def running_in(folder: Path) -> list[str]:
    """Return the names of all processes that were started with a temporary folder."""
    names = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"TMPDIR={folder}\0".encode() in (process / "environ").read_bytes():
                names.append((process / "comm").read_text().strip())
        except OSError:
            continue
    return names
