"""The network: MiniLM-L6 plus case; two branches of its last layers under the heads.

The lower layers are shared. The last ones exist twice, once for syntax and names and
once for events and statements: trained in common, events cost the parser a point and
a half of LAS.
"""

from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.understand.reader.encode import CASE_COUNT
from onrecord.understand.reader.reading import ACTS, EVENT_TYPES, FACTUALITIES, FORMS
from training.examples import ROLES, Labels
from training.settings import Settings

HIDDEN = 384
INNER = 1536
ATTENTION_HEADS = 12
LAYERS = 6
SHARED = 4  # layers under both branches
POSITIONS = 512
VOCABULARY = 30522
MASKED = -1e4  # added to the attention to padding; its exponential is 0


class Outputs(NamedTuple):
    """Raw scores over words; row 0 of each sentence is the root.

    Shapes: b sentences, m words and root. `arcs` [b, m, m] dependent by head,
    `relation_dependent` and `relation_head` [b, m, r + 1],
    `links` [b, roles, m, m] trigger or cue by party; others [b, m, labels].
    """

    syntax: "SyntaxOutputs | None"
    events: "EventOutputs | None"


class SyntaxOutputs(NamedTuple):
    """What the branch of syntax and names says."""

    upos: Tensor
    xpos: Tensor
    names: Tensor
    arcs: Tensor
    relation_dependent: Tensor
    relation_head: Tensor


class EventOutputs(NamedTuple):
    """What the branch of events and statements says."""

    triggers: Tensor
    factuality: Tensor
    cues: Tensor
    forms: Tensor
    links: Tensor


