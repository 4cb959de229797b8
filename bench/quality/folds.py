"""Score five readers on the reports of gold/train that each was not trained on.

    python -m training --shared ../shared --folds 5       makes the readers
    python -m bench.quality.folds [build/training/folds] [--keep FILE] [--json]

Each reader is the one that ships but for its finish, which left out a fifth of
gold/train; what comes before the finish has seen none of it. So nothing here is tuned
to fourteen reports. What is not held out: the frames, their measured precision, and the
cut-offs set on gold/dev. `--json` says where the lines are and scores nothing.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.quality.shared import ROOT, find_shared, read_gold_reports
from bench.quality.sides import read_sides
from onrecord.lexicon.kit import load_kit
from onrecord.pipeline import process
from onrecord.records import event_record, statement_record
from onrecord.score import score
from onrecord.score.telling import make_tables, write_text
from onrecord.understand.parse import SentenceCache
from onrecord.understand.reader import load_reader

FOLDS = ROOT / "build/training/folds"


def main() -> None:
    """Code every held-out report with its reader and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folds", type=Path, nargs="?", default=FOLDS)
    parser.add_argument("--keep", type=Path, help="keep the predictions here")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    shared = find_shared()
    kept = args.keep or args.folds / "predicted.jsonl"
    with kept.open("w", encoding="utf-8") as stream:
        for line in predict(args.folds, shared):
            stream.write(json.dumps(line) + "\n")
    if args.json:
        print(json.dumps({"lines": str(kept)}))
        return
    scores = score(*read_sides("train", kept), layers=("events", "statements"))
    print("\n".join(write_text(make_tables(scores))))


def predict(folds: Path, shared: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of events and statements of every held-out report."""
    kit = load_kit()
    reports = {d.source_id: d for d in read_gold_reports(shared, "train")}
    folders = sorted(p.parent for p in folds.glob("*/held-out.json"))
    if not folders:
        raise SystemExit(f"{folds} holds no readers; python -m training --folds 5")
    for folder in folders:
        reader, cache = load_reader(folder, threads=1), SentenceCache()
        for name in json.loads((folder / "held-out.json").read_text(encoding="utf-8")):
            document = reports[name]
            coded = process(document, kit=kit, reader=reader, cache=cache)
            for event in coded.events:
                yield event_record(event, document, ontology=kit.ontology)
            for statement in coded.statements:
                yield statement_record(statement, document)


if __name__ == "__main__":
    main()
