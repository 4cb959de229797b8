"""How many rewritten copies are found, and how many links are wrong.

    python -m bench.rewriting [--half tune|held-out] [--sources N] [--each N] [--json]

Reports are made from the sources of one half by every means of rewriting, given to
`onrecord copies`, and its lines are compared with what is known. Beside it stands
MinHash alone. `--keep DIR` keeps reports, labels and lines; `--reuse DIR` takes them
from there; `--orders N` gives the same reports in N other orders and compares.
"""

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from bench.rewriting import minhash
from bench.rewriting.corpus import (
    REPORTS,
    Label,
    Labelled,
    Report,
    Size,
    make_corpus,
    read_corpus,
    write_corpus,
)
from bench.rewriting.means import APART, HAND, MEANS
from bench.rewriting.score import Row, count_links, find_share, read_lines, score
from bench.rewriting.sources import HALVES

COMMAND = shlex.join([sys.executable, "-m", "onrecord", "copies"])
LINES = "lines.jsonl"
ORDER = ("source", *MEANS, HAND, *APART, "all")


def main() -> int:
    """Make or take the reports, run the program, print the table."""
    args = _parse_arguments()
    size = Size(
        sources=args.sources or None,
        each=args.each,
        repeats=args.repeats,
        seed=args.seed,
        means=tuple(args.means.split(",")) if args.means else tuple(MEANS),
    )
    corpus = read_corpus(args.reuse) if args.reuse else make_corpus(args.half, size)
    folder = args.keep or args.reuse or Path(tempfile.mkdtemp())
    if not args.reuse or args.keep:
        write_corpus(folder, corpus)
    print(f"{len(corpus)} reports in {folder / REPORTS}", file=sys.stderr)
    if args.write_only:
        return 0
    lines = args.lines or run_copies(args.command, folder / REPORTS, folder / LINES)
    rows = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    if args.orders:
        return print_orders(corpus, rows, args)
    print_scores(corpus, rows, args)
    return 0


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.rewriting",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--half", choices=HALVES, default="tune")
    parser.add_argument("--sources", type=int, default=120, help="0: all")
    parser.add_argument("--each", type=int, default=8, help="copies of each source")
    parser.add_argument("--repeats", type=int, default=20, help="of each empty page")
    parser.add_argument("--means", help="only these, with commas between")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threshold", type=float, default=minhash.THRESHOLD)
    parser.add_argument("--command", default=COMMAND, help="what is run on the reports")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    parser.add_argument("--reuse", type=Path, metavar="DIR")
    parser.add_argument("--lines", type=Path, help="score these lines, run nothing")
    parser.add_argument("--orders", type=int, default=0, metavar="N")
    parser.add_argument("--write-only", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def run_copies(command: str, reports: Path, lines: Path) -> Path:
    """Run the program over a file of reports and keep its lines."""
    with lines.open("wb") as out:
        subprocess.run([*shlex.split(command), str(reports)], stdout=out, check=True)
    return lines


def print_scores(
    corpus: Sequence[Labelled], rows: Sequence[dict[str, Any]], args: argparse.Namespace
) -> None:
    """Print the table of means, as text or JSON."""
    reports, labels = [r for r, _ in corpus], [x for _, x in corpus]
    scored = score(reports, labels, read_lines(rows))
    scored = tuple(sorted(scored, key=lambda row: ORDER.index(row.means)))
    alone = score_baseline(reports, labels, args.threshold)
    if args.json:
        print(
            json.dumps(
                {
                    "half": args.half,
                    "threshold": args.threshold,
                    "means": [msgspec.to_builtins(row) for row in scored],
                    "minhash": alone,
                }
            )
        )
        return
    print(
        f"{'means':<14}{'reports':>8}{'found':>8}{'relation':>9}{'called':>8}"
        f"{'silent':>8}{'wrong':>8}{'in wrong':>9}{'drift':>8}{'sharp':>8}"
        f"{'MinHash':>9}{'wrong':>8}"
    )
    for row in scored:
        print(_line(row, alone[row.means]))
    print(f"MinHash: runs of five words, similarity {args.threshold} and more")


def _line(row: Row, alone: Mapping[str, float | None]) -> str:
    missing = f" ({row.missing} without a line)" if row.missing else ""
    return (
        f"{row.means:<14}{row.reports:>8}{_percent(row.found):>8}"
        f"{_percent(row.relation):>9}{_percent(row.called):>8}"
        f"{_percent(row.silent):>8}{_percent(row.wrong_links):>8}"
        f"{_percent(row.wrong_reports):>9}{_percent(row.drift):>8}"
        f"{_percent(row.sharp):>8}{_percent(alone['found']):>9}"
        f"{_percent(alone['wrong_links']):>8}{missing}"
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"


def score_baseline(
    reports: Sequence[Report], labels: Sequence[Label], threshold: float
) -> dict[str, dict[str, float | None]]:
    """Return what MinHash alone finds and links wrongly, per means."""
    stories = minhash.find_stories(reports, threshold=threshold)
    links = count_links(labels, stories)
    scored = {}
    for means in {x.means for x in labels} | {"all"}:
        group = [x for x in labels if means in {x.means, "all"}]
        pairs = sum(links[x.id][0] for x in group)
        wrong = sum(links[x.id][1] for x in group)
        scored[means] = {
            "found": find_share(group, stories),
            "wrong_links": wrong / pairs if pairs else None,
        }
    return scored


def print_orders(
    corpus: Sequence[Labelled], rows: Sequence[dict[str, Any]], args: argparse.Namespace
) -> int:
    """Run the program on other orders of the reports; 1 where a line differs."""
    expected = sorted(json.dumps(row, sort_keys=True) for row in rows)
    different = 0
    for number in range(args.orders):
        shuffled = list(corpus)
        Random(f"order {number}").shuffle(shuffled)
        folder = Path(tempfile.mkdtemp())
        write_corpus(folder, tuple(shuffled))
        lines = run_copies(args.command, folder / REPORTS, folder / LINES)
        got = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
        same = sorted(json.dumps(row, sort_keys=True) for row in got) == expected
        different += not same
        print(f"order {number + 1}: {'same lines' if same else 'other lines'}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
