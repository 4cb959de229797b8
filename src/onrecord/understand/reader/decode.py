"""Turn scores of pairs of words into one tree."""

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
_NEVER = -1e9


def best_tree(scores: Scores) -> list[int]:
    """Return the head of each word (0 = root): one root, no cycles.

    `scores` is [n + 1, n + 1], dependent by head; row and column 0 are the root.
    The best head of each word is taken, then cycles are broken where the next
    best head costs least.
    """
    if scores.shape[0] < 2:
        return []
    scores = scores.astype(np.float32, copy=True)
    np.fill_diagonal(scores, _NEVER)
    _keep_one_root(scores)
    heads = [0, *(int(head) for head in scores[1:].argmax(axis=1))]
    while cycle := _find_cycle(heads):
        _break(heads, cycle, scores)
    return heads[1:]


def _keep_one_root(scores: Scores) -> None:
    """Leave the root to the word that wants it most."""
    root = int(scores[1:, 0].argmax()) + 1
    best = scores[root, 0]
    scores[1:, 0] = _NEVER
    scores[root, :] = _NEVER
    scores[root, 0] = max(best, _NEVER / 2)


def _find_cycle(heads: list[int]) -> list[int]:
    """Return the words of one cycle, [] if there is none."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        path: list[int] = []
        word = start
        while word and not seen[word]:
            seen[word] = start
            path.append(word)
            word = heads[word]
        if word and seen[word] == start:
            return path[path.index(word) :]
    return []


def _break(heads: list[int], cycle: list[int], scores: Scores) -> None:
    """Hang one word of the cycle on a word that reaches the root, at the least loss.

    So each call leaves one cycle fewer.
    """
    words = np.array(cycle)
    current = scores[words, [heads[word] for word in cycle]]
    loss = scores[words] - current[:, None]
    loss[:, _unrooted(heads)] = -np.inf
    at, head = np.unravel_index(int(loss.argmax()), loss.shape)
    heads[cycle[int(at)]] = int(head)


def _unrooted(heads: list[int]) -> list[int]:
    """Return the words that do not reach the root word, and the root itself."""
    rooted = {heads.index(0, 1)}
    out = [0]
    for start in range(1, len(heads)):
        path: list[int] = []
        word = start
        while word not in rooted and word not in path:
            path.append(word)
            word = heads[word]
        if word in rooted:
            rooted.update(path)
        else:
            out.append(start)
    return out
