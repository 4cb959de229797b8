"""Kill runs at random moments, go on, and compare with an undisturbed run.

    python -m bench.kill [REPORTS.jsonl] [--kills N] [--workers N] [--seed N]

Runs `onrecord run` as its user does and ends it by SIGKILL, again and again, until it
gets through; then every table must hold the rows of the undisturbed record (but for
the columns of `runs` that hold a clock), `onrecord verify` must find nothing, and no
file of a killed writer may be left.
Starts over with a new record until there were enough kills. Leaves with 1 when a row
differs. Without a file, the reports of the demonstration.
"""

import argparse
import ast
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from onrecord.store.mend import know
from onrecord.store.query import connect, rows
from onrecord.store.record import open_record
from onrecord.store.tables import TABLES
from onrecord.store.verify import verify

DEMO = Path(__file__).resolve().parents[1] / "src/onrecord/data/demo/reports.jsonl"
CLOCKED = frozenset({"started", "finished", "resumed", "table_versions"})

Table = Counter[str]


def main() -> None:
    """Print each kill and what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", nargs="?", type=Path, default=DEMO)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        sys.exit(0 if compare_kills(folder, args) else 1)
    finally:
        shutil.rmtree(folder)


def compare_kills(folder: Path, args: argparse.Namespace) -> bool:
    """Return whether every killed record ended as the undisturbed one."""
    moments = random.Random(args.seed)
    began = time.monotonic()
    if _start(folder / "undisturbed", args).wait() != 0:
        sys.exit("the undisturbed run failed; nothing to compare with")
    seconds = time.monotonic() - began
    expected = read_tables(folder / "undisturbed")
    counts = ", ".join(f"{sum(t.values())} {name}" for name, t in expected.items())
    print(f"undisturbed: {seconds:.1f} s; {counts}")
    kills = 0
    same = True
    for attempt in range(1, args.kills + 1):
        if kills >= args.kills:
            break
        record = folder / f"killed-{attempt}"
        kills += _kill_until_done(record, args, moments, seconds)
        found = read_tables(record)
        if versions(found) != versions(expected):
            sys.exit("the program's files changed meanwhile; nothing to compare with")
        differing = _differing(expected, found)
        findings = [f"{f.where}: {f.problem}" for f in verify(record)]
        same &= not differing and not findings
        unnamed = unnamed_files(record)
        same &= not unnamed
        findings += [f"{path}: no version names it" for path in unnamed]
        what = f"differs in {', '.join(differing)}" if differing else "the same rows"
        print(f"record {attempt}: {what}; {len(findings)} findings; {kills} kills")
        print("\n".join(findings[:5]), end="\n" if findings else "")
    return same


def read_tables(record: Path) -> dict[str, Table]:
    """Return how often each row stands in each table, the clock left out."""
    connection = connect(record)
    return {
        name: Counter(
            repr([(k, v) for k, v in row.items() if k not in CLOCKED])
            for row in rows(connection, f"FROM {name}")
        )
        for name in TABLES
    }


def unnamed_files(record: Path) -> list[Path]:
    """Return the data files that no version names once the record was opened again."""
    with open_record(record):
        pass
    named = {
        record / table / path
        for table, files in know(record).files.items()
        for path in files
    }
    return sorted(set(record.glob("*/part-*.parquet")) - named)


def versions(tables: dict[str, Table]) -> set[tuple[Any, ...]]:
    """Return the versions of program, lexicon and model behind a record."""
    return {
        tuple(dict(ast.literal_eval(row))[k] for k in ("program", "lexicon", "model"))
        for row in tables["runs"]
    }


def _kill_until_done(
    record: Path, args: argparse.Namespace, moments: random.Random, seconds: float
) -> int:
    """Run until it ends by itself; return how often it was killed before."""
    kills = 0
    while True:
        process = _start(record, args)
        try:
            status = process.wait(timeout=moments.uniform(0, 1.2 * seconds))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
            continue
        if status != 0:
            sys.exit(f"the run left with {status} after {kills} kills")
        return kills


def _start(record: Path, args: argparse.Namespace) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "onrecord", "run", str(record), str(args.reports)]
    command += ["--workers", str(args.workers), "--quiet"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def _differing(expected: dict[str, Table], found: dict[str, Table]) -> list[str]:
    return [
        f"{name} ({sum((found[name] - table).values())} rows too many,"
        f" {sum((table - found[name]).values())} missing)"
        for name, table in expected.items()
        if found[name] != table
    ]


if __name__ == "__main__":
    main()
