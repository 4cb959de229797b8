"""Peak memory of `run` and of large answers, by the number of reports.

    python -m bench.memory [--reports 1000,10000] [--workers 1,2] [--only run,extract]

The reports are those of the demonstration with other letters in their words, so that
each is a story of its own; every fourth is a copy of the one before, by another
outlet. They are not read by the model, which would take days: what it found in the
demonstration stands for what it would find, in the same places. So a worker's own
memory (the model, its cache of sentences, both of fixed size) is not in these figures.
"""

import argparse
import json
import os
import pickle
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.engine.steps import Progress
    from onrecord.engine.worker import Worker
    from onrecord.model.document import Document
    from onrecord.model.event import CodedDocument

DEMO = Path(__file__).resolve().parents[1] / "src/onrecord/data/demo/reports.jsonl"
VOWELS, CONSONANTS, DIGITS = "aeiou", "bcdfghjklmnpqrstvwxyz", "123456789"
WORD = re.compile(r"[^\W\d]{6,}|\d+")  # the others tell that it is English
SHORT = "Police arrested 20 protesters in Minsk on Friday. He denied it."
ANSWERS = {
    "events --format jsonl": ("events", "{record}", "--format", "jsonl"),
    "events --format csv": ("events", "{record}", "--format", "csv"),
    "query, all cells of events": ("query", "{record}", "SELECT * FROM events"),
}


