"""Score the cells of events on gold reports: who, to whom, when, where, how many.

    python -m bench.quality.cells [--split dev] [--show N] [--json] [--from FILE]

Only events whose type is right count (the typed matches of `scorers/score_events.py`
in the shared folder, which this extends). What agrees:

  actors, recipients   as there: every gold party and no other, by country or name
  when                 the same first and last day
  when overlaps        the days meet: what a reader would still find
  where                one of our places is gold's: one name holds the other, accents
                       aside; where gold has none, ours is empty
  numbers              every number of gold stands in ours, by value

`given` is the share where gold has the cell, `absent` where it has none and neither
have we. The twenty worst errors are those of the events with the most wrong cells.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.quality.shared import find_shared

ONRECORD = [sys.executable, "-m", "onrecord"]
CELLS = ("actors", "recipients", "when", "when overlaps", "where", "numbers")


def main() -> None:
    """Run extract over the gold reports and print how many cells agree."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", default="dev", choices=("dev", "train"))
    parser.add_argument("--show", type=int, default=20, help="print N worst events")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--from", type=Path, dest="made", help="predictions made before"
    )
    args = parser.parse_args()
    shared = find_shared()
    gold = shared / "data/gold" / args.split
    scorer = load_scorer(shared / "scorers/score_events.py")
    with tempfile.TemporaryDirectory() as folder:
        made = args.made or Path(folder) / "predicted.jsonl"
        if args.made is None:
            texts = shared / "data/reports"
            reports = [
                str(texts / f"{p.stem}.txt") for p in sorted(gold.glob("*.json"))
            ]
            command = [*ONRECORD, "extract", *reports, "-o", str(made)]
            subprocess.run(command, check=True)
        pairs = list(typed_pairs(scorer, gold, shared / "data/reports", made))
    checked = [(pair, check(scorer, *pair)) for pair in pairs]
    figures = tally(checks for _, checks in checked)
    if args.json:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        print(
            f"{name:14} {figure['share']:5.1f} of {figure['n']:3}   "
            f"given {figure['given']:5.1f} of {figure['n_given']:3}   "
            f"absent {figure['absent']:5.1f} of {figure['n'] - figure['n_given']:3}"
        )
    for (event, ours), checks in worst(checked)[: args.show]:
        print("\n" + show(event, ours, checks))


