"""What a batch's predictions cost, layer by layer."""

import torch
from torch import Tensor
from torch.nn import functional

from training.batches import Batch
from training.examples import IGNORE
from training.network import EventOutputs, Network, Outputs, SyntaxOutputs
from training.settings import Settings

_FLOOR = 0.25  # a layer annotated on fewer than this share of the words counts less
_FEW_MARKS = 8.0  # so that a lone trigger does not rule its batch


def total_loss(
    network: Network, out: Outputs, batch: Batch, factuality: Tensor, s: Settings
) -> Tensor:
    """Return the weighted sum of all layers' losses.

    `factuality` holds the weight of each factuality: rare ones weigh more.
    """
    words = float(batch.is_word.sum())
    losses: list[Tensor] = []
    if out.syntax is not None:
        losses += _syntax_losses(network, out.syntax, batch, words, s)
    if out.events is not None:
        losses += _event_losses(out.events, batch, words, factuality, s)
    return torch.stack(losses).sum()


def _syntax_losses(
    network: Network, out: SyntaxOutputs, batch: Batch, words: float, s: Settings
) -> list[Tensor]:
    losses = [
        s.upos_weight * _words_loss(out.upos, batch.upos, words),
        s.xpos_weight * _words_loss(out.xpos, batch.xpos, words),
        s.name_weight * _words_loss(out.names, batch.names, words),
    ]
    if bool((batch.heads != IGNORE).any()):
        losses += _tree_losses(network, out, batch, words, s)
    return losses


def _event_losses(
    out: EventOutputs, batch: Batch, words: float, factuality: Tensor, s: Settings
) -> list[Tensor]:
    losses = [
        s.trigger_weight
        * _words_loss(out.triggers, batch.triggers, words, batch.trigger_weight),
        s.cue_weight * _words_loss(out.cues, batch.cues, words, batch.cue_weight),
    ]
    if bool((batch.triggers > 0).any()):
        weight = batch.trigger_weight * factuality[batch.factuality.clamp(min=0)]
        losses.append(
            s.factuality_weight * _marks_loss(out.factuality, batch.factuality, weight)
        )
    if bool((batch.cues > 0).any()):
        losses.append(
            s.form_weight * _marks_loss(out.forms, batch.forms, batch.cue_weight)
        )
    if bool((batch.link_weight > 0).any()):
        losses.append(s.link_weight * _links_loss(out.links, batch, s.link_positive))
    return losses


def _cross_entropy(scores: Tensor, labels: Tensor) -> Tensor:
    """Return the loss of each word [b * m]; 0 where there is no label."""
    return functional.cross_entropy(
        scores.float().flatten(0, 1),
        labels.flatten(),
        ignore_index=IGNORE,
        reduction="none",
    )


def _words_loss(
    scores: Tensor, labels: Tensor, words: float, weight: Tensor | None = None
) -> Tensor:
    """Average over the annotated words, or over a share of all if they are few."""
    loss = _cross_entropy(scores, labels)
    if weight is not None:
        loss = loss * weight.flatten()
    annotated = float((labels != IGNORE).sum())
    return loss.sum() / max(1.0, annotated, _FLOOR * words)


def _tree_losses(
    network: Network, out: SyntaxOutputs, batch: Batch, words: float, s: Settings
) -> list[Tensor]:
    """Return the losses of heads and relations, relations at the true heads."""
    arcs = out.arcs.float().masked_fill(~batch.is_word[:, None, :], -1e9)
    heads = batch.heads.clamp(min=0)[..., None]
    chosen = out.relation_head.gather(
        1, heads.expand(-1, -1, out.relation_head.size(-1))
    )
    relations = network.relation_scores(out.relation_dependent, chosen)
    return [
        s.arc_weight * _words_loss(arcs, batch.heads, words),
        s.relation_weight * _words_loss(relations, batch.deprels, words),
    ]


def _marks_loss(scores: Tensor, labels: Tensor, weight: Tensor) -> Tensor:
    """Average over triggers or cues."""
    loss = _cross_entropy(scores, labels) * weight.flatten()
    return loss.sum() / max(_FEW_MARKS, float((labels != IGNORE).sum()))


def _links_loss(links: Tensor, batch: Batch, positive: float) -> Tensor:
    """Sum over the words of a sentence and roles, average over triggers and cues."""
    loss = functional.binary_cross_entropy_with_logits(
        links.float(),
        batch.links,
        reduction="none",
        pos_weight=torch.tensor(positive),
    )
    loss = loss * batch.is_word[:, None, None, :] * batch.link_weight[..., None]
    marks = float((batch.triggers > 0).sum() + (batch.cues > 0).sum())
    return loss.sum() / max(_FEW_MARKS, marks)
