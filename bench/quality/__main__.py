"""Measure how good the program is, and write docs/quality.md.

    python -m bench.quality                     measures what is quick, writes the page
    python -m bench.quality --only events       ... one measure, others as they were
    python -m bench.quality --all               ... the slow ones as well
    python -m bench.quality --page              writes the page from figures.toml
    python -m bench.quality --check             says whether page, figures, floors agree
    python -m bench.quality --raise             puts floors up to the figures
    python -m bench.quality --allow-regression REASON
                                                puts down those that did not hold

Leaves with 1 when a figure is below its floor, the gold is not what it was, or the page
is not what the figures make. `--lines DIR` keeps what the program said, and scores what
lies there already without running it.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.quality.figures import Made, read_figures, today, write_figures
from bench.quality.floors import (
    Floors,
    changed_gold,
    find_fallen,
    find_loose,
    hash_gold,
    lowered,
    note_lowered,
    raised,
    read_floors,
    write_floors,
)
from bench.quality.measures import MEASURES
from bench.quality.page import PAGE, make_page
from bench.quality.shared import ROOT, find_shared
from onrecord.cli.coding import find_versions
from onrecord.lexicon.kit import load_kit
from onrecord.model.run import Versions

FROM_LINES = "scored from lines kept before"


def main() -> int:
    """Do what was asked for; return the exit code."""
    args = _parse_arguments()
    made = read_figures()
    if args.check:
        for line in find_stale(made, find_versions(load_kit())):
            print(f"note: {line}", file=sys.stderr)
        return _say(check(made))
    if not args.page and not args.up and args.reason is None:
        with tempfile.TemporaryDirectory() as temporary:
            folder = args.lines or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            for name in _chosen(args):
                made[name] = measure(name, folder.resolve())
                write_figures(made)
    floors, gold = read_floors()
    if args.up:
        write_floors(raised(floors, made), {**gold, **_hash_all()})
    if args.reason is not None:
        after = lowered(floors, find_fallen(floors, made))
        note_lowered(floors, after, args.reason)
        write_floors(after, {**gold, **_hash_all()})
    PAGE.write_text(make_page(made), encoding="utf-8")
    return _say(problems_of(read_floors()[0], made))


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", nargs="+", choices=tuple(MEASURES))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--raise", action="store_true", dest="up")
    parser.add_argument("--allow-regression", metavar="REASON", dest="reason")
    parser.add_argument("--lines", type=Path, metavar="DIR")
    return parser.parse_args()


def _chosen(args: argparse.Namespace) -> tuple[str, ...]:
    if args.only:
        return tuple(args.only)
    return tuple(name for name, m in MEASURES.items() if args.all or not m.slow)


def measure(name: str, lines: Path) -> Made:
    """Run one measure and return its figures with how they came about."""
    begun = time.perf_counter()
    print(f"{name} ...", file=sys.stderr)
    kept = MEASURES[name].kept
    is_kept = kept is not None and (lines / kept).exists()
    figures = MEASURES[name].run(lines)
    versions = find_versions(load_kit())
    return Made(
        date=today(),
        command=MEASURES[name].command,
        program=versions.program,
        lexicon=versions.lexicon,
        model=versions.model,
        seconds=round(time.perf_counter() - begun),
        note=FROM_LINES if is_kept else None,
        figures=figures,
    )


def find_stale(made: Mapping[str, Made], now: Versions) -> Iterator[str]:
    """Yield the measures that another lexicon or model was measured by."""
    for name, one in made.items():
        if (one.lexicon, one.model) != (now.lexicon, now.model):
            yield f"{name} was measured with another lexicon or model: --only {name}"


def check(made: Mapping[str, Made]) -> Iterator[str]:
    """Yield what does not agree, without measuring anything."""
    floors, gold = read_floors()
    yield from problems_of(floors, made)
    if PAGE.read_text(encoding="utf-8") != make_page(made):
        yield f"{PAGE.relative_to(ROOT)} is not what the figures make; --page makes it"
    for loose in find_loose(floors, made):
        yield (
            f"{loose.measure} {loose.name}: the floor {loose.floor:g} is far from"
            f" {loose.value:.2f}; --raise sets it"
        )
    for name in changed_gold(gold, _shared()):
        yield f"{name} is not the gold that the floors were set on; --raise notes it"


def problems_of(floors: Floors, made: Mapping[str, Made]) -> Iterator[str]:
    """Yield the figures that fell."""
    yield from map(str, find_fallen(floors, made))


def _say(problems: Iterator[str]) -> int:
    found = list(problems)
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


def _shared() -> Path | None:
    try:
        return find_shared()
    except SystemExit:
        return None


def _hash_all() -> dict[str, str]:
    shared = _shared()
    found: dict[str, str] = {}
    for measured in MEASURES.values():
        found |= hash_gold(measured.own, ROOT)
        if shared is not None:
            found |= hash_gold(measured.gold, shared)
    return found


if __name__ == "__main__":
    sys.exit(main())
