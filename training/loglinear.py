"""What the fits of log-linear tables share."""

from pathlib import Path

import torch
from torch import Tensor

COLUMNS = ("feature", "weight")


def log_sum(scores: Tensor, owner: Tensor, count: int) -> Tensor:
    """Return the logarithm of the summed exponentials of each choice's options."""
    top = torch.full((count,), -1e9, dtype=scores.dtype)
    top = top.scatter_reduce(0, owner, scores.detach(), "amax")
    total = torch.zeros(count, dtype=scores.dtype)
    total = total.index_add(0, owner, (scores - top[owner]).exp())
    return total.log() + top


def write_weights(path: Path, table: dict[str, float], source: str) -> None:
    """Write one table, sorted by feature; `source` says how it was made."""
    lines = [
        f"# {source}",
        "\t".join(COLUMNS),
        *(f"{feature}\t{weight}" for feature, weight in sorted(table.items())),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
