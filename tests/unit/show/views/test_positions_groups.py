import numpy as np

from onrecord.show.views.positions_groups import group


def test_nothing_has_no_groups():
    assert group(np.zeros((0, 0)), 0.2) == ()


def test_what_is_alike_on_average_is_one_group():
    likeness = np.array(
        [
            [1.0, 0.6, 0.0, 0.1],
            [0.6, 1.0, 0.0, 0.2],
            [0.0, 0.0, 1.0, 0.5],
            [0.1, 0.2, 0.5, 1.0],
        ]
    )
    assert group(likeness, 0.3) == ((0, 1), (2, 3))
    assert group(likeness, 0.55) == ((0, 1), (2,), (3,))
    assert group(likeness, 0.05) == ((0, 1, 2, 3),)


def test_a_chain_of_likenesses_is_no_group():
    likeness = np.eye(4)
    for at in range(3):
        likeness[at, at + 1] = likeness[at + 1, at] = 0.4
    assert group(likeness, 0.3) == ((0, 1), (2, 3))


def test_groups_are_those_of_merging_the_most_alike_again_and_again():
    random = np.random.default_rng(3)
    for _ in range(20):
        vectors = random.random((12, 5))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        likeness = vectors @ vectors.T
        assert group(likeness, 0.85) == plainly(likeness, 0.85)


def plainly(likeness, threshold):
    groups = [(at,) for at in range(len(likeness))]
    while True:
        pairs = [
            (np.mean([likeness[i, j] for i in a for j in b]), a, b)
            for at, a in enumerate(groups)
            for b in groups[at + 1 :]
        ]
        best = max(pairs, key=lambda pair: pair[0], default=(0, (), ()))
        if best[0] < threshold:
            return tuple(sorted(groups))
        _, one, other = best
        groups = [g for g in groups if g not in (one, other)]
        groups.append(tuple(sorted(one + other)))
