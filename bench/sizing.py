"""Measure what a report costs, and tell what a day of news would.

    python -m bench.sizing [REPORTS.jsonl] [--limit N] [--a-day N] [--words N]

Codes the reports in this process, which costs what the cores of a cluster have to
spend; then brings them into a record with what was found kept ready, which is what
the one machine that writes has to spend. Times are of the processor, so that other
work on the machine counts for less. Then extrapolates, by the formula it prints.
"""

import argparse
import resource
import shutil
import tempfile
import time
from pathlib import Path

from bench.engines import size_of
from bench.kill import DEMO
from onrecord.cli.coding import find_versions, make_worker
from onrecord.engine.batch import Result, code_one
from onrecord.engine.run import Coder, run_reports
from onrecord.engine.worker import Worker
from onrecord.lexicon.kit import load_kit
from onrecord.model.document import Document
from onrecord.model.run import Run
from onrecord.read import read_reports

ENGLISH_A_DAY = 175_000  # docs/reference/sizing.md says where it is from
WORDS = 500  # of a report
MACHINES = {"laptop, 4 cores": 4, "one machine, 16 cores": 16, "8 x 16 cores": 128}


def main() -> None:
    """Print what was measured, and the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", nargs="?", type=Path, default=DEMO)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--a-day", type=int, default=ENGLISH_A_DAY)
    parser.add_argument("--words", type=int, default=WORDS)
    args = parser.parse_args()
    items = list(read_reports([args.reports]))[: args.limit]
    documents = [item for item in items if isinstance(item, Document)]
    words = sum(len(d.text.split()) for d in documents)
    print(f"{len(documents)} reports of {words / len(documents):.0f} words on average")
    coding, found = measure_coding(documents)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    folder = Path(tempfile.mkdtemp())
    try:
        writing, run = measure_writing(documents, found, folder)
        size = size_of(folder)
    finally:
        shutil.rmtree(folder)
    events = run.tally.events
    print(f"a worker: {memory:.0f} MB")
    print(f"coding: {1000 * coding / words:.3f} s of a core for 1,000 words")
    print(f"the rest: {writing / len(documents):.4f} s of a core for a report")
    print(f"disk: {1000 * size / words:,.0f} bytes for 1,000 words,")
    print(f"  {size / len(documents):,.0f} a report, {size / events:,.0f} an event")
    print_day(
        args.a_day,
        coding=coding / words * args.words,
        writing=writing / len(documents),
        size=size / words * args.words,
    )


def measure_coding(documents: list[Document]) -> tuple[float, dict[str, Result]]:
    """Return the processor's seconds, and what was found in each report."""
    worker = make_worker(None)
    code_one(documents[0], worker=worker)
    began = time.process_time()
    found = {d.doc_id: code_one(d, worker=worker) for d in documents}
    return time.process_time() - began, found


def measure_writing(
    documents: list[Document], found: dict[str, Result], record: Path
) -> tuple[float, Run]:
    """Return the processor's seconds that coding does not take."""
    kit = load_kit()

    def make_ready() -> Worker:
        return lambda document: found[document.doc_id]  # type: ignore[return-value]

    coder = Coder(
        versions=find_versions(kit), ontology=kit.ontology, make_worker=make_ready
    )
    began = time.process_time()
    run = run_reports(record, documents, inputs=["bench"], coder=coder)
    return time.process_time() - began, run


def print_day(reports: int, *, coding: float, writing: float, size: float) -> None:
    """Print how long a day's reports take, from what one takes."""
    print(f"\n{reports:,} reports a day, {reports * size / 1e9:.1f} GB of disk")
    print(f"hours = {reports:,} x ({coding:.3f} / cores + {writing:.4f}) / 3600")
    for name, cores in MACHINES.items():
        hours = reports * (coding / cores + writing) / 3600
        print(f"{name}: {hours:.1f} hours")


if __name__ == "__main__":
    main()
