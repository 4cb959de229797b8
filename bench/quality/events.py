"""Score events and statements on gold reports.

    python -m bench.quality.events [--split dev] [--show N] [--json]

Reads the gold reports as files, as `onrecord extract` would, and calls
`scorers/score_events.py` of the shared folder.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.quality.shared import find_shared

ONRECORD = [sys.executable, "-m", "onrecord"]


def main() -> None:
    """Run extract over the gold reports and print the scorer's figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    parser.add_argument("--show", type=int, default=0, help="print N missed events")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, help="keep the predictions here")
    args = parser.parse_args()
    shared = find_shared()
    gold, texts = shared / "data/gold" / args.split, shared / "data/reports"
    reports = [str(texts / f"{path.stem}.txt") for path in sorted(gold.glob("*.json"))]
    with tempfile.TemporaryDirectory() as folder:
        out = args.keep or Path(folder) / "predicted.jsonl"
        subprocess.run([*ONRECORD, "extract", *reports, "-o", str(out)], check=True)
        scorer = [sys.executable, str(shared / "scorers/score_events.py")]
        options = ["--json"] if args.json else ["--show", str(args.show)]
        subprocess.run([*scorer, str(gold), str(texts), str(out), *options], check=True)


if __name__ == "__main__":
    main()
