"""Score times, dates, places and numbers on their gold sets.

    python -m bench.quality.layers [--only NAME ...] [--json] [--keep FOLDER]

Runs `onrecord extract --layer` over each set of the shared folder and prints:

  times    WikiWars, by `scorers/score_layers.py`
  places   GeoVirus, by the same
  dates    GUM's news, speeches and interviews: dates found (our words overlap them),
           and those whose value is right by the rule of `bench/quality/dates.py`
  numbers  the numbers of the events of gold train and dev: found among our
           quantities, and their value right

`--keep` leaves the sets and what was extracted in a folder; what lies there already is
not made again.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.quality.dates import score_dates
from bench.quality.shared import find_shared, read_gold_reports

ONRECORD = [sys.executable, "-m", "onrecord"]
GENRES = ("news", "speech", "interview")
Row = dict[str, Any]
Figures = dict[str, Any]


def main() -> None:
    """Extract the layers of each set and print how well they agree with gold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=tuple(SETS), default=tuple(SETS))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, help="keep the lines in this folder")
    args = parser.parse_args()
    shared = find_shared()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        figures = {name: SETS[name](shared, folder) for name in args.only}
    if args.json:
        print(json.dumps(figures))
        return
    for name, found in figures.items():
        print(name)
        for line in show(found):
            print("  " + line)


def score_times(shared: Path, folder: Path) -> Figures:
    """Return the shared scorer's figures for times on WikiWars."""
    return _score(shared, folder, "times", shared / "data/times/wikiwars.jsonl")


def score_places(shared: Path, folder: Path) -> Figures:
    """Return the shared scorer's figures for places on GeoVirus."""
    return _score(shared, folder, "places", shared / "data/places/geovirus.jsonl")


def _score(shared: Path, folder: Path, layer: str, gold: Path) -> Figures:
    made = extract(gold, layer, folder / f"{layer}.jsonl")
    scorer = [sys.executable, str(shared / "scorers/score_layers.py"), layer]
    done = subprocess.run(
        [*scorer, str(gold), str(made), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    figures: Figures = json.loads(done.stdout)
    return figures


def score_gum_dates(shared: Path, folder: Path) -> Figures:
    """Return how many dates of GUM are found, and right, by genre and in all."""
    gold = list(read_gum(shared / "data/attribution/gum_layers.jsonl.gz"))
    reports = folder / "gum.reports.jsonl"
    write_lines(
        reports,
        (
            {"id": g["id"], "text": g["text"], "date": g["meta"].get("dateCreated")}
            for g in gold
        ),
    )
    made = extract(reports, "times", folder / "gum.jsonl")
    return score_dates(gold, by_report(made))


def score_numbers(shared: Path, folder: Path) -> Figures:
    """Return how many numbers of gold events are found, and of them the right ones."""
    figures = {}
    for split in ("train", "dev"):
        reports = folder / f"{split}.reports.jsonl"
        write_lines(
            reports,
            (
                {"id": d.source_id, "text": d.text, "date": str(d.date or "") or None}
                for d in read_gold_reports(shared, split)
            ),
        )
        made = by_report(extract(reports, "quantities", folder / f"{split}.jsonl"))
        figures[split] = count_numbers(shared / "data/gold" / split, made)
    return figures


def count_numbers(gold: Path, made: dict[str, list[Row]]) -> Figures:
    """Return the count of gold numbers, those found by their words, those right.

    Gold gives the words of a number; they are looked for in the event's sentence.
    """
    n = found = right = 0
    for path in sorted(gold.glob("*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))
        ours = [q["text"] for q in made[report["doc_id"]]]
        values = {q["text"]: q["value"] for q in made[report["doc_id"]]}
        for number in {
            (m["text"], m["value"])
            for event in report["events"]
            for m in event.get("numbers") or ()
        }:
            same = [text for text in ours if _shares(text, number[0])]
            n, found = n + 1, found + bool(same)
            right += any(values[text] == number[1] for text in same)
    return {"n": n, "found": found, "right": right}


def _shares(ours: str, gold: str) -> bool:
    return ours in gold or gold in ours


def extract(reports: Path, layer: str, made: Path) -> Path:
    """Extract a layer of `reports` into `made` unless that is there."""
    if not made.exists():
        command = [*ONRECORD, "extract", str(reports), "--layer", layer]
        subprocess.run([*command, "-o", str(made)], check=True)
    return made


def read_gum(path: Path) -> Iterator[Row]:
    """Yield the documents of GUM whose genres report or speak."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        yield from (g for g in map(json.loads, stream) if g["genre"] in GENRES)


def write_lines(path: Path, rows: Iterator[Row]) -> None:
    """Write rows as lines of JSON."""
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


def by_report(made: Path) -> dict[str, list[Row]]:
    """Return the lines of each report."""
    rows: dict[str, list[Row]] = defaultdict(list)
    with made.open(encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            rows[str(row["source_id"])].append(row)
    return rows


def show(figures: Figures) -> Iterator[str]:
    """Yield figures as lines, one for each name."""
    for name, value in figures.items():
        if isinstance(value, dict):
            parts = (f"{k} {_short(v)}" for k, v in value.items())
            yield f"{name:14} " + "  ".join(parts)
        else:
            yield f"{name:14} {_short(value)}"


def _short(value: Any) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)


SETS: dict[str, Callable[[Path, Path], Figures]] = {
    "times": score_times,
    "places": score_places,
    "dates": score_gum_dates,
    "numbers": score_numbers,
}

if __name__ == "__main__":
    main()
