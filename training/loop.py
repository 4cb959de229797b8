"""Train: one pass over the treebanks, then batches of treebanks and of reports mixed.

A batch holds sentences of one kind and trains the shared layers and its own branch.
At the end the layers and heads of events alone are finished on reports like those the
program reads, with everything else frozen.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from onrecord.understand.reader.pieces import WordPieces
from onrecord.understand.reader.reading import FACTUALITIES
from training.batches import Batch, collate, make_batches
from training.deterministic import fix, fixed_random
from training.examples import IGNORE, Example, Labels
from training.gold import MarkedSentence
from training.heads import mark_heads, parse, unmarked_examples
from training.losses import total_loss
from training.network import Network, load_backbone
from training.settings import Settings

_SHOW_EVERY = 50  # steps
# Parameters by the beginning of their names: what only events and statements use.
EVENT_PARTS = (
    "encoder.events.",
    "triggers.",
    "factuality.",
    "cues.",
    "forms.",
    "link",
    "distance.",
)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a run learns from."""

    labels: Labels
    treebank: list[Example]
    names: list[Example]
    reports: list[MarkedSentence]
    news: list[MarkedSentence]  # those of `reports` that are real news
    kept: list[MarkedSentence]  # real reports kept for the end: folds are held out


def train(
    material: Material,
    pieces: WordPieces,
    settings: Settings,
    backbone: Path,
    *,
    save: Callable[[Network, int], None],
) -> Network:
    """Return the trained network; `save` is called behind each pass."""
    fix(settings.seed, settings.threads)
    rng = fixed_random(settings.seed)
    network = Network(material.labels, settings)
    load_backbone(network.encoder, backbone)
    unmarked = unmarked_examples(material.reports, pieces)
    short = [e for e in material.treebank if len(e.encoded.ids) <= settings.max_pieces]
    short += [e for e in material.names if len(e.encoded.ids) <= settings.max_pieces]
    size = settings.pieces_per_batch
    steps = settings.epochs * len(make_batches(short, size, fixed_random(0)))
    repeats = settings.event_repeats * (settings.epochs - 1)
    steps += repeats * len(make_batches(unmarked, size, fixed_random(0)))
    print(
        f"{steps} steps, {len(short)} sentences, {len(unmarked)} of reports", flush=True
    )
    clock = _Clock(
        network, settings, steps, (settings.encoder_rate, settings.head_rate)
    )
    factuality = torch.ones(len(FACTUALITIES))
    marked: list[Example] = []
    for number in range(settings.epochs):
        groups = make_batches(short, size, rng)
        for _ in range(settings.event_repeats if marked else 0):
            groups += make_batches(marked, size, rng)
        rng.shuffle(groups)
        for group in groups:
            batch = collate(group, recased=settings.recased_share, rng=rng)
            clock.step(batch, factuality)
        save(network, number + 1)
        if number == 0:
            trees = parse(network, unmarked, material.labels)
            marked = mark_heads(
                material.reports, unmarked, trees, settings.unsure_weight
            )
            factuality = factuality_weights(marked)
    return network.eval()


def finish(
    network: Network,
    material: Material,
    pieces: WordPieces,
    settings: Settings,
    *,
    held_out: frozenset[str] = frozenset(),
) -> Network:
    """Finish the events' own layers and heads on real reports but those `held_out`.

    Heads of marked phrases are chosen anew, by the trees of the finished parser.
    """
    fix(settings.seed, settings.threads)
    rng = fixed_random(settings.seed)
    kept = [s for s in material.kept if s.doc_id not in held_out]
    examples = _marked(
        network, [*material.news, *kept], pieces, material.labels, settings
    )
    factuality = factuality_weights(examples)
    for name, parameter in network.named_parameters():
        parameter.requires_grad = name.startswith(EVENT_PARTS)
    size = settings.pieces_per_batch
    passes = [make_batches(examples, size, rng) for _ in range(settings.finish_passes)]
    clock = _Clock(
        network,
        settings,
        sum(map(len, passes)),
        (settings.finish_encoder_rate, settings.finish_head_rate),
    )
    network.train()
    for group in (group for groups in passes for group in groups):
        clock.step(collate(group, recased=settings.recased_share, rng=rng), factuality)
    return network.eval()


def _marked(
    network: Network,
    reports: Sequence[MarkedSentence],
    pieces: WordPieces,
    labels: Labels,
    settings: Settings,
) -> list[Example]:
    """Return the sentences as examples with the words of their marks chosen."""
    fit = [s for s in reports if unmarked_examples([s], pieces)]
    unmarked = unmarked_examples(fit, pieces)
    trees = parse(network, unmarked, labels)
    return mark_heads(fit, unmarked, trees, settings.unsure_weight)


def factuality_weights(examples: Sequence[Example]) -> Tensor:
    """Return a weight for each factuality: the rarer the heavier, by square root."""
    counts = Counter(m.detail for e in examples for m in e.triggers or ())
    weights = torch.tensor(
        [max(3, counts[at]) ** -0.5 for at in range(len(FACTUALITIES))]
    )
    return weights / weights[0]


class _Clock:
    """The optimiser and its schedule: warm up, then fall to nothing."""

    def __init__(
        self,
        network: Network,
        settings: Settings,
        steps: int,
        rates: tuple[float, float],
    ) -> None:
        self._network, self._settings, self._steps = network, settings, steps
        self._rates = rates
        inside = {id(p) for p in network.encoder.parameters()}
        learnt = [p for p in network.parameters() if p.requires_grad]
        parts = [
            [p for p in learnt if (id(p) in inside) == encoder]
            for encoder in (True, False)
        ]
        self._optimiser = torch.optim.AdamW(
            [{"params": p, "lr": r} for p, r in zip(parts, rates, strict=True)],
            weight_decay=settings.weight_decay,
            fused=True,
        )
        self._done = 0
        self._began = time.monotonic()

    def step(self, batch: Batch, factuality: Tensor) -> None:
        """Learn from one batch."""
        settings, network = self._settings, self._network
        rise = min(1.0, (self._done + 1) / settings.warmup_steps)
        pace = rise * max(0.01, 1 - self._done / self._steps)
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * pace
        with torch.autocast("cpu", dtype=torch.bfloat16):
            of_events = bool((batch.triggers != IGNORE).any())
            out = network(
                batch.ids,
                batch.cases,
                batch.attend,
                batch.first,
                syntax=not of_events,
                events=of_events,
            )
            loss = total_loss(network, out, batch, factuality, settings)
        self._optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
        self._optimiser.step()
        self._done += 1
        if self._done % _SHOW_EVERY == 0:
            spent = time.monotonic() - self._began
            left = spent / self._done * (self._steps - self._done)
            print(
                f"step {self._done}/{self._steps} loss {loss.item():.2f} "
                f"{spent:.0f} s, {left:.0f} s left",
                flush=True,
            )
