"""The records training works on, and how the treebanks become them."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.understand.reader.encode import Encoded, encode
from onrecord.understand.reader.pieces import WordPieces

NAME_TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
ROLES = ("actor", "recipient", "by", "speaker")
IGNORE = -100  # a label the loss leaves out


@dataclass(frozen=True, slots=True)
class Labels:
    """The label lists of the treebanks, most frequent first."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprel: tuple[str, ...]
    name: tuple[str, ...] = NAME_TAGS


@dataclass(frozen=True, slots=True)
class Mark:
    """One trigger or cue of a sentence: word indices from 0.

    `kind` counts from 1 (0 is "none"); `detail` is the factuality of a trigger
    or the form of a cue; `links` maps a role to its head words.
    """

    token: int
    kind: int
    detail: int
    weight: float
    links: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence with the layers somebody annotated; None where nobody did."""

    words: tuple[str, ...]
    encoded: Encoded
    upos: tuple[int, ...] | None = None
    xpos: tuple[int, ...] | None = None
    heads: tuple[int, ...] | None = None
    deprels: tuple[int, ...] | None = None
    names: tuple[int, ...] | None = None
    triggers: tuple[Mark, ...] | None = None
    cues: tuple[Mark, ...] = field(default=())


def read_sentences(path: Path) -> list[dict[str, Any]]:
    """Return the sentences of a gzipped JSON file of the treebank data."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return list(json.load(stream))


def collect_labels(sentences: Iterable[dict[str, Any]], min_relation: int) -> Labels:
    """Return the labels in use, most frequent first."""
    upos: Counter[str] = Counter()
    xpos: Counter[str] = Counter()
    deprel: Counter[str] = Counter()
    for sentence in sentences:
        upos.update(sentence["u"])
        xpos.update(sentence["x"])
        deprel.update(sentence["d"])
    frequent = {k: n for k, n in deprel.items() if n >= min_relation}
    return Labels(_ranked(upos), _ranked(xpos), _ranked(frequent))


def _ranked(counts: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda label: (-counts[label], label)))


def treebank_examples(
    sentences: Iterable[dict[str, Any]], labels: Labels, pieces: WordPieces
) -> list[Example]:
    """Return parsed sentences (with names where given) as examples."""
    return [
        Example(
            words=tuple(s["w"]),
            encoded=encode(s["w"], pieces),
            upos=_indices(s["u"], labels.upos),
            xpos=_indices(s["x"], labels.xpos),
            heads=tuple(s["h"]),
            deprels=_indices(s["d"], labels.deprel),
            names=_indices(s["n"], labels.name) if s.get("n") else None,
        )
        for s in sentences
    ]


def name_examples(
    sentences: Iterable[dict[str, Any]], labels: Labels, pieces: WordPieces
) -> list[Example]:
    """Return sentences that carry name tags only as examples."""
    return [
        Example(
            words=tuple(s["w"]),
            encoded=encode(s["w"], pieces),
            names=_indices(s["n"], labels.name),
        )
        for s in sentences
    ]


def _indices(values: Sequence[str], known: Sequence[str]) -> tuple[int, ...]:
    index = {label: at for at, label in enumerate(known)}
    return tuple(index.get(value, IGNORE) for value in values)
