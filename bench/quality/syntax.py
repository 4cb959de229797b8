"""Score tags, trees and names on the treebank's development sentences.

    python -m bench.quality.syntax [--json]

Each sentence is given to `onrecord extract --layer syntax` as a report of its own, as
plain text; words that our tokenizer cuts otherwise count as wrong.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.quality.shared import find_shared


def main() -> None:
    """Write the sentences, run extract and print the scorer's figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    shared = find_shared()
    source = shared / "reader/data/syntax-dev.json.gz"
    sentences = json.loads(gzip.decompress(source.read_bytes()))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gold, reports = [], []
        for number, sentence in enumerate(sentences):
            text, words = _join(sentence["w"], sentence["sp"])
            gold.append(
                {
                    "id": str(number),
                    "words": words,
                    "upos": sentence["u"],
                    "heads": sentence["h"],
                    "deprels": sentence["d"],
                    "names": sentence.get("n"),
                }
            )
            reports.append(json.dumps({"id": str(number), "text": text}))
        (folder / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
        (folder / "in.jsonl").write_text("\n".join(reports), encoding="utf-8")
        extract = [sys.executable, "-m", "onrecord", "extract", "--layer", "syntax"]
        out = folder / "out.jsonl"
        subprocess.run([*extract, str(folder / "in.jsonl"), "-o", str(out)], check=True)
        scorer = [sys.executable, str(shared / "scorers/score_layers.py"), "syntax"]
        options = ["--json"] if args.json else []
        subprocess.run(
            [*scorer, str(folder / "gold.json"), str(out), *options], check=True
        )


def _join(words: list[str], space_after: list[bool]) -> tuple[str, list[list[int]]]:
    """Return the sentence as text and each word's range in it."""
    text, spans = "", []
    for word, space in zip(words, space_after, strict=True):
        spans.append([len(text), len(text) + len(word)])
        text += word + (" " if space else "")
    return text.rstrip(), spans


if __name__ == "__main__":
    main()
