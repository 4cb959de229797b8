"""Score statements against the attributions of GUM's news and interviews.

    python -m bench.quality.quotes [--genre news interview] [--show N] [--json]

GUM's rhetorical layer (gum_layers.jsonl.gz of the shared folder) marks who a clause is
attributed to. It is turned into the gold of `scorers/score_layers.py quotes`:

  kind      direct when every word of the content stands between quotation marks,
            mixed when some do, indirect when none does
  left out  credit   the cue is the source alone: the photographer under a picture
            thought   the cue names a state of mind (think, know, remember, want): GUM
                      attributes thoughts too, this program records what was told
            self      the source is I, we or you: interviews are printed speech, in
                      which "I would say" is no report of anybody's words

What is left out counts neither as missed nor, where we give it, as wrong. GUM marks
clauses only ("denied the charge" is none of its attributions) and one source a clause,
so precision here is a lower bound.

The reader was trained on the trees of GUM's news (syntax only); nothing of the layer of
attributions, and nothing at all of its interviews' attributions, was trained on.
"""

import argparse
import gzip
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.quality.shared import find_shared
from onrecord.model.span import Span
from onrecord.understand.quotations import Quotations, find_quotations

ONRECORD = [sys.executable, "-m", "onrecord"]
GENRES = ("news", "interview")
WORD = re.compile(r"\w+")
SELF = frozenset({"i", "we", "you", "me", "us", "my", "our", "your"})
# States of mind, by the beginnings of their forms.
THOUGHT = re.compile(
    r"\b(think|thought|know|knew|believ|feel|felt|remember|wish|hop(e|ed|ing)\b|want"
    r"|see|saw|seen|understand|understood|mean|learn|hear|wonder|imagin|reali[sz]"
    r"|guess|sure|doubt|forg[eo]t|recogni[sz]|notic|consider|decid|determin|prefer"
    r"|like|aware|suppos|assum|discover|find out|found out)\w*",
    re.IGNORECASE,
)


def main() -> None:
    """Run extract over the texts and print recall by kind, and precision."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--genre", nargs="+", default=list(GENRES), choices=GENRES)
    parser.add_argument("--show", type=int, default=0, help="print N missed ones")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    shared = find_shared()
    scorer = load_scorer(shared / "scorers/score_layers.py")
    path = shared / "data/attribution/gum_layers.jsonl.gz"
    documents = [d for d in read_layers(path) if d["genre"] in args.genre]
    with tempfile.TemporaryDirectory() as folder:
        predicted = extract(documents, Path(folder))
    figures: dict[str, Any] = {}
    for genre in [*args.genre, "all"]:
        chosen = [d for d in documents if genre in (d["genre"], "all")]
        gold = [to_gold(d) for d in chosen]
        kept = {
            g["id"]: [
                r
                for r in predicted.get(g["id"], ())
                if not is_left_out(r, g["left_out"])
            ]
            for g in gold
        }
        figures[genre] = {
            **scorer.quotes(gold, defaultdict(list, kept)),
            "by_kind": dict(
                Counter(a["kind"] for g in gold for a in g["attributions"])
            ),
            "left_out": dict(Counter(a["why"] for g in gold for a in g["left_out"])),
        }
    if args.json:
        print(json.dumps(figures))
        return
    for genre, figure in figures.items():
        print(tell(genre, figure))
    for line in missed([to_gold(d) for d in documents], predicted)[: args.show]:
        print(line)


def load_scorer(path: Path) -> ModuleType:
    """Import the shared scorer, which is a script and no package."""
    spec = importlib.util.spec_from_file_location("score_layers", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is not there; set ONRECORD_SHARED")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_layers(path: Path) -> list[dict[str, Any]]:
    """Return the documents with their layers."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def extract(
    documents: list[dict[str, Any]], folder: Path
) -> dict[str, list[dict[str, Any]]]:
    """Return the statements of each document, as `onrecord extract` gives them."""
    reports, out = folder / "reports.jsonl", folder / "predicted.jsonl"
    rows = [
        {"id": d["id"], "text": d["text"], "date": d["meta"].get("dateCreated")}
        for d in documents
    ]
    reports.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    command = [*ONRECORD, "extract", str(reports), "-o", str(out)]
    subprocess.run(command, check=True)
    found = defaultdict(list)
    with out.open(encoding="utf-8") as stream:
        for record in map(json.loads, stream):
            if record["record"] == "statement":
                found[record["source_id"]].append(record)
    return found


def to_gold(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document's attributions as the scorer reads them, and those left out."""
    text = document["text"]
    quotations = find_quotations(text)
    kept, left_out = [], []
    for attribution in document["attribution"]:
        cue, content = attribution["cue"], attribution["content"]
        why = reason_to_leave_out(text, cue, attribution["source"])
        if why:
            left_out.append({"cue": _range(cue), "why": why})
            continue
        kept.append(
            {
                "cue": [_range(cue)],
                "content": [_range(content)],
                "source": [_range(s) for s in attribution["source"]],
                "kind": kind_of(text, Span(*content), quotations),
            }
        )
    return {
        "id": document["id"],
        "text": text,
        "attributions": kept,
        "left_out": left_out,
    }


def reason_to_leave_out(
    text: str, cue: list[int], sources: list[list[int]]
) -> str | None:
    """Return why an attribution is none of a statement, or None."""
    words = [m.group().lower() for m in WORD.finditer(text, *cue)]
    source = {m.group().lower() for span in sources for m in WORD.finditer(text, *span)}
    if set(words) <= source:
        return "credit"
    if source and source <= SELF:
        return "self"
    if THOUGHT.search(text[slice(*cue)]):
        return "thought"
    return None


def kind_of(text: str, content: Span, quotations: Quotations) -> str:
    """Return direct, mixed or indirect by how many of the words are quoted."""
    words = [Span(*m.span()) for m in WORD.finditer(text, content.start, content.end)]
    quoted = [any(q.covers(w) for q in quotations.near(w)) for w in words]
    if words and all(quoted):
        return "direct"
    return "mixed" if any(quoted) else "indirect"


def is_left_out(statement: dict[str, Any], left_out: list[dict[str, Any]]) -> bool:
    """Tell whether a statement has its cue in an attribution that is left out."""
    cue = statement["cue"]
    return any(
        cue["start"] < other["cue"]["end"] and other["cue"]["start"] < cue["end"]
        for other in left_out
    )


def _range(span: list[int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}


def tell(genre: str, figure: dict[str, Any]) -> str:
    """Return one line of figures."""
    kinds = ", ".join(
        f"{kind} {share:.1f} of {figure['by_kind'][kind]}"
        for kind, share in sorted(figure["found"].items())
    )
    return (
        f"{genre:10} recall {figure['recall']:.1f} of {figure['n']} ({kinds}); "
        f"precision {figure['precision']:.1f} of {figure['pred']}; "
        f"left out {figure['left_out']}"
    )


def missed(
    gold: list[dict[str, Any]], predicted: dict[str, list[dict[str, Any]]]
) -> list[str]:
    """Return a line for each attribution without a statement at its cue."""
    lines = []
    for document in gold:
        text = document["text"]
        for attribution in document["attributions"]:
            cue = attribution["cue"][0]
            found = [{"cue": cue}]
            if any(is_left_out(s, found) for s in predicted.get(document["id"], ())):
                continue
            content = attribution["content"][0]
            lines.append(
                f"{document['id']} {attribution['kind']}: "
                f"[{text[cue['start'] : cue['end']]}] "
                f"{text[content['start'] : content['end']][:120]}"
            )
    return lines


if __name__ == "__main__":
    main()
