"""Run one set of reports through each engine, and compare every table.

    python -m bench.engines [REPORTS.jsonl] [--limit N] [--only NAME ...]

In turn: one process; two; a Ray cluster of two nodes on this machine with one core
each; the same with the second node killed when half of the reports are coded. Prints
the time of each, start included, the memory of the processes that read, and the bytes
on disk; leaves with 1 when a table differs. Without a file, the reports of the
demonstration.
"""

import argparse
import functools
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from bench.kill import DEMO, read_tables
from onrecord.cli.coding import find_versions, make_worker
from onrecord.engine.limits import REPORT_SECONDS, Limits
from onrecord.engine.ray import import_ray
from onrecord.engine.run import Coder, run_reports
from onrecord.engine.steps import Progress, Step
from onrecord.lexicon.kit import load_kit
from onrecord.read import read_reports

CORES = {"num_cpus": 1, "object_store_memory": 100_000_000}


class Way(msgspec.Struct, frozen=True):
    """An engine, its workers, and whether a node is killed half way."""

    engine: str
    workers: int
    killed: bool = False


WAYS = {
    "one process": Way("local", 1),
    "two processes": Way("local", 2),
    "two Ray nodes": Way("ray", 2),
    "two Ray nodes, one killed": Way("ray", 2, killed=True),
}


def main() -> None:
    """Print a line for each way."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", nargs="?", type=Path, default=DEMO)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--only", action="append", choices=tuple(WAYS))
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        sys.exit(0 if compare(folder, args) else 1)
    finally:
        shutil.rmtree(folder)


def compare(folder: Path, args: argparse.Namespace) -> bool:
    """Return whether all ways led to the same tables."""
    items = list(read_reports([args.reports]))[: args.limit]
    kit = load_kit()
    coder = Coder(
        versions=find_versions(kit),
        ontology=kit.ontology,
        make_worker=functools.partial(make_worker, None),
    )
    expected: dict[str, Any] | None = None
    same = True
    for name in args.only or WAYS:
        way, record = WAYS[name], folder / name
        with _cluster(way) as (address, kill):
            told = _Told(kill if way.killed else None)
            began = time.monotonic()
            run = run_reports(
                record,
                items,
                inputs=["bench"],
                coder=coder,
                workers=way.workers,
                limits=Limits(seconds=REPORT_SECONDS),
                engine=way.engine,
                ray_address=address,
                progress=told,
            )
            seconds = time.monotonic() - began
        tables = read_tables(record)
        expected = expected or tables
        differing = [t for t in expected if tables[t] != expected[t]]
        same &= not differing
        print(
            f"{name}: {seconds:.1f} s, {len(items) / seconds:.2f} reports/s; of a"
            f" worker {told.memory / 2**20:.0f} MB; {run.tally.coded} coded,"
            f" {run.tally.rejected} rejected, {run.tally.events} events,"
            f" {size_of(record):,} bytes on disk;"
            f" {'differs in ' + ', '.join(differing) if differing else 'same tables'}",
            flush=True,
        )
    return same


class _Told:
    """What is called as the run goes on: looks at its memory, and may kill a node."""

    def __init__(self, kill: Callable[[], None] | None) -> None:
        self.memory = 0
        self._kill = kill

    def __call__(self, progress: Progress) -> None:
        if progress.step is not Step.CODE or not progress.total:
            return
        self.memory = max([self.memory, *_sizes_of_readers()])
        if self._kill and progress.done >= progress.total / 2:
            print(f"a node is killed after {progress.done} of {progress.total}")
            self._kill()
            self._kill = None


@contextmanager
def _cluster(way: Way) -> Iterator[tuple[str | None, Callable[[], None]]]:
    """Run a cluster of two nodes where the way needs one; yield how to kill one."""
    if way.engine == "local":
        yield None, lambda: None
        return
    import_ray("of the cluster")
    from ray.cluster_utils import Cluster

    head = {**CORES, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    node = cluster.add_node(**CORES)
    try:
        yield (
            cluster.address,
            functools.partial(cluster.remove_node, node, allow_graceful=False),
        )
    finally:
        cluster.shutdown()


def _sizes_of_readers() -> Iterator[int]:
    """Yield the bytes in memory of each process that was spawned to read reports."""
    commands, statuses = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            commands[folder.name] = (folder / "cmdline").read_bytes()
            statuses[folder.name] = dict(
                line.split(":\t", 1)
                for line in (folder / "status").read_text().splitlines()
                if ":\t" in line
            )
        except OSError:
            continue
    for pid, command in commands.items():
        if b"multiprocessing.spawn" in command and _is_ours(pid, statuses):
            yield 1024 * int(statuses[pid].get("VmHWM", "0").split()[0])


def _is_ours(pid: str, statuses: dict[str, dict[str, str]]) -> bool:
    while pid in statuses:
        if pid == str(os.getpid()):
            return True
        pid = statuses[pid]["PPid"]
    return False


def size_of(record: Path) -> int:
    """Return the bytes of a record on disk."""
    return sum(file.stat().st_size for file in record.rglob("*") if file.is_file())


if __name__ == "__main__":
    main()
