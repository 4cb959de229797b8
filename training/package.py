"""Lay out the model folder that ships: graph, labels, lemmas, vocabulary."""

import json
import random
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from onrecord.understand.reader.encode import Encoded
from onrecord.understand.reader.onnx import (
    LABELS_FILE,
    LEMMAS_FILE,
    MODEL_FILE,
    TOKENIZER_FILE,
)
from onrecord.understand.reader.reading import ACTS, EVENT_TYPES, FACTUALITIES, FORMS
from training.examples import ROLES, Example, Labels
from training.export import export
from training.lemma_table import write_lemmas
from training.network import Network
from training.quantise import quantise

_SHORT, _LONG = 8, 60  # word pieces of the sentences that ranges are measured on


def write_model(
    network: Network,
    labels: Labels,
    folder: Path,
    work: Path,
    calibration: Sequence[Encoded],
) -> Path:
    """Write the int8 graph and its labels; return the folder of the fp32 graph."""
    folder.mkdir(parents=True, exist_ok=True)
    exact = work / "fp32"
    exact.mkdir(parents=True, exist_ok=True)
    export(network, exact / MODEL_FILE)
    quantise(exact / MODEL_FILE, folder / MODEL_FILE, calibration)
    _write_labels(labels, folder)
    return exact


def write_exact(network: Network, labels: Labels, folder: Path) -> None:
    """Write the fp32 graph and its labels."""
    export(network, folder / MODEL_FILE)
    _write_labels(labels, folder)


def _write_labels(labels: Labels, folder: Path) -> None:
    names = {
        "upos": labels.upos,
        "xpos": labels.xpos,
        "deprel": labels.deprel,
        "name": labels.name,
        "event_type": ("NONE", *EVENT_TYPES),
        "factuality": FACTUALITIES,
        "act": ("none", *ACTS),
        "form": FORMS,
        "role": ROLES,
    }
    text = json.dumps(names, indent=1) + "\n"
    (folder / LABELS_FILE).write_text(text, encoding="utf-8")


def write_words(
    treebank: Iterable[dict[str, Any]], backbone: Path, folder: Path
) -> None:
    """Write the lemma table and the vocabulary."""
    folder.mkdir(parents=True, exist_ok=True)
    write_lemmas(treebank, folder / LEMMAS_FILE)
    shutil.copyfile(backbone / TOKENIZER_FILE, folder / TOKENIZER_FILE)


def complete(exact: Path, folder: Path) -> None:
    """Copy beside the fp32 graph what the reader needs to open it."""
    for name in (LABELS_FILE, LEMMAS_FILE, TOKENIZER_FILE):
        shutil.copyfile(folder / name, exact / name)


def calibration_sentences(
    groups: Sequence[Sequence[Example]], count: int, rng: random.Random
) -> list[Encoded]:
    """Return `count` sentences of middling length, as many from each group."""
    chosen: list[Encoded] = []
    for group in groups:
        fit = [e.encoded for e in group if _SHORT < len(e.encoded.ids) < _LONG]
        chosen += rng.sample(fit, min(len(fit), count // len(groups)))
    return chosen
