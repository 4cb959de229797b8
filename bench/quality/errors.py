"""Draw a sample of the errors in events, to be read.

    python -m bench.quality.folds --keep predicted.jsonl
    python -m bench.quality.errors predicted.jsonl [--number 175] [--seed 4]

An error is a gold event that is missed, one given that gold lacks, a wrong type, or,
where trigger and type are right, a wrong actor, recipient, factuality or source, as
`scorers/score_events.py` counts them. `docs/explain/errors.md` says what they showed.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from bench.quality.cells import load_scorer, match_types
from bench.quality.shared import find_shared

KINDS = ("missed", "false", "type", "actor", "recipient", "factuality", "by")


class Error(msgspec.Struct, frozen=True):
    """One error: what gold has and what was given, either of which may be absent."""

    kind: str
    report: str
    gold: Mapping[str, Any] | None
    given: Mapping[str, Any] | None


def main() -> None:
    """Print how many errors of each kind there are, and a sample of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--split", default="train", choices=("dev", "train"))
    parser.add_argument("--number", type=int, default=175)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--kind", choices=KINDS, nargs="*", default=KINDS)
    args = parser.parse_args()
    shared = find_shared()
    scorer = load_scorer(shared / "scorers/score_events.py")
    texts = shared / "data/reports"
    gold = scorer.load_gold(str(shared / "data/gold" / args.split), str(texts))
    given = scorer.load_predicted(str(args.predicted), gold)
    errors = [
        error
        for report in sorted(gold)
        for error in find_errors(scorer, report, gold[report][1], given[report][0])
    ]
    counts = Counter(error.kind for error in errors)
    print(*(f"{kind} {counts[kind]}" for kind in KINDS), sep="  ")
    kept = [error for error in errors if error.kind in args.kind]
    drawn = random.Random(args.seed).sample(kept, min(args.number, len(kept)))
    for number, error in enumerate(drawn, 1):
        print(f"{number}. {show(error, gold[error.report][0])}")


def find_errors(
    scorer: ModuleType,
    report: str,
    gold: list[dict[str, Any]],
    given: list[dict[str, Any]],
) -> Iterator[Error]:
    """Yield the errors of a report; events gold is unsure of are never missed."""

    def close(g: dict[str, Any], p: dict[str, Any]) -> float:
        roles = sum(scorer.role_right(g, p, role) for role in ("actor", "recipient"))
        same = 4 * (g["type"] == p["type"]) + 3 * scorer.over(g["trig"], p["trig"])
        return float(same + roles + (g["fact"] == p["fact"]) * 0.5)

    typed = match_types(scorer, gold, given)
    found = dict(
        scorer.match(gold, given, lambda g, p: scorer.over(g["trig"], p["trig"]), close)
    )
    right, taken = {i for i, _ in typed}, {j for _, j in typed}
    for i, event in enumerate(gold):
        if i in right:
            continue
        if i in found and found[i] not in taken:
            yield Error("type", report, event, given[found[i]])
        elif not event["unsure"]:
            yield Error("missed", report, event, None)
    for j, event in enumerate(given):
        if j not in taken and j not in found.values():
            yield Error("false", report, None, event)
    for i, j in typed:
        for kind in _wrong_cells(scorer, gold[i], given[j]):
            yield Error(kind, report, gold[i], given[j])


def _wrong_cells(
    scorer: ModuleType, gold: Mapping[str, Any], given: Mapping[str, Any]
) -> Iterator[str]:
    for role in ("actor", "recipient"):
        if not scorer.role_right(gold, given, role):
            yield role
    if gold["fact"] != given["fact"]:
        yield "factuality"
    if not scorer.same_parties(gold["by"][-1:], given["by"][-1:]):
        yield "by"


def show(error: Error, text: str) -> str:
    """Return an error as two lines: where it is, and gold against what was given."""
    at = error.gold or error.given or {}
    start, end = at["sent"]
    trigger = text[slice(*at["trig"])] if at["trig"] else "?"
    sides = [
        f"{name} {_cells(error.kind, side)}"
        for name, side in (("gold", error.gold), ("given", error.given))
        if side is not None
    ]
    sentence = " ".join(text[start:end].split())
    return (
        f"{error.kind} {error.report} [{trigger}] {sentence}\n    {' | '.join(sides)}"
    )


def _cells(kind: str, event: Mapping[str, Any]) -> str:
    if kind in ("actor", "recipient", "by"):
        names = [p["name"] or p["text"] for p in event[kind]]
        return f"{event['type']} {kind}: {'; '.join(names) or 'nobody'}"
    return f"{event['type']} {event['fact']}"


if __name__ == "__main__":
    main()
