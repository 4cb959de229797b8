"""Every measure: the command that makes it, its gold, and how fair it is.

A measure runs in a process of its own, so that the memory of one is free for the next.
`lines` is a folder in which what the program said is kept; what lies there already is
scored and not made again.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from bench.quality.figures import Figures
from bench.quality.reliability import count
from bench.quality.shared import ROOT, find_shared
from bench.quality.sides import read_sides
from onrecord.score import score

Measure = Callable[[Path], Figures]

DEV, TRAIN = "data/gold/dev", "data/gold/train"
GUM = "data/attribution/gum_layers.jsonl.gz"
PLV, QUAD = "data/sentences/relations_plv.jsonl", "data/sentences/relations_quad.jsonl"
WIKIWARS, GEOVIRUS = "data/times/wikiwars.jsonl", "data/places/geovirus.jsonl"
DEV_LINES, FOLDS_LINES = "dev.jsonl", "folds.jsonl"
REWRITING = "rewriting"
EQUAL = 1e-9


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """A measure: `fair` says in a few words what is kind about its figures.

    `gold` are files or folders of the shared data; `own` are ones of the repository.
    `kept` is the file of lines that is scored where it is there. `slow` takes minutes,
    or looks at what is held out: it is run when it is named.
    """

    run: Measure
    command: str
    what: str
    measured_on: str
    fair: str
    gold: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    kept: str | None = None
    slow: bool = False


def ask(module: str, *options: str) -> Figures:
    """Return what a module of the bench prints as JSON."""
    command = [sys.executable, "-m", module, *options, "--json"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command[1:])}: {done.stderr.strip()}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def score_lines(split: str, lines: Path) -> Figures:
    """Return what `onrecord score` says of a split's lines.

    Raises `SystemExit` where the scorer of the shared folder, which is written
    independently, says otherwise.
    """
    gold, given = read_sides(split, lines)
    figures = msgspec.to_builtins(score(gold, given, layers=("events", "statements")))
    differ = compare(figures, ask_scorer(split, lines))
    if differ:
        raise SystemExit(f"the two scorers differ: {', '.join(differ)}")
    return _figures_only(figures)


def ask_scorer(split: str, lines: Path) -> Figures:
    """Return what the scorer of the shared folder says of a split's lines."""
    shared = find_shared()
    command = [sys.executable, str(shared / "scorers/score_events.py")]
    command += [str(shared / "data/gold" / split), str(shared / "data/reports")]
    command += [str(lines), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: Figures = json.loads(done.stdout)
    return told


def compare(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the figures on which two scorers differ; all are compared."""
    events = ours["events"]
    named = {name: events[name] for name in ("found", "typed", "dyad")}
    named["said"] = ours["statements"]["said"]
    pairs = {name: (_overlap(named[name]), theirs[name]) for name in named}
    types = set(events["by_type"]) | set(theirs["by_type"])
    pairs |= {
        kind: (_overlap(events["by_type"].get(kind)), theirs["by_type"].get(kind))
        for kind in types
    }
    fact = {
        "accuracy": events["fact"]["share"],
        "kappa": events["kappa"],
        "n": events["fact"]["n"],
    }
    pairs["fact"] = (fact, {k: theirs["fact"][k] for k in fact})
    for name, share in (("unreal", "share"), ("by", "accuracy")):
        figure = events[name]
        pairs[name] = ({share: figure["share"], "n": figure["n"]}, theirs[name])
    confusion = {k.replace(">", "->"): n for k, n in events["confusion"].items()}
    pairs["confusion"] = (confusion, theirs["fact"]["confusion"])
    return tuple(sorted(name for name, both in pairs.items() if not _same(*both)))


def _overlap(figure: Mapping[str, Any] | None) -> Figures | None:
    if figure is None:
        return None
    names = {"p": "p", "r": "r", "f": "f", "right": "tp", "given": "pred"}
    return {other: figure[own] for own, other in (*names.items(), ("gold", "gold"))}


def _same(ours: Figures | None, theirs: Figures | None) -> bool:
    if ours is None or theirs is None or set(ours) != set(theirs):
        return False
    return all(abs(ours[name] - theirs[name]) <= EQUAL for name in ours)


def _figures_only(scores: Mapping[str, Any]) -> Figures:
    """Return the figures without the names of reports."""
    coverage = scores["coverage"]
    return {
        "reports": coverage["reports"],
        "doubtful": {
            layer: {"all": whole, "matched": matched}
            for layer, (whole, matched) in coverage["doubtful"].items()
        },
        **{name: scores[name] for name in ("events", "cells", "statements")},
        "intervals": {k: list(v) for k, v in scores["intervals"].items()},
    }


def confidence(path: Path, split: str) -> Figures:
    """Return rows by confidence: lowest per cent, rows, right ones, mean given."""
    rows = count(path, split)
    whole = sum(n for _, n, _, _ in rows)
    away = sum(n * abs(mean - right / n) for _, n, right, mean in rows)
    return {"rows": [list(row) for row in rows], "distance": away / max(1, whole)}


def measure_events(lines: Path) -> Figures:
    """Code the fourteen reports; score events, cells, statements, confidence."""
    made = lines / DEV_LINES
    if not made.exists():
        ask("bench.quality.events", "--keep", str(made))
    return {**score_lines("dev", made), "confidence": confidence(made, "dev")}


def measure_folds(lines: Path) -> Figures:
    """Score held-out folds from kept lines, else with the readers of the folds."""
    made = lines / FOLDS_LINES
    if not made.exists():
        ask("bench.quality.folds", "--keep", str(made))
    return {**score_lines("train", made), "confidence": confidence(made, "train")}


def measure_coreference(_: Path) -> Figures:
    """Score whom pronouns and descriptions mean, in five folds."""
    counts = ask("bench.quality.coreference")
    return {name.replace(",", ""): _resolved(row) for name, row in counts.items()}


def _resolved(row: Mapping[str, int]) -> Figures:
    """Return the shares of a row of counts; what it has no count of is left out."""
    right, wrong, left = (row.get(name, 0) for name in ("right", "wrong", "open"))
    gold, many = right + wrong + left, row.get("too many", 0)
    figures: Figures = {
        "gold": gold,
        "share": 100 * right / max(1, gold),
        "of_resolved": 100 * right / max(1, right + wrong + many),
    }
    if "simplest right" in row:
        figures["simplest"] = 100 * row["simplest right"] / max(1, gold)
    resolved = row.get("nobody, resolved", 0)
    nobody = resolved + row.get("nobody, open", 0)
    return {**figures, "nobody": nobody, "nobody_resolved": resolved}


def measure_relations(lines: Path) -> Figures:
    """Relate both sets of sentences; score the first whole and by halves."""
    figures: Figures = {}
    for name in ("plv", "quad"):
        made = lines / f"relations_{name}.jsonl"
        if not made.exists():
            ask("bench.quality.relations", "--set", name, "--keep", str(made))
        halves = ("both", "first", "second") if name == "plv" else ("both",)
        for half in halves:
            options = ("--set", name, "--half", half, "--from", str(made))
            figures[f"{name}_{half}"] = ask("bench.quality.relations", *options)
    return figures


def measure_layers(lines: Path) -> Figures:
    """Score times, places, dates and numbers."""
    return ask("bench.quality.layers", "--keep", str(lines / "layers"))


def measure_told_twice(_: Path) -> Figures:
    """Score happenings of two reports, on stories fitted on and on others."""
    figures = {
        name: ask("bench.quality.told_twice", "--half", half)
        for name, half in (("tune", "tune"), ("held_out", "held-out"))
    }
    for found in figures.values():
        pairs = found["across"]
        pairs["precision"] = 100 * pairs["right"] / max(1, pairs["merged"])
    return figures


def measure_rewriting(lines: Path) -> Figures:
    """Score rewritten copies of the half held out."""
    folder = lines / REWRITING
    options = ["--half", "held-out", "--keep", str(folder)]
    if (folder / "lines.jsonl").exists():
        options = ["--half", "held-out", "--reuse", str(folder)]
        options += ["--lines", str(folder / "lines.jsonl")]
    told = ask("bench.rewriting", *options)
    return {
        "means": {
            row.pop("means"): {k: _per_cent(v) for k, v in row.items()}
            for row in told["means"]
        },
        "minhash": {k: _per_cent(v) for k, v in told["minhash"]["all"].items()},
    }


def _per_cent(value: float | None) -> float | None:
    return 100 * value if isinstance(value, float) else value


MEASURES: Mapping[str, Measured] = {
    "events": Measured(
        run=measure_events,
        command="python -m bench.quality --only events",
        what="events, their cells, statements",
        measured_on="14 reports of gold/dev, never trained on",
        fair="somewhat kind: cut-offs were set on them",
        gold=(DEV, "data/reports"),
        kept=DEV_LINES,
    ),
    "folds": Measured(
        run=measure_folds,
        command="python -m bench.quality --only folds",
        what="events, their cells, statements, on more text",
        measured_on="147 reports of gold/train, each read by a reader that had not"
        " seen it",
        fair="a little kind: some cut-offs and cues were chosen on them",
        gold=(TRAIN, "data/reports"),
        kept=FOLDS_LINES,
        slow=True,
    ),
    "syntax": Measured(
        run=lambda _: ask("bench.quality.syntax"),
        command="python -m bench.quality --only syntax",
        what="words, trees, names",
        measured_on="development sentences of UD English EWT and GUM",
        fair="kind: the reader was chosen by them",
        gold=("reader/data/syntax-dev.json.gz",),
    ),
    "coreference": Measured(
        run=measure_coreference,
        command="python -m bench.quality --only coreference",
        what="whom pronouns and descriptions mean",
        measured_on="58 documents of GUM, five folds",
        fair="a little kind: cut-offs were set while looking",
        gold=(GUM,),
        slow=True,
    ),
    "quotes": Measured(
        run=lambda _: ask("bench.quality.quotes"),
        command="python -m bench.quality --only quotes",
        what="attributions in other texts",
        measured_on="news and interviews of GUM, never trained on",
        fair="a little kind: cues were widened while looking",
        gold=(GUM,),
    ),
    "relations": Measured(
        run=measure_relations,
        command="python -m bench.quality --only relations",
        what="relations between given spans",
        measured_on="1,050 sentences of Zero-Shot-PLOVER, 734 of ConfliBERT's CAMEO"
        " set, never trained on",
        fair="fair for the second half of the first set, kind for its first half",
        gold=(PLV, QUAD),
        kept="relations_plv.jsonl",
    ),
    "layers": Measured(
        run=measure_layers,
        command="python -m bench.quality --only layers",
        what="times, places, numbers",
        measured_on="WikiWars, GUM, GeoVirus, gold/train, gold/dev",
        fair="kind: tuned on these sets",
        gold=(WIKIWARS, GEOVIRUS, GUM, TRAIN, DEV),
        kept="layers/times.jsonl",
    ),
    "told_twice": Measured(
        run=measure_told_twice,
        command="python -m bench.quality --only told_twice",
        what="one happening told by two reports",
        measured_on="twelve stories held out, and twenty that it is fitted on",
        fair="fair for the twelve; kind for the twenty",
        own=("gold/told_twice.jsonl",),
    ),
    "rewriting": Measured(
        run=measure_rewriting,
        command="python -m bench.quality --only rewriting",
        what="rewritten copies",
        measured_on="reports of the held-out half, rewritten by every means",
        fair="a little kind: its first total led to a second look",
        kept=f"{REWRITING}/lines.jsonl",
        slow=True,
    ),
}
