"""Speed and memory of the main job, by stage; one process and two.

    python -m bench.speed [REPORTS.jsonl] [--limit N] [--repeat N]

Without a file, the reports of the demonstration. Stages are timed in one process over
reports already in memory, in seconds of the processor, so that other work on the
machine counts for less; each figure is the median of `--repeat` passes. `run` is timed
as its user sees it, start included, in a process of its own, with one worker and with
two in turn.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from onrecord.code.coder import code_events
from onrecord.code.statements import code_statements
from onrecord.lexicon.kit import Kit, load_kit
from onrecord.model.annotation import AnnotatedDocument
from onrecord.model.document import Document
from onrecord.read import read_reports
from onrecord.understand.attributions import find_attributions
from onrecord.understand.nominals import find_nominals
from onrecord.understand.parse import SentenceCache, parse
from onrecord.understand.places import find_places
from onrecord.understand.quantities import find_quantities
from onrecord.understand.reader import Reader, load_reader
from onrecord.understand.sentences import split_sentences
from onrecord.understand.times import find_times

DEMO = Path(__file__).resolve().parents[1] / "src/onrecord/data/demo/reports.jsonl"
STAGES = (
    "sentences",
    "reader",
    "nominals",
    "times",
    "places",
    "quantities",
    "attributions",
    "code",
)


def main() -> None:
    """Print the table of stages and of whole runs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", nargs="?", type=Path, default=DEMO)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    documents = [d for d in read_reports([args.reports]) if isinstance(d, Document)]
    documents = documents[: args.limit]
    print_stages(documents, repeat=args.repeat)
    print_runs(args.reports, documents, repeat=args.repeat)
    print_starts(args.repeat)


def print_stages(documents: Sequence[Document], *, repeat: int) -> None:
    """Print each stage's share of the time and its words per second."""
    kit_seconds, kit = _timed(load_kit)
    reader_seconds, reader = _timed(load_reader)
    print(f"load: knowledge {kit_seconds:.2f} s, reader {reader_seconds:.2f} s")
    _pass(documents[:3], kit, reader)
    passes = [_pass(documents, kit, reader) for _ in range(repeat)]
    words = sum(len(d.text.split()) for d in documents)
    reading = statistics.median(p["reader"] for p in passes)
    print(f"{len(documents)} reports, {words} words; median of {repeat} passes")
    print(f"{'stage':<14}{'seconds':>9}{'words/s':>11}{'of reader':>11}")
    for stage in STAGES:
        seconds = statistics.median(p[stage] for p in passes)
        speed = words / max(seconds, 1e-9)
        print(f"{stage:<14}{seconds:>9.2f}{speed:>11,.0f}{seconds / reading:>11.2f}")
    total = statistics.median(sum(p.values()) for p in passes)
    rate = len(documents) / total
    print(
        f"{'all':<14}{total:>9.2f}{words / total:>11,.0f}{total / reading:>11.2f}"
        f"   {rate:.1f} reports/s"
    )
    print_coder(documents, passes)


def print_coder(
    documents: Sequence[Document], passes: Sequence[dict[str, float]]
) -> None:
    """Print the sentences a second of what stands behind a parser."""
    sentences = sum(len(split_sentences(d.text)) for d in documents)
    code = statistics.median(p["code"] for p in passes)
    behind = statistics.median(
        sum(seconds for stage, seconds in p.items() if stage in STAGES[2:])
        for p in passes
    )
    print(
        f"{sentences} sentences; the coder alone {sentences / code:,.0f} sentences/s, "
        f"all layers and the coder {sentences / behind:,.0f}"
    )


def _pass(documents: Sequence[Document], kit: Kit, reader: Reader) -> dict[str, float]:
    """Return the seconds of each stage over all reports, with a fresh cache."""
    cache = SentenceCache()
    seconds = dict.fromkeys(STAGES, 0.0)

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        spent, result = _timed(work)
        seconds[stage] += spent
        return result

    for d in documents:
        cuts = timed("sentences", lambda d=d: split_sentences(d.text))
        s = timed(
            "reader", lambda d=d, c=cuts: parse(d.text, c, reader=reader, cache=cache)
        )
        n = timed("nominals", lambda d=d, s=s: find_nominals(d, s, kit=kit))
        t = timed("times", lambda d=d, s=s: find_times(d, s, kit=kit))
        p = timed("places", lambda d=d, s=s, n=n: find_places(d, s, n, kit=kit))
        q = timed("quantities", lambda d=d, s=s, t=t: find_quantities(d, s, t, kit=kit))
        a = timed(
            "attributions", lambda d=d, s=s, n=n: find_attributions(d, s, n, kit=kit)
        )
        adoc = AnnotatedDocument(
            document=d,
            sentences=s,
            nominals=n,
            times=t,
            places=p,
            quantities=q,
            attributions=a,
        )
        timed("code", lambda x=adoc: code_statements(x, code_events(x, kit=kit)))
    return seconds


def print_runs(reports: Path, documents: Sequence[Document], *, repeat: int) -> None:
    """Time `onrecord run` with one worker and with two, in processes of their own."""
    words = sum(len(d.text.split()) for d in documents)
    lines = reports.read_text(encoding="utf-8").splitlines()[: len(documents)]
    runs: dict[int, list[tuple[float, float, float]]] = {1: [], 2: []}
    for _ in range(repeat):
        for workers, found in runs.items():
            found.append(_run(lines, workers))
    for workers, found in runs.items():
        clock, processor, memory = map(statistics.median, zip(*found, strict=True))
        print(
            f"run, {workers} worker(s): {clock:.1f} s of the clock, {processor:.1f} s "
            f"of the processor, {len(documents) / clock:.2f} reports/s, "
            f"{words / clock:,.0f} words/s, "
            f"{len(documents) / processor:.2f} reports/s of the processor, "
            f"peak {memory:.0f} MB of the parent"
        )


def _run(lines: Sequence[str], workers: int) -> tuple[float, float, float]:
    """Return seconds of the clock and of the processor, and the parent's peak in MB."""
    folder = Path(tempfile.mkdtemp())
    source = folder / "reports.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "onrecord", "run", str(folder / "rec")]
    command += [str(source), "--workers", str(workers), "--quiet"]
    began = time.perf_counter()
    child = subprocess.Popen(
        command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    clock = time.perf_counter() - began
    shutil.rmtree(folder)
    if status:
        raise SystemExit(f"run left with {status >> 8}")
    return clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def print_starts(repeat: int) -> None:
    """Time the import and the help."""
    for what, command in (
        ("import onrecord", [sys.executable, "-c", "import onrecord"]),
        ("onrecord --help", [sys.executable, "-m", "onrecord", "--help"]),
        ("python alone", [sys.executable, "-c", "pass"]),
    ):
        times = []
        for _ in range(max(repeat, 5)):
            began = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            times.append(time.perf_counter() - began)
        print(f"{what}: {1000 * statistics.median(times):.0f} ms")


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


if __name__ == "__main__":
    main()
