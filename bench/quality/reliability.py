"""Tell whether confidence means what it says: rows by confidence, and how many right.

    python -m bench.quality.reliability FILE [--split train|dev]

FILE holds the lines of events of the split's reports, as `bench.quality.events --keep`
and `bench.quality.folds --keep` write them. Right is a row whose words and type gold
shares, sure or unsure.
"""

import argparse
from collections import defaultdict
from pathlib import Path

from bench.quality.cells import read_events
from bench.quality.sides import read_sides
from onrecord.score.matching import match_types

WIDTH = 10  # per cent


def main() -> None:
    """Print one line a range of confidence."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--split", default="train", choices=("dev", "train"))
    args = parser.parse_args()
    rows = count(args.file, args.split)
    error = sum(n * abs(mean - right / n) for _, n, right, mean in rows)
    for low, n, right, mean in rows:
        high = (low + WIDTH) / 100
        print(f"{low / 100:.1f}-{high:.1f}  {n:5}  {right / n:4.0%}  given {mean:.2f}")
    print(f"mean distance {error / max(1, sum(n for _, n, _, _ in rows)):.3f}")


def count(path: Path, split: str) -> list[tuple[int, int, int, float]]:
    """Return (lowest per cent, rows, right rows, mean confidence) of each range."""
    gold, given = read_sides(split, path)
    wanted = {report.key: report.events or () for report in gold}
    lines = read_events(path)
    ranges: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for report in given:
        if report.key not in wanted:
            continue
        ours = report.events or ()
        right = {j for _, j in match_types(wanted[report.key], ours)}
        for j, line in enumerate(lines.get(report.key, ())):
            confidence = line["confidence"]
            low = min(int(confidence * 100) // WIDTH * WIDTH, 100 - WIDTH)
            ranges[low].append((confidence, j in right))
    return [
        (
            low,
            len(found),
            sum(right for _, right in found),
            sum(confidence for confidence, _ in found) / len(found),
        )
        for low, found in sorted(ranges.items())
    ]


if __name__ == "__main__":
    main()