def main() -> None:
    """Print a line for each measurement."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", default="1000,10000")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--only", default="run,look,extract")
    parser.add_argument("--one", nargs=4, metavar=("RECORD", "FILE", "CODED", "N"))
    args = parser.parse_args()
    if args.one:
        run_here(*map(Path, args.one[:3]), workers=int(args.one[3]))
        return
    folder = Path(tempfile.mkdtemp(prefix="memory-"))
    try:
        for count in map(int, args.reports.split(",")):
            measure(folder, count, args.workers.split(","), args.only.split(","))
    finally:
        shutil.rmtree(folder)


def measure(folder: Path, count: int, workers: list[str], only: list[str]) -> None:
    """Measure all that is asked for with so many reports."""
    if "extract" in only:
        file = folder / "short.jsonl"
        write(file, ({"text": SHORT, "outlet": f"Wire {n}"} for n in range(count)))
        tell("extract, short reports", count, follow(["extract", str(file)]))
    if "run" not in only and "look" not in only:
        return
    file, coded = folder / "reports.jsonl", folder / "coded.pickle"
    if not coded.exists():
        command = "from bench.memory import code_demo; code_demo({!r})"
        subprocess.run([sys.executable, "-c", command.format(str(coded))], check=True)
    write(file, make_reports(count))
    for number in workers:
        record = folder / f"record-{count}-{number}"
        one = ["--one", str(record), str(file), str(coded), number]
        print(f"run, {count:,} reports, {number} worker(s): ", end="", flush=True)
        subprocess.run([sys.executable, "-m", "bench.memory", *one], check=True)
    if "look" in only:
        for title, words in ANSWERS.items():
            tell(title, count, follow([word.format(record=record) for word in words]))


def write(file: Path, rows: Iterator[dict[str, Any]]) -> None:
    """Write rows as JSON lines."""
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


def make_reports(count: int) -> Iterator[dict[str, Any]]:
    """Yield reports that differ in their words and have the demonstration's length."""
    lines = DEMO.read_text(encoding="utf-8").splitlines()
    demo = [json.loads(line) for line in lines]
    for number in range(count):
        told = number - 1 if number % 4 == 3 else number
        base = demo[told % len(demo)]
        letters = _letters(told // len(demo))
        text = WORD.sub(lambda found, t=letters: found[0].translate(t), base["text"])
        yield {
            "id": f"{base['id']}-{number}",
            "text": text,
            "date": base["date"],
            "outlet": f"Outlet {number % 50}",
        }


def _letters(number: int) -> dict[int, str]:
    """Return other letters for letters, other digits for digits; 0 changes none."""
    table: dict[int, str] = {}
    rng = random.Random(number)
    for kind in (VOWELS, CONSONANTS, DIGITS):
        others = rng.sample(kind, len(kind)) if number else list(kind)
        for letter, other in zip(kind, others, strict=True):
            table[ord(letter)] = other
            table[ord(letter.upper())] = other.upper()
    return table


def code_demo(file: str) -> None:
    """Keep what the shipped coder finds in the demonstration."""
    from onrecord.cli.coding import make_worker
    from onrecord.model.document import Document
    from onrecord.read import read_reports

    work = make_worker(None)
    reports = [d for d in read_reports([DEMO]) if isinstance(d, Document)]
    Path(file).write_bytes(pickle.dumps({d.source_id: work(d) for d in reports}))


def make_stub(coded: Path) -> "Worker":
    """Return a worker that says of a report what was found in its original."""
    known: dict[str, CodedDocument] = pickle.loads(coded.read_bytes())

    def work(document: "Document") -> "CodedDocument":
        return _told_of(document, known[document.source_id.partition("-")[0]])

    return work


def _told_of(document: "Document", coded: "CodedDocument") -> "CodedDocument":
    from msgspec.structs import replace

    from onrecord.model.event import make_event_id, make_statement_id

    doc_id = document.doc_id
    ids = {
        e.event_id: make_event_id(
            doc_id, e.trigger, e.event_type.value, e.actors, e.recipients
        )
        for e in coded.events
    }
    told = dict.fromkeys(e.telling_id for e in coded.events)
    tellings = {old: f"tel-{doc_id[4:]}-{n}" for n, old in enumerate(told)}
    return replace(
        coded,
        document=document,
        events=tuple(
            replace(
                e,
                event_id=ids[e.event_id],
                doc_id=doc_id,
                telling_id=tellings[e.telling_id] if e.telling_id else None,
            )
            for e in coded.events
        ),
        statements=tuple(
            replace(
                s,
                statement_id=make_statement_id(doc_id, s.cue, s.speaker.span),
                doc_id=doc_id,
                events=tuple(ids[e] for e in s.events if e in ids),
            )
            for s in coded.statements
        ),
    )


def run_here(record: Path, file: Path, coded: Path, *, workers: int) -> None:
    """Run in this process; print the peak of memory by step."""
    import resource

    from onrecord.cli.coding import find_versions
    from onrecord.engine.run import Coder, run_reports
    from onrecord.engine.steps import Step
    from onrecord.lexicon.kit import load_kit
    from onrecord.read import read_reports

    kit = load_kit()
    coder = Coder(
        versions=find_versions(kit),
        ontology=kit.ontology,
        make_worker=partial(make_stub, coded),
    )
    peaks = {"start": peak_memory()}

    def note(progress: "Progress") -> None:
        if progress.step is Step.CODE and "stories" not in peaks:
            peaks["stories"] = peak_memory()
        peaks[str(progress.step)] = peak_memory()
        if progress.done == progress.total:
            print("coded", peaks, flush=True)

    run = run_reports(
        record,
        read_reports([file]),
        inputs=["bench"],
        coder=coder,
        workers=workers,
        progress=note,
    )
    peaks["end"] = peak_memory()
    here = resource.getrusage(resource.RUSAGE_SELF)
    there = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = sum(usage.ru_utime + usage.ru_stime for usage in (here, there))
    shown = ", ".join(f"{step} {peak:.0f}" for step, peak in peaks.items())
    print(
        f"peak MB after {shown}; a worker {there.ru_maxrss / 1024:.0f};"
        f" {seconds:.0f} s of the processor; {run.tally.events:,} events,"
        f" {run.tally.copies:,} copies"
    )


def peak_memory() -> float:
    """Return the most that this process has held so far, in MB."""
    status = Path("/proc/self/status").read_text()
    line = next(one for one in status.splitlines() if one.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def follow(arguments: list[str]) -> tuple[float, int, float]:
    """Run a command; return its peak in MB, the bytes it wrote, and its seconds."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "onrecord", *arguments], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    size = 0
    while chunk := child.stdout.read(2**20):
        size += len(chunk)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(arguments)} left with {status >> 8}")
    return usage.ru_maxrss / 1024, size, time.perf_counter() - began


def tell(title: str, count: int, found: tuple[float, int, float]) -> None:
    """Print a measurement."""
    peak, size, seconds = found
    print(
        f"{title}, {count:,} reports: peak {peak:.0f} MB, "
        f"{size / 1e6:,.1f} MB written, {seconds:.0f} s",
        flush=True,
    )


if __name__ == "__main__":
    main()
