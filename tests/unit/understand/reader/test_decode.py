import numpy as np
import pytest

from onrecord.understand.reader.decode import best_tree


def is_tree(heads: list[int]) -> bool:
    for start in range(1, len(heads) + 1):
        word, steps = start, 0
        while word:
            word, steps = heads[word - 1], steps + 1
            if steps > len(heads):
                return False
    return heads.count(0) == 1


def test_reads_no_words() -> None:
    assert best_tree(np.zeros((1, 1), np.float32)) == []


def test_one_word_is_the_root() -> None:
    assert best_tree(np.array([[0, 0], [-3, 9]], np.float32)) == [0]


def test_breaks_a_cycle_where_it_costs_least() -> None:
    scores = np.full((4, 4), -5.0, np.float32)
    scores[1, 0] = 5
    scores[2, 3], scores[3, 2] = 4, 4
    scores[3, 1] = 3
    assert best_tree(scores) == [0, 3, 1]


@pytest.mark.parametrize("size", [2, 3, 7, 40, 120])
def test_always_gives_one_tree(size: int) -> None:
    rng = np.random.default_rng(size)
    for _ in range(40):
        scores = rng.normal(size=(size, size)).astype(np.float32)
        assert is_tree(best_tree(scores))


def test_equal_scores_still_give_a_tree() -> None:
    assert is_tree(best_tree(np.zeros((30, 30), np.float32)))