class Dropout(nn.Module):
    """Dropout from one random byte a value: a third of the time of torch's on CPUs."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self._below = round(rate * 256)

    def forward(self, values: Tensor) -> Tensor:
        """Return the values, a share of them 0 and the others scaled up."""
        if not self.training:
            return values
        draws = torch.empty(values.numel() // 8 + 1, dtype=torch.int64)
        draws.random_(-(2**63), None)
        kept = draws.view(torch.uint8)[: values.numel()] >= self._below
        scale = kept.to(values.dtype).mul_(256 / (256 - self._below))
        return values * scale.view_as(values)


class Layer(nn.Module):
    """One transformer layer as in BERT: attention, then a wide inner layer."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.mixed = nn.Linear(HIDDEN, HIDDEN)
        self.mixed_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.wide = nn.Linear(HIDDEN, INNER)
        self.narrow = nn.Linear(INNER, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = Dropout(0.1)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Return the next hidden states [b, n, h]; `mask` [b, 1, 1, n] is added."""
        b, n, _ = hidden.shape
        qkv = self.qkv(hidden).view(b, n, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        scores = qkv[0] @ qkv[1].transpose(-1, -2) * (HIDDEN / ATTENTION_HEADS) ** -0.5
        shares = torch.softmax(scores + mask, dim=-1)
        context = (shares @ qkv[2]).transpose(1, 2).reshape(b, n, HIDDEN)
        hidden = self.mixed_norm(hidden + self.dropout(self.mixed(context)))
        inner = self.narrow(functional.gelu(self.wide(hidden)))
        return self.norm(hidden + self.dropout(inner))


class Encoder(nn.Module):
    """MiniLM-L6: word pieces and their case to the hidden states of both branches."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.cases = nn.Embedding(CASE_COUNT, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(SHARED))
        self.syntax = nn.ModuleList(Layer() for _ in range(LAYERS - SHARED))
        self.events = nn.ModuleList(Layer() for _ in range(LAYERS - SHARED))
        nn.init.zeros_(self.cases.weight)

    def forward(
        self,
        ids: Tensor,
        cases: Tensor,
        attend: Tensor,
        *,
        syntax: bool = True,
        events: bool = True,
    ) -> tuple[Tensor | None, Tensor | None]:
        """Return hidden states [b, n, h] of each branch that is asked for.

        Ids, cases and the mask are [b, n].
        """
        places = self.positions.weight[: ids.shape[1]]
        hidden = self.pieces(ids) + self.cases(cases) + places
        hidden = self.dropout(self.norm(hidden))
        mask = ((1 - attend) * MASKED).to(hidden.dtype)[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return (
            _through(self.syntax, hidden, mask) if syntax else None,
            _through(self.events, hidden, mask) if events else None,
        )


def _through(layers: nn.ModuleList, hidden: Tensor, mask: Tensor) -> Tensor:
    for layer in layers:
        hidden = layer(hidden, mask)
    return hidden


class Biaffine(nn.Module):
    """Scores of all pairs of words, one matrix for each label."""

    def __init__(self, left: int, right: int, labels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(labels, left, right) * 0.02)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """Return [b, labels, m, m] for [b, m, left] and [b, m, right]."""
        return left[:, None] @ self.weight @ right[:, None].transpose(-1, -2)


class Network(nn.Module):
    """All layers of a sentence in one pass."""

    def __init__(self, labels: Labels, settings: Settings) -> None:
        super().__init__()
        rate, arc = settings.dropout, settings.arc_size
        relation, link = settings.relation_size, settings.link_size
        self.encoder = Encoder()
        self.dropout = Dropout(rate)
        self.upos = nn.Linear(HIDDEN, len(labels.upos))
        self.xpos = nn.Linear(HIDDEN, len(labels.xpos))
        self.names = _two_layers(HIDDEN, len(labels.name), rate)
        self.arc_dependent = nn.Linear(HIDDEN, arc)
        self.arc_head = nn.Linear(HIDDEN, arc)
        self.arcs = Biaffine(arc + 1, arc, 1)
        self.relation_dependent = nn.Linear(HIDDEN, relation)
        self.relation_head = nn.Linear(HIDDEN, relation)
        self.relations = Biaffine(relation + 1, relation + 1, len(labels.deprel))
        self.triggers = _two_layers(HIDDEN, 1 + len(EVENT_TYPES), rate)
        self.factuality = _two_layers(HIDDEN, len(FACTUALITIES), rate)
        self.cues = _two_layers(HIDDEN, 1 + len(ACTS), rate)
        self.forms = nn.Linear(HIDDEN, len(FORMS))
        self.link_mark = nn.Linear(HIDDEN, link)
        self.link_party = nn.Linear(HIDDEN, link)
        self.links = Biaffine(link + 1, link + 1, len(ROLES))
        self.max_distance = settings.max_distance
        self.distance = nn.Embedding(2 * settings.max_distance + 1, len(ROLES))
        nn.init.zeros_(self.distance.weight)

    def forward(
        self,
        ids: Tensor,
        cases: Tensor,
        attend: Tensor,
        first: Tensor,
        *,
        syntax: bool = True,
        events: bool = True,
    ) -> Outputs:
        """Score every word; `first` [b, m] is the piece each word begins at."""
        hidden = self.encoder(ids, cases, attend, syntax=syntax, events=events)
        below_syntax, below_events = (
            None if h is None else self._words(h, first) for h in hidden
        )
        return Outputs(
            None if below_syntax is None else self._syntax(below_syntax),
            None if below_events is None else self._events(below_events),
        )

    def _words(self, hidden: Tensor, first: Tensor) -> Tensor:
        places = first[..., None].expand(-1, -1, HIDDEN)
        return torch.gather(self.dropout(hidden), 1, places)

    def _syntax(self, words: Tensor) -> SyntaxOutputs:
        arcs = self.arcs(
            _with_one(functional.gelu(self.arc_dependent(words))),
            functional.gelu(self.arc_head(words)),
        )
        return SyntaxOutputs(
            upos=self.upos(words),
            xpos=self.xpos(words),
            names=self.names(words),
            arcs=arcs[:, 0],
            relation_dependent=_with_one(
                functional.gelu(self.relation_dependent(words))
            ),
            relation_head=_with_one(functional.gelu(self.relation_head(words))),
        )

    def _events(self, words: Tensor) -> EventOutputs:
        links = self.links(
            _with_one(functional.gelu(self.link_mark(words))),
            _with_one(functional.gelu(self.link_party(words))),
        )
        return EventOutputs(
            triggers=self.triggers(words),
            factuality=self.factuality(words),
            cues=self.cues(words),
            forms=self.forms(words),
            links=links + self._distances(words.shape[1]),
        )

    def relation_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Score the relation of each word to one given head: [b, m, labels]."""
        scores = torch.einsum("bmi,lij->bmlj", dependent, self.relations.weight)
        return (scores @ head[..., None])[..., 0]

    def _distances(self, words: int) -> Tensor:
        """Return the weight of each distance in words: [roles, m, m]."""
        places = torch.arange(words)
        apart = places[None, :] - places[:, None]
        bucket = apart.clamp(-self.max_distance, self.max_distance) + self.max_distance
        return self.distance(bucket).permute(2, 0, 1)


def _two_layers(size: int, labels: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(size, size), nn.GELU(), Dropout(dropout), nn.Linear(size, labels)
    )


def _with_one(vectors: Tensor) -> Tensor:
    """Append a constant 1 to each vector: the bias of a biaffine score."""
    return torch.cat([vectors, torch.ones_like(vectors[..., :1])], dim=-1)


def load_backbone(encoder: Encoder, path: Path) -> None:
    """Copy the weights of all-MiniLM-L6-v2 (safetensors) into `encoder`."""
    old = load_file(path)
    new = {
        "pieces.weight": old["embeddings.word_embeddings.weight"],
        "positions.weight": old["embeddings.position_embeddings.weight"]
        + old["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": old["embeddings.LayerNorm.weight"],
        "norm.bias": old["embeddings.LayerNorm.bias"],
        "cases.weight": encoder.cases.weight.detach(),
    }
    parts = {
        "mixed": "attention.output.dense",
        "mixed_norm": "attention.output.LayerNorm",
        "wide": "intermediate.dense",
        "narrow": "output.dense",
        "norm": "output.LayerNorm",
    }
    branches = ("syntax", "events")
    for at in range(LAYERS):
        places = (
            [f"layers.{at}"]
            if at < SHARED
            else [f"{branch}.{at - SHARED}" for branch in branches]
        )
        for place in places:
            new |= _layer(old, f"encoder.layer.{at}", place, parts)
    encoder.load_state_dict(new)


def _layer(
    old: dict[str, Tensor], source: str, place: str, parts: dict[str, str]
) -> dict[str, Tensor]:
    """Return one layer's weights under our names."""
    new = {}
    for kind in ("weight", "bias"):
        for ours, theirs in parts.items():
            new[f"{place}.{ours}.{kind}"] = old[f"{source}.{theirs}.{kind}"]
        new[f"{place}.qkv.{kind}"] = torch.cat(
            [
                old[f"{source}.attention.self.{part}.{kind}"]
                for part in ("query", "key", "value")
            ]
        )
    return new