def load_scorer(path: Path) -> ModuleType:
    """Import the shared scorer, which is a script and no package."""
    spec = importlib.util.spec_from_file_location("score_events", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is not there; set ONRECORD_SHARED")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def typed_pairs(
    scorer: ModuleType, gold: Path, texts: Path, made: Path
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each gold event and ours of the same type, both with all their cells."""
    docs = scorer.load_gold(str(gold), str(texts))
    predicted = scorer.load_predicted(str(made), docs)
    raw = read_events(made)
    for doc, (text, events, _) in docs.items():
        path = gold / f"{doc}.json"
        full = json.loads(path.read_text(encoding="utf-8"))["events"]
        ours = predicted[doc][0]
        for i, j in match_types(scorer, events, ours):
            event = {**full[i], **events[i], "doc": doc}
            event["words"] = text[slice(*events[i]["sent"])]
            yield event, {**raw[doc][j], **ours[j]}


def match_types(
    scorer: ModuleType, gold: list[dict[str, Any]], ours: list[dict[str, Any]]
) -> list[tuple[int, int]]:
    """Return the typed matches, made as the scorer makes them."""

    def parties_right(g: dict[str, Any], p: dict[str, Any]) -> int:
        return sum(scorer.role_right(g, p, role) for role in ("actor", "recipient"))

    def allowed(g: dict[str, Any], p: dict[str, Any]) -> bool:
        if g["type"] != p["type"]:
            return False
        same_words = scorer.over(g["trig"], p["trig"])
        return same_words or (
            scorer.over(g["sent"], p["sent"]) and parties_right(g, p) == 2
        )

    def close(g: dict[str, Any], p: dict[str, Any]) -> float:
        same = 4 * (g["type"] == p["type"]) + 3 * scorer.over(g["trig"], p["trig"])
        return float(same + parties_right(g, p) + (g["fact"] == p["fact"]) * 0.5)

    return list(scorer.match(gold, ours, allowed, close))


def read_events(made: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the event records of each report, in their order."""
    events = defaultdict(list)
    with made.open(encoding="utf-8") as stream:
        for record in map(json.loads, stream):
            if record.get("record") == "event":
                events[record["source_id"]].append(record)
    return events


def check(
    scorer: ModuleType, gold: dict[str, Any], ours: dict[str, Any]
) -> dict[str, tuple[bool, bool]]:
    """Return for each cell whether gold has it and whether ours agrees."""
    when, own = gold.get("when"), ours.get("when")
    told = own is not None and own["basis"] == "text"
    days = ((when["from"], when["to"]) if when else None, _days(own))
    where = gold.get("where")
    return {
        "actors": (bool(gold["actor"]), scorer.role_right(gold, ours, "actor")),
        "recipients": (
            bool(gold["recipient"]),
            scorer.role_right(gold, ours, "recipient"),
        ),
        "when": (bool(when), days[0] == days[1] if when else not told),
        "when overlaps": (bool(when), _meet(*days) if when else not told),
        "where": (bool(where), same_place(where, ours["where"])),
        "numbers": (
            bool(gold.get("numbers")),
            {n["value"] for n in gold.get("numbers") or ()}
            <= {q["value"] for q in ours["quantities"]},
        ),
    }


def _days(when: dict[str, Any] | None) -> tuple[str, str] | None:
    if when is None or not when["from"] or not when["to"]:
        return None
    return when["from"][:10], when["to"][:10]


def _meet(gold: tuple[str, str] | None, ours: tuple[str, str] | None) -> bool:
    return bool(gold and ours and gold[0] <= ours[1] and ours[0] <= gold[1])


def same_place(gold: dict[str, Any] | None, ours: list[dict[str, Any]]) -> bool:
    """Tell whether one of our places is gold's, or both have none."""
    if not gold:
        return not ours
    names = {plain(gold.get(key) or "") for key in ("name", "text")} - {""}
    for place in ours:
        own = {plain(place.get(key) or "") for key in ("name", "text")} - {""}
        if any(a in b or b in a for a in names for b in own):
            return True
    return False


def plain(name: str) -> str:
    """Return a name in small letters without accents."""
    split = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in split if not unicodedata.combining(c)).strip()


def tally(
    checks: Iterator[dict[str, tuple[bool, bool]]],
) -> dict[str, dict[str, float]]:
    """Return the shares in per cent, in all and where gold has the cell or not."""
    rows = list(checks)
    figures = {}
    for cell in CELLS:
        given = [right for has, right in (row[cell] for row in rows) if has]
        absent = [right for has, right in (row[cell] for row in rows) if not has]
        figures[cell] = {
            "share": _share(given + absent),
            "n": len(rows),
            "given": _share(given),
            "n_given": len(given),
            "absent": _share(absent),
        }
    return figures


def _share(rights: list[bool]) -> float:
    return 100 * sum(rights) / max(1, len(rights))


def worst(checked: list[Any]) -> list[Any]:
    """Return the pairs with a wrong cell, those with the most first."""
    counted = [
        (sum(not right for _, right in checks.values()), at)
        for at, (_, checks) in enumerate(checked)
    ]
    return [checked[at] for n, at in sorted(counted, key=lambda c: (-c[0], c[1])) if n]


def show(
    gold: dict[str, Any], ours: dict[str, Any], checks: dict[str, tuple[bool, bool]]
) -> str:
    """Return one event with its wrong cells, ours beside gold's."""
    lines = [f"{gold['doc']} {gold['type']} {gold['trigger']!r}: {gold['words'][:300]}"]
    cells = {
        "actors": (_names(gold["actor"]), _names(ours["actor"])),
        "recipients": (_names(gold["recipient"]), _names(ours["recipient"])),
        "when": (gold.get("when"), ours.get("when") and _days(ours["when"])),
        "where": (
            (gold.get("where") or {}).get("name"),
            [place["name"] for place in ours["where"]],
        ),
        "numbers": (
            [n["value"] for n in gold.get("numbers") or ()],
            [q["value"] for q in ours["quantities"]],
        ),
    }
    for cell, (wanted, got) in cells.items():
        if not checks[cell][1]:
            lines.append(f"    {cell}: gold {wanted}, ours {got}")
    return "\n".join(lines)


def _names(parties: list[dict[str, Any]]) -> list[str]:
    return [f"{p['text'] or p['name']}@{p['country']}" for p in parties]


if __name__ == "__main__":
    main()
