"""Score `onrecord relate` on sentences whose two parties are given.

    python -m bench.quality.relations [--set plv] [--half first] [--confused N] [--json]

Calls `scorers/score_relations.py` of the shared folder. The sentences only measure:
nothing may be trained on them. `--half` takes those whose id has an even (first) or
odd (second) hash; errors may be looked at in the first only, so that the second says
whether what was learnt from them holds.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.quality.shared import find_shared

ONRECORD = [sys.executable, "-m", "onrecord"]
YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}  # as the scorer counts them
SETS = {"plv": "relations_plv.jsonl", "quad": "relations_quad.jsonl"}


def in_half(sentence_id: str, half: str) -> bool:
    """Tell whether a sentence belongs to the first or second half, or to both."""
    first = hashlib.blake2b(sentence_id.encode()).digest()[0] % 2 == 0
    return half == "both" or first == (half == "first")


def main() -> None:
    """Run relate over a set and print the scorer's figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", dest="name", default="plv", choices=sorted(SETS))
    parser.add_argument("--half", default="both", choices=("first", "second", "both"))
    parser.add_argument(
        "--confused", type=int, default=0, help="print the N commonest wrong types"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, help="keep the predictions here")
    parser.add_argument(
        "--from", type=Path, dest="made", help="predictions made before"
    )
    args = parser.parse_args()
    shared = find_shared()
    source = shared / "data/sentences" / SETS[args.name]
    rows = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    rows = [row for row in rows if in_half(row["id"], args.half)]
    with tempfile.TemporaryDirectory() as folder:
        pairs = Path(folder) / "pairs.jsonl"
        pairs.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        out = args.made or args.keep or Path(folder) / "related.jsonl"
        if args.made is None:
            command = [*ONRECORD, "relate", str(pairs), "-o", str(out)]
            subprocess.run(command, check=True)
        scorer = [sys.executable, str(shared / "scorers/score_relations.py")]
        options = ["--json"] if args.json else []
        subprocess.run([*scorer, str(pairs), str(out), *options], check=True)
        if args.confused:
            _print_confusions(rows, out, args.confused)


def _print_confusions(rows: list[dict[str, str]], out: Path, number: int) -> None:
    gold = {row["id"]: row["gold_root"] for row in rows if row.get("gold_root")}
    found = map(json.loads, out.read_text("utf-8").splitlines())
    given = {r["id"]: YIELD.get(r["event_type"], r["event_type"]) for r in found}
    wrong = Counter((right, given[i]) for i, right in gold.items() if given[i] != right)
    for (right, got), count in wrong.most_common(number):
        print(f"{count:4} {right} read as {got}")


if __name__ == "__main__":
    main()
