"""Sentences of like length together, as tensors."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from onrecord.understand.reader.encode import (
    CASE_LOWER,
    CASE_MIXED,
    CASE_TITLE,
    CASE_UPPER,
)
from training.examples import IGNORE, ROLES, Example, Mark

_STEP = 8  # pieces or words; few shapes of tensors, so that kernels are made once
_LETTER_CASES = (CASE_LOWER, CASE_UPPER, CASE_TITLE, CASE_MIXED)


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of b sentences, n pieces, m words and root; labels [b, m].

    Labels are `IGNORE` at the root, at padding and where nobody annotated.
    `links` holds 1 at a party: [b, roles, m, m]; `link_weight` [b, roles, m] is
    above 0 for the triggers and cues whose links count.
    """

    ids: Tensor
    cases: Tensor
    attend: Tensor
    first: Tensor
    is_word: Tensor
    upos: Tensor
    xpos: Tensor
    heads: Tensor
    deprels: Tensor
    names: Tensor
    triggers: Tensor
    trigger_weight: Tensor
    factuality: Tensor
    cues: Tensor
    cue_weight: Tensor
    forms: Tensor
    links: Tensor
    link_weight: Tensor


def make_batches(
    examples: Sequence[Example], pieces: int, rng: random.Random
) -> list[list[Example]]:
    """Return the examples in batches of at most `pieces` padded pieces."""
    by_length: dict[int, list[Example]] = {}
    for example in rng.sample(examples, len(examples)):
        by_length.setdefault(_padded(len(example.encoded.ids)), []).append(example)
    batches = []
    for length, alike in sorted(by_length.items()):
        size = max(1, pieces // length)
        batches += [alike[at : at + size] for at in range(0, len(alike), size)]
    rng.shuffle(batches)
    return batches


def _padded(length: int) -> int:
    return -(-length // _STEP) * _STEP


def collate(
    examples: Sequence[Example], *, recased: float, rng: random.Random
) -> Batch:
    """Return a batch; a share of its sentences is shown in another case."""
    b = len(examples)
    n = _padded(max(len(e.encoded.ids) for e in examples))
    m = _padded(1 + max(len(e.words) for e in examples))
    pieces = [torch.zeros(b, n, dtype=torch.long) for _ in range(3)]
    first = torch.zeros(b, m, dtype=torch.long)
    is_word = torch.zeros(b, m, dtype=torch.bool)
    plain = {k: torch.full((b, m), IGNORE) for k in _PLAIN}
    marks = {k: torch.full((b, m), IGNORE) for k in _MARKS}
    weights = [torch.ones(b, m) for _ in range(2)]
    links = torch.zeros(b, len(ROLES), m, m)
    link_weight = torch.zeros(b, len(ROLES), m)
    for row, example in enumerate(examples):
        length, words = len(example.encoded.ids), len(example.words)
        pieces[0][row, :length] = torch.tensor(example.encoded.ids)
        pieces[1][row, :length] = torch.tensor(_cases(example, recased, rng))
        pieces[2][row, :length] = 1
        first[row, : words + 1] = torch.tensor(example.encoded.first)
        is_word[row, : words + 1] = True
        for key, tensor in plain.items():
            values = getattr(example, key)
            if values is not None:
                tensor[row, 1 : words + 1] = torch.tensor(values)
        if example.triggers is None:
            continue
        marks["triggers"][row, 1 : words + 1] = 0
        marks["cues"][row, 1 : words + 1] = 0
        for kind, detail, weight, found in (
            ("triggers", "factuality", weights[0], example.triggers),
            ("cues", "forms", weights[1], example.cues),
        ):
            for mark in found:
                at = mark.token + 1
                marks[kind][row, at] = mark.kind
                marks[detail][row, at] = mark.detail
                weight[row, at] = mark.weight
                _fill_links(links[row], link_weight[row], mark)
    return Batch(
        *pieces,
        first,
        is_word,
        **plain,
        **marks,
        trigger_weight=weights[0],
        cue_weight=weights[1],
        links=links,
        link_weight=link_weight,
    )


_PLAIN = ("upos", "xpos", "heads", "deprels", "names")
_MARKS = ("triggers", "factuality", "cues", "forms")


def _fill_links(links: Tensor, link_weight: Tensor, mark: Mark) -> None:
    for role, parties in mark.links.items():
        at = ROLES.index(role)
        link_weight[at, mark.token + 1] = mark.weight
        for party in parties:
            links[at, mark.token + 1, party + 1] = 1


def _cases(example: Example, share: float, rng: random.Random) -> Sequence[int]:
    """Return the cases of a sentence, at times those of a headline or of a chat."""
    cases = example.encoded.cases
    if rng.random() >= share:
        return cases
    shown = rng.choice((CASE_LOWER, CASE_UPPER, CASE_TITLE))
    return [shown if case in _LETTER_CASES else case for case in cases]
