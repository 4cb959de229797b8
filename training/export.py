"""Write the trained network as an ONNX graph with readable outputs."""

from pathlib import Path

import torch
from torch import Tensor, nn

from training.network import Network

INPUTS = ("ids", "cases", "attend", "first")
OUTPUTS = (
    "upos",
    "xpos",
    "names",
    "arcs",
    "relations",
    "types",
    "factuality",
    "cues",
    "forms",
    "links",
)
_OPSET = 17


class Answers(nn.Module):
    """The network as it is shipped: labels and shares instead of raw scores.

    `relations` [b, m, m] is the best relation of each word to each head; the
    caller picks the pairs of the tree. `upos`, `xpos`, `names` are labels too.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: Tensor, cases: Tensor, attend: Tensor, first: Tensor
    ) -> tuple[Tensor, ...]:
        """Return the outputs named in `OUTPUTS`."""
        syntax, events = self.network(ids, cases, attend, first)
        return (
            syntax.upos.argmax(-1),
            syntax.xpos.argmax(-1),
            syntax.names.argmax(-1),
            syntax.arcs,
            self._relations(syntax.relation_dependent, syntax.relation_head),
            events.triggers.softmax(-1),
            events.factuality.softmax(-1),
            events.cues.softmax(-1),
            events.forms.softmax(-1),
            events.links.sigmoid(),
        )

    def _relations(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Return the best relation of each pair [b, m, m], by two wide products."""
        weight = self.network.relations.weight
        labels, left, right = weight.shape
        wide = dependent @ weight.permute(1, 0, 2).reshape(left, labels * right)
        rows = wide.reshape(dependent.shape[0], -1, right)
        scores = rows @ head.transpose(1, 2)
        words = head.shape[1]
        return scores.reshape(-1, words, labels, words).argmax(2)


def export(network: Network, path: Path) -> None:
    """Write `network` to `path`, free in sentences, pieces and words."""
    example = (
        torch.ones(2, 9, dtype=torch.long),
        torch.ones(2, 9, dtype=torch.long),
        torch.ones(2, 9, dtype=torch.long),
        torch.arange(7).expand(2, 7).contiguous(),
    )
    axes: dict[str, dict[int, str]] = {
        name: {0: "sentences", 1: "pieces"} for name in INPUTS
    }
    axes["first"] = {0: "sentences", 1: "words"}
    axes |= {name: {0: "sentences", 1: "words"} for name in OUTPUTS}
    axes["arcs"] = axes["relations"] = {0: "sentences", 1: "words", 2: "words"}
    axes["links"] = {0: "sentences", 2: "words", 3: "words"}
    torch.onnx.export(
        Answers(network).eval(),
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=_OPSET,
        dynamo=False,
    )
